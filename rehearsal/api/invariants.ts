import type { ApiCall } from './faults';
import { type EndpointPolicies, grantsIn, type Policy } from './policies';
import type { EndpointRecords } from './records';

interface Stop {
  /** When the endpoint that stopped was made: one that is made anew under its name is another. */
  readonly created: string;
  readonly line: string;
}

/**
 * What must hold after every call, whatever goes wrong: a split sums to 100 or is empty, traffic goes to models that are ready, and an endpoint
 * that serves goes on serving, unless it is emptied in order to be deleted. And before a policy is written: it is written over the one that was
 * read, and one grant comes or goes, so that nobody else's does.
 */
export class Invariants {
  /** Endpoints that may stop serving and go on to live: whoever asked accepted an outage. */
  readonly mayStop = new Set<string>();
  private readonly found: string[] = [];
  private readonly serving = new Map<string, string>();
  private readonly stops = new Map<string, Stop>();

  constructor(
    private readonly records: EndpointRecords,
    private readonly policies: EndpointPolicies,
  ) {}

  /** What did not hold, a line each. An endpoint that has stopped counts as long as it is there, and for good once it serves again. */
  get violations(): readonly string[] {
    const stopped = [...this.stops].filter(([endpoint, stop]) => this.records.created(endpoint) === stop.created);
    return [...this.found, ...stopped.map(([, { line }]) => line)];
  }

  check(call: ApiCall): void {
    for (const [endpoint, created] of this.serving) {
      if (this.records.created(endpoint) === created) continue;
      this.serving.delete(endpoint);
      this.found.push(lineOf(call, endpoint, 'it was deleted while it served'));
    }
    for (const endpoint of this.records.endpoints()) this.checkEndpoint(endpoint, call);
  }

  /** Called before the policy is written. */
  expectPolicyWrite(call: ApiCall, { etag, bindings }: Policy): void {
    const { endpoint } = call;
    if (etag === undefined) this.found.push(lineOf(call, endpoint, 'a policy without its etag undoes what others wrote meanwhile'));
    if (this.records.created(endpoint) === undefined || etag !== this.policies.get(endpoint, 3).etag) return;
    const [before, after] = [grantsIn(this.policies.bindings(endpoint)), grantsIn(bindings)];
    const changed = [...before].filter((grant) => !after.has(grant)).length + [...after].filter((grant) => !before.has(grant)).length;
    if (changed !== 1) this.found.push(lineOf(call, endpoint, `${changed} grants come or go in one write of its policy`));
  }

  /** The rehearsal itself went wrong: no result can be trusted. */
  report(mistake: unknown): void {
    this.found.push(`the rehearsal's own mistake: ${mistake instanceof Error ? mistake.stack : String(mistake)}`);
  }

  private checkEndpoint(endpoint: string, call: ApiCall): void {
    const split = Object.entries(this.records.split(endpoint));
    const ready = new Map(this.records.deployed(endpoint).map((record) => [record.model.id, record.ready]));
    const sum = split.reduce((total, [, share]) => total + share, 0);
    if (split.length > 0 && sum !== 100) this.found.push(lineOf(call, endpoint, `the split sums to ${sum}`));
    for (const [id, share] of split) {
      if (ready.get(id)) continue;
      const state = ready.has(id) ? 'not ready' : 'not deployed';
      this.found.push(lineOf(call, endpoint, `${share} % of the traffic goes to ${id}, which is ${state}`));
    }
    this.followService(endpoint, split.length > 0, call);
  }

  private followService(endpoint: string, serves: boolean, call: ApiCall): void {
    const created = this.records.created(endpoint) ?? '';
    if (serves) {
      const stop = this.stops.get(endpoint);
      if (stop?.created === created) this.found.push(stop.line);
      this.stops.delete(endpoint);
      this.serving.set(endpoint, created);
    } else if (this.serving.delete(endpoint) && !this.mayStop.has(endpoint)) {
      this.stops.set(endpoint, { created, line: lineOf(call, endpoint, 'it served, and now it serves nothing') });
    }
  }
}

const lineOf = (call: ApiCall, endpoint: string, what: string) =>
  `after call ${call.number} (${call.method} ${call.verb}): ${endpoint}: ${what}`;
