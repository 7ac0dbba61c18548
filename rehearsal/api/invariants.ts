import type { ApiCall } from './faults';
import type { EndpointRecords } from './records';

/** What must hold after every call, whatever goes wrong. */
export class Invariants {
  /** What did not hold, a line each. */
  readonly violations: string[] = [];
  /** Endpoints that may stop serving now: they are being emptied, or whoever asked accepted an outage. */
  readonly mayStop = new Set<string>();
  private readonly serving = new Set<string>();

  constructor(private readonly records: EndpointRecords) {}

  check(call: ApiCall): void {
    for (const endpoint of [...this.serving]) if (!this.records.attributes(endpoint)) this.stopped(endpoint, call, 'was deleted');
    for (const endpoint of this.records.endpoints()) this.checkEndpoint(endpoint, call);
  }

  private checkEndpoint(endpoint: string, call: ApiCall): void {
    const split = Object.entries(this.records.split(endpoint));
    const ready = new Map(this.records.deployed(endpoint).map((record) => [record.model.id, record.ready]));
    const sum = split.reduce((total, [, share]) => total + share, 0);
    if (split.length > 0 && sum !== 100) this.violate(endpoint, call, `the split sums to ${sum}`);
    for (const [id, share] of split) {
      if (ready.get(id) === undefined) this.violate(endpoint, call, `${share} % of the traffic goes to ${id}, which is not deployed`);
      else if (!ready.get(id)) this.violate(endpoint, call, `${share} % of the traffic goes to ${id}, which is not ready`);
    }
    if (split.length > 0) this.serving.add(endpoint);
    else if (this.serving.has(endpoint)) this.stopped(endpoint, call, 'serves nothing');
  }

  private stopped(endpoint: string, call: ApiCall, what: string): void {
    this.serving.delete(endpoint);
    if (!this.mayStop.has(endpoint)) this.violate(endpoint, call, `it served, and now it ${what}`);
  }

  private violate(endpoint: string, call: ApiCall, what: string): void {
    this.violations.push(`after call ${call.number} (${call.method} ${call.verb}): ${endpoint}: ${what}`);
  }
}
