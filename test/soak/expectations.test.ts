import { serveVertexApi, type VertexApi } from '../../rehearsal/api';
import { MemoryStore } from '../../rehearsal/store';
import { demandEqual, demandInvariants, demandNothingLeft } from '../../soak/expectations';
import { endpointName, specOf, type Wish } from '../../soak/wishes';

/** What the soak demands must be able to fail: each of these is a way in which an endpoint could be wrong at the end, or on the way. */
const ENDPOINT = endpointName(7);
const scale = { version: 1, machineType: 'g2-standard-12', min: 1, max: 2, target: 60 };
const wish: Wish = {
  endpoint: ENDPOINT,
  rollout: 'surge',
  allowOutage: false,
  models: { flash: { ...scale, traffic: 95 }, pro: { ...scale, traffic: 5 } },
};
const spec = specOf(wish);
const [flash, pro] = spec.models;

let store: MemoryStore;
let api: VertexApi;
beforeEach(async () => {
  store = new MemoryStore();
  const attributes = { display_name: 'soak', traffic_split: '', deployed_models: [] };
  store.put({ provider: 'google', type: 'google_vertex_ai_endpoint', id: ENDPOINT, created: '2026-11-21T00:00:00Z', attributes });
  api = await serveVertexApi({ store });
  for (const model of spec.models) api.records.put(ENDPOINT, { model, ready: true });
  api.records.setSplit(ENDPOINT, { [flash!.id]: 95, [pro!.id]: 5 });
  await look();
});
afterEach(() => api.close());

/** A call: after each the API looks at its invariants. */
const look = () => fetch(`${api.url}${ENDPOINT}`, { headers: { authorization: 'Bearer x' } });

it('holds of an endpoint that is as it should be', () => {
  expect(() => demandEqual(api, spec)).not.toThrow();
  expect(() => demandInvariants(api)).not.toThrow();
});

it.each<[string, () => void, RegExp]>([
  ['another split', () => api.records.setSplit(ENDPOINT, { [flash!.id]: 80, [pro!.id]: 20 }), /^the split is .*80.*, wanted .*95/],
  ['a model too few', () => api.records.remove(ENDPOINT, pro!.id), /holds .*\nwanted: .*pro/],
  ['a model too many', () => api.records.put(ENDPOINT, { model: { ...pro!, id: '5' }, ready: true }), /holds .*"id":"5"/],
  [
    'another number of replicas',
    () =>
      api.records.put(ENDPOINT, {
        model: { ...pro!, dedicatedResources: { ...pro!.dedicatedResources, maxReplicaCount: 9 } },
        ready: true,
      }),
    /"maxReplicaCount":9/,
  ],
])('at the end fails for %s', (_, spoil, message) => {
  spoil();
  expect(() => demandEqual(api, spec)).toThrow(message);
});

it.each<[string, () => void, RegExp]>([
  ['a split that does not sum to 100', () => api.records.setSplit(ENDPOINT, { [flash!.id]: 95 }), /the split sums to 95/],
  [
    'traffic to a model that is not ready',
    () => api.records.put(ENDPOINT, { model: pro!, ready: false }),
    /5 % of the traffic goes to .*not ready/,
  ],
  ['traffic to a model that is not there', () => api.records.remove(ENDPOINT, pro!.id), /which is not deployed/],
  ['an outage', () => api.records.setSplit(ENDPOINT, {}), /it served, and now it serves nothing/],
])('after a call fails for %s', async (_, spoil, message) => {
  spoil();
  await look();
  expect(() => demandInvariants(api)).toThrow(message);
});

it('after destroy fails for anything that is left', () => {
  expect(() => demandNothingLeft(store)).toThrow(/there is still .*endpoints\/7/);
  expect(() => demandNothingLeft(new MemoryStore())).not.toThrow();
});
