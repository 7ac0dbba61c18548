import type { ApiCall, CallFault } from '../rehearsal/api';
import type { Random } from './random';

const WRITES = ['deployModel', 'undeployModel', 'mutateDeployedModel'];

/** What goes wrong during one run of the reconciler: single calls, and now and then the end of the run itself. */
export class Disturbance {
  private readonly killAt: number;
  private readonly faultRate: number;
  private count = 0;

  constructor(
    private readonly random: Random,
    private readonly kill: () => void,
  ) {
    this.killAt = random.chance(0.4) ? random.between(1, 25) : Infinity;
    this.faultRate = random.pick([0, 0.1, 0.3]);
  }

  fault(call: ApiCall): CallFault | undefined {
    this.count += 1;
    if (this.count > this.killAt) return { kind: 'silence', served: false };
    if (this.count === this.killAt) {
      this.kill();
      return { kind: 'silence', served: this.random.chance(0.5) };
    }
    return this.random.chance(this.faultRate) ? this.any(call) : undefined;
  }

  private any({ verb }: ApiCall): CallFault {
    const random = this.random;
    const operation: CallFault[] = [
      { kind: 'failing', error: { code: random.pick([3, 8, 10, 13, 14]), message: 'Asked to fail by the soak.' } },
      { kind: 'dragging', times: random.between(2, 10) },
    ];
    return random.pick<CallFault>([
      { kind: 'status', status: random.pick([408, 409, 429, 500, 502, 503, 504]), ...(random.chance(0.3) ? { retryAfter: '0' } : {}) },
      { kind: 'status', status: random.pick([401, 403]) },
      { kind: 'dropped' },
      { kind: 'lost' },
      { kind: 'garbled' },
      { kind: 'slow', milliseconds: random.between(1, 5) },
      ...(WRITES.includes(verb) ? operation : []),
    ]);
  }
}
