import { createHash } from 'node:crypto';
import type { Finding } from '../judge';
import type { Rule } from '../rule';
import { SUPPRESSION_RULES, type SuppressedFinding, type Suppression } from '../suppression';
import { markdownOf } from './pages';
import type { Subject } from './subject';
import { sentence } from './text';

interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly object[];
}

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/**
 * SARIF 2.1.0, as GitHub's code scanning and editors read it. What cannot be decided is of the kind `open`; what is suppressed stays in it,
 * with the reason. A Terraform stack has no lines that people write: results point at the file to edit, and name the construct.
 */
export function reportAsSarif(subjects: readonly Subject[], rules: readonly Rule[], version?: string): SarifLog {
  const descriptors = [...rules.map(descriptorOf), ...Object.values(SUPPRESSION_RULES).map(suppressionDescriptor)];
  const indexOf = new Map(descriptors.map(({ id }, index) => [id, index]));
  const results = subjects.flatMap(({ artifact, report }) => [
    ...report.findings.map((finding) => resultOf(finding, artifact, indexOf.get(finding.rule))),
    ...report.suppressed.map((finding) => ({
      ...resultOf(finding, artifact, indexOf.get(finding.rule)),
      suppressions: [suppressionOf(finding)],
    })),
  ]);
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'policy', ...(version !== undefined && { version }), rules: descriptors } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

const descriptorOf = (rule: Rule) => ({
  id: rule.id,
  shortDescription: { text: rule.title },
  fullDescription: { text: `${rule.reason} ${rule.fix}` },
  help: { text: `${rule.reason}\n\n${rule.fix}`, markdown: markdownOf(rule) },
  defaultConfiguration: { level: rule.level },
  properties: {
    tags: Object.entries(rule.maps).flatMap(([catalogue, ids]) => (ids as readonly string[]).map((id) => `${catalogue}:${id}`)),
  },
});

const suppressionDescriptor = ({ id, level, title }: (typeof SUPPRESSION_RULES)[keyof typeof SUPPRESSION_RULES]) => ({
  id: id as string,
  shortDescription: { text: title as string },
  fullDescription: { text: title as string },
  help: { text: title as string, markdown: title as string },
  defaultConfiguration: { level: level as Rule['level'] },
  properties: { tags: [] as string[] },
});

const resultOf = (finding: Finding, artifact: string, ruleIndex: number | undefined) => ({
  ruleId: finding.rule,
  ...(ruleIndex === undefined ? {} : { ruleIndex }),
  kind: finding.outcome === 'unknown' ? 'open' : 'fail',
  level: finding.outcome === 'unknown' ? 'none' : finding.level,
  message: { text: `${finding.path}: ${sentence(finding)} ${finding.fix}` },
  locations: [
    {
      physicalLocation: { artifactLocation: { uri: uriOf(artifact) }, region: { startLine: 1 } },
      logicalLocations: [{ name: finding.address, fullyQualifiedName: finding.path, kind: 'resource' }],
    },
  ],
  // The same finding tomorrow, however many stand before it.
  partialFingerprints: {
    'policyFinding/v1': createHash('sha256').update([finding.rule, finding.path, finding.place].join('\n')).digest('hex'),
  },
});

const uriOf = (path: string): string => path.split(/[\\/]/).map(encodeURIComponent).join('/');

function suppressionOf({ suppression }: SuppressedFinding): object {
  const { reason, owner, expires }: Suppression = suppression;
  return {
    kind: 'external',
    status: 'accepted',
    justification: reason,
    properties: { owner, ...(expires === undefined ? {} : { expires }) },
  };
}
