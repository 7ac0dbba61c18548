import type { Finding } from '../judge';
import type { Report } from '../suppression';

/** One finding as a sentence: `template.service_account` is not set. */
export function sentence({ place, message, outcome }: Finding): string {
  const said = place === '' || message.startsWith('`') ? message : `\`${place}\` ${message}`;
  return outcome === 'unknown' ? `cannot be decided: ${said}.` : `${said}.`;
}

/** As a warning beside its construct. */
export const advice = (finding: Finding): string => `${finding.rule} ${sentence(finding)} ${finding.fix}`;

export const isBreach = ({ outcome }: Finding): boolean => outcome === 'failed';

/** What stops the synthesis of an environment that customers depend on. */
export const errorsOf = ({ findings }: Report): Finding[] => findings.filter((finding) => isBreach(finding) && finding.level === 'error');

/** The stacks of an environment break rules, and it is one where that stops the synthesis. */
export class PolicyError extends Error {
  constructor(
    /** Name of the environment. */
    environment: string,
    readonly findings: readonly Finding[],
  ) {
    const lines = findings.map((finding) => `${finding.path}: ${finding.rule} ${sentence(finding)}\n  ${finding.fix}`);
    const [{ rule }] = findings as [Finding];
    const number = findings.length === 1 ? 'This breach' : `These ${findings.length} breaches`;
    super(
      `${lines.join('\n')}\n${number} of the policy may not be in ${environment}. Why: npm run policy -- rules ${rule}. ` +
        'If it has to be so, name rule, path, reason and owner under `policy.suppressions` in the environment file.',
    );
    this.name = 'PolicyError';
  }
}
