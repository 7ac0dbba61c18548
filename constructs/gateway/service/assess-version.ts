import { ADVISED, FLOOR, VERSION_FACTS } from './litellm-versions';

const VERSION = /^(\d+)\.(\d+)\.(\d+)$/;

/** What is known of a version, as sentences. */
export interface Assessment {
  /** Why the version is refused. */
  readonly errors: readonly string[];
  /** What there is to know of it. */
  readonly warnings: readonly string[];
}

function parts(version: string): readonly number[] {
  const [, ...numbers] = VERSION.exec(version) ?? [];
  return numbers.map(Number);
}

function isBefore(one: string, other: string): boolean {
  const [left, right] = [parts(one), parts(other)];
  const index = left.findIndex((number, at) => number !== right[at]);
  return index >= 0 && left[index]! < right[index]!;
}

/** @param version of LiteLLM, e.g. 1.106.2 */
export function assessVersion(version: string): Assessment {
  if (!VERSION.test(version)) return { errors: [`\`version\` must be one of LiteLLM's, e.g. 1.106.2, got: "${version}".`], warnings: [] };
  const known = VERSION_FACTS.filter(({ from, before }) => !isBefore(version, from) && isBefore(version, before));
  const sentences = (level: string, advice: string): string[] =>
    known
      .filter((fact) => fact.level === level)
      .map(({ what, source, asOf }) => `LiteLLM ${version} ${what} (${source}, read on ${asOf}). ${advice}`);
  return {
    errors: sentences('error', `Run ${FLOOR} or later, better ${ADVISED} or later.`),
    warnings: sentences('warning', `Run ${ADVISED} or later.`),
  };
}
