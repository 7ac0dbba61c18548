import { sentence } from '../../policy/report/text';
import { severityOf } from '../../policy/report/subject';
import { type PolicyFinding, type PolicyFindings } from '../policy-findings';
import { type Piece } from './fit';
import { sentence as words } from './markdown-risks';
import { code } from './markdown-text';
import { policySummary, quoted } from './policy-words';
import { name } from './visible';

/** What the base does not have, in the open; what stood there before, and what somebody answers for, folded. */
export function policyText({ findings, suppressed }: PolicyFindings): Piece[] {
  const open = findings.filter(({ isNew }) => isNew !== false);
  const known = findings.filter(({ isNew }) => isNew === false);
  const folded: Piece[] = [
    ...known.map((each) => ({ importance: 9, text: line(each), kind: 'findings of the policy that stood there before' })),
    ...suppressed.map((each) => ({
      importance: 9,
      text: `${line(each)} Suppressed by ${code(name(each.suppression.owner))}: ${code(name(each.suppression.reason))}`,
      kind: 'suppressed findings',
    })),
  ];
  return [
    ...open.map((each) => ({
      importance: each.isNew === true && each.level === 'error' ? 1 : 3,
      text: line(each),
      kind: 'policy findings',
    })),
    ...(folded.length === 0
      ? []
      : [
          { importance: 0, text: `\n<details><summary>${policySummary(known.length, suppressed.length)}</summary>\n`, kind: '' },
          ...folded,
          { importance: 0, text: '\n</details>\n', kind: '' },
        ]),
  ];
}

const line = (finding: PolicyFinding): string =>
  `- ${finding.isNew === true ? '**new** ' : ''}${severityOf(finding)} · ${code(name(finding.rule))} ${code(name(finding.path))}: ` +
  `${words(quoted(sentence(finding)))} _${words(quoted(finding.fix))}_`;
