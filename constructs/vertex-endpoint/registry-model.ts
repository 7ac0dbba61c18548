import { type Checks, Token } from '../core';

const PARTS = /^projects\/([^/]+)\/locations\/([^/]+)\/models\/([^/@]+)(?:@(.+))?$/;
const PROJECT = /^([a-z][a-z0-9-]{4,28}[a-z0-9]|\d+)$/;
const LOCATION = /^[a-z]+-[a-z]+\d{1,2}$/;
const MODEL_ID = /^[a-z0-9][a-z0-9_-]{0,127}$/;
const VERSION = /^[1-9]\d*$/;
const GEMINI = /(^|\/)gemini-/;

/** Why a Gemini model has no place on an endpoint with machines, and where it belongs. */
export function geminiOnMachines(reference: string): string {
  return (
    `${reference} cannot be deployed to machines: Gemini is served by Google, and called directly. ` +
    'Put it into the gateway, which does the split, retries and fallbacks for managed models (in an environment file: managedModels). ' +
    'A tuned Gemini model gets its endpoint from the tuning job.'
  );
}

/** One version of a model in the Vertex AI model registry. */
export class RegistryModel {
  /** From its parts. The model may be in another project than the endpoint; in another location only with a warning. */
  static of(parts: { readonly project: string; readonly location: string; readonly id: string; readonly version: number }): RegistryModel {
    return new RegistryModel(`projects/${parts.project}/locations/${parts.location}/models/${parts.id}@${parts.version}`);
  }

  /** From its full name: `projects/P/locations/L/models/M@VERSION`. */
  static fromName(name: string): RegistryModel {
    return new RegistryModel(name);
  }

  private constructor(readonly name: string) {}

  check(check: Checks, prop: string): void {
    if (GEMINI.test(this.name)) return check.add(`\`${prop}\`: ${geminiOnMachines(this.name)}`);
    if (this.name.startsWith('publishers/')) {
      const advice = 'a model of another publisher needs a copy in the registry, or a ModelGardenEndpoint, which has no traffic split.';
      return check.add(`\`${prop}\`: an endpoint serves models of the registry, got ${this.name}: ${advice}`);
    }
    if (Token.isUnresolved(this.name)) return;
    const parts = PARTS.exec(this.name);
    if (!parts) {
      return check.add(`\`${prop}\` must be projects/PROJECT/locations/LOCATION/models/MODEL@VERSION, got: "${this.name}".`);
    }
    check.matches(`${prop} project`, parts[1], PROJECT, 'a project id or number');
    check.matches(`${prop} location`, parts[2], LOCATION, 'a region, e.g. europe-west4');
    check.matches(`${prop} id`, parts[3], MODEL_ID, '1 to 128 of a-z, 0-9, dash and underscore');
    check.that(
      () => VERSION.test(parts[4] ?? ''),
      `\`${prop}\` must end in @ and the number of a version, got: "${this.name}". ` +
        'An alias or no version would serve something else tomorrow without any change here.',
    );
  }
}
