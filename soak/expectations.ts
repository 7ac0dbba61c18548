import { isDeepStrictEqual } from 'node:util';
import type { ReconcileSpec } from '../constructs/vertex-endpoint/reconciler/spec';
import type { VertexApi } from '../rehearsal/api';
import type { Store } from '../rehearsal/store';

/** Throws unless the endpoint holds what the spec says, no more and no less. */
export function demandEqual(api: VertexApi, { endpoint, models, traffic }: ReconcileSpec): void {
  const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
  const deployed = api.records.deployed(endpoint).map(({ model: { createTime: _created, status: _status, ...model } }) => model);
  const [live, wanted] = [deployed.sort(byId), [...models].sort(byId)];
  if (!isDeepStrictEqual(live, wanted)) throw new Error(`${endpoint} holds ${JSON.stringify(live)}\nwanted: ${JSON.stringify(wanted)}`);
  const shares = Object.fromEntries(Object.entries(traffic ?? {}).filter(([, share]) => share > 0));
  const split = api.records.split(endpoint);
  if (!isDeepStrictEqual(split, shares)) throw new Error(`the split is ${JSON.stringify(split)}, wanted ${JSON.stringify(shares)}`);
}

/** Throws when anything outlives a destroy. */
export function demandNothingLeft(store: Store): void {
  const left = store.list().map(({ id }) => id);
  if (left.length > 0) throw new Error(`after destroy there is still ${left.join(', ')}`);
}

/** Throws what the API saw that must never be. */
export function demandInvariants(api: VertexApi): void {
  const [violation] = api.invariants.violations;
  if (violation !== undefined) throw new Error(violation);
}
