import { createHash } from 'node:crypto';
import { RULES as POLICY } from '../../policy';
import { reportAsSarif } from '../../policy/report/sarif';
import { type Level } from '../levels';
import { RULES } from '../risks';
import { type Report } from './model';
import { name } from './visible';

const LEVEL: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = { high: 'error', medium: 'warning', low: 'note' };

/** What GitHub orders alerts of security tools by. */
const SEVERITY: Readonly<Record<Level, string>> = { high: '8.0', medium: '5.0', low: '2.0' };

/** The risks as SARIF 2.1.0, and what the policy says as a run of its own, as `npm run policy` has it. Each is placed at the file that its environment is described in: code scanning shows nothing without a file. */
export function sarif(report: Report, fileOf: (stack: string) => string): string {
  const used = RULES.filter(({ id }) => report.risks.some(({ rule }) => rule === id));
  const run = {
    tool: {
      driver: {
        name: 'plan-review',
        rules: used.map(({ id, title, reason, remedy, level }) => ({
          id,
          name: id,
          shortDescription: { text: title },
          fullDescription: { text: reason },
          help: { text: remedy, markdown: remedy },
          defaultConfiguration: { level: LEVEL[level] },
          properties: { 'security-severity': SEVERITY[level], tags: ['security', 'deployment'] },
        })),
      },
    },
    results: report.risks.map(({ rule, level, message, stack, construct }) => ({
      ruleId: rule,
      ruleIndex: used.findIndex(({ id }) => id === rule),
      level: LEVEL[level],
      message: { text: `${name(construct)}: ${plain(message)}` },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: encodeURI(fileOf(stack)) }, region: { startLine: 1 } },
          logicalLocations: [{ fullyQualifiedName: name(construct), kind: 'resource' }],
        },
      ],
      partialFingerprints: { 'planReview/v1': createHash('sha256').update(`${rule}\n${construct}`).digest('hex').slice(0, 32) },
    })),
  };
  const document = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run, ...policyRuns(report)] };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function policyRuns({ policy }: Report): readonly object[] {
  if (policy === undefined) return [];
  const told = new Set([...policy.findings, ...policy.suppressed].map(({ rule }) => rule));
  return reportAsSarif(
    policy.subjects,
    POLICY.filter(({ id }) => told.has(id)),
  ).runs;
}

const plain = (message: string): string => name(message.replaceAll(/[«»]/g, "'"));
