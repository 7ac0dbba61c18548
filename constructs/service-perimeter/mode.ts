import type { PerimeterSettings } from './settings';

/**
 * How a perimeter stands between being tried and being enforced. Google evaluates each request twice: against what is enforced (`status`)
 * and against what is tried (`spec`). Without an explicit spec, what is enforced is also what is tried.
 * https://cloud.google.com/vpc-service-controls/docs/dry-run-mode
 */
export class PerimeterMode {
  /** Nothing is denied; what the settings would deny is logged. */
  static dryRun(settings: PerimeterSettings): PerimeterMode {
    return new PerimeterMode('dry-run', undefined, settings, true);
  }

  /** What the settings do not allow is denied. */
  static enforced(settings: PerimeterSettings): PerimeterMode {
    return new PerimeterMode('enforced', settings, undefined, false);
  }

  /** As enforced; what the candidate would deny beyond that is logged. */
  static enforcedWithCandidate(settings: PerimeterSettings, candidate: PerimeterSettings): PerimeterMode {
    return new PerimeterMode('enforced-with-candidate', settings, candidate, true);
  }

  /** As enforced, while its removal is tried: in the dry run there is no perimeter any more. */
  static retiring(settings: PerimeterSettings): PerimeterMode {
    return new PerimeterMode('retiring', settings, undefined, true);
  }

  private constructor(
    readonly name: 'dry-run' | 'enforced' | 'enforced-with-candidate' | 'retiring',
    readonly status: PerimeterSettings | undefined,
    readonly spec: PerimeterSettings | undefined,
    readonly useExplicitDryRunSpec: boolean,
  ) {}

  /** What is tried: the explicit spec, or what it is inherited from; undefined where there is no perimeter in the dry run. */
  get tried(): PerimeterSettings | undefined {
    return this.useExplicitDryRunSpec ? this.spec : this.status;
  }
}
