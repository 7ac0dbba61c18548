import type { Mappings, Rule } from '../rule';
import type { Domain } from '../rules';

const CATALOGUES: Readonly<Record<keyof Mappings, string>> = {
  cis: 'CIS Google Cloud v5.0.0',
  checkov: 'checkov',
  trivy: 'trivy',
  google: 'Google',
};

const WHERE = {
  production: 'where customers depend on the stack (tier production)',
  perimeter: 'where a service perimeter surrounds the project (tiers staging and production)',
} as const;

const HEADER = '<!-- Written by `npm run policy -- docs` from policy/rules. -->';

const json = (value: unknown): string => ['```json', JSON.stringify(value, undefined, 2), '```'].join('\n');

const typeOf = (type: string | RegExp): string => `\`${typeof type === 'string' ? type : type.source}\``;

const mappingsOf = ({ maps }: Rule): string[] =>
  (Object.keys(CATALOGUES) as (keyof Mappings)[]).flatMap((catalogue) =>
    (maps[catalogue] ?? []).length > 0 ? [`${CATALOGUES[catalogue]}: ${maps[catalogue]!.join(', ')}`] : [],
  );

/** What a rule demands and why, with what to write; for pages, terminals and viewers of SARIF. */
export function markdownOf(rule: Rule): string {
  const mappings = mappingsOf(rule);
  return [
    `# ${rule.id} ${rule.title}`,
    `**${rule.level}**, ${rule.when === undefined ? 'everywhere' : WHERE[rule.when]}`,
    rule.reason,
    `**What to do.** ${rule.fix}`,
    `**Looks at** ${rule.types.map(typeOf).join(', ')}`,
    ...(mappings.length > 0
      ? ['**The same elsewhere**', mappings.map((each) => `- ${each}`).join('\n')]
      : ['Nothing of the kind is known in checkov, trivy or the CIS benchmark.']),
    '## Kept',
    json(rule.good),
    '## Broken',
    json(rule.bad),
    '',
  ].join('\n\n');
}

const cell = (ids: readonly string[] | undefined): string => (ids ?? []).join(', ');

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function indexOf(domains: readonly Domain[]): string {
  const number = domains.reduce((sum, { rules }) => sum + rules.length, 0);
  const tables = domains.map(({ title, rules }) =>
    [
      `## ${title}`,
      '',
      row(['rule', 'level', 'where', 'demands', 'CIS', 'checkov', 'trivy', 'Google']),
      row(Array.from({ length: 8 }, () => '---')),
      ...rules.map(({ id, level, when, title: demand, maps }) =>
        row([
          `[${id}](${id}.md)`,
          level,
          when ?? 'everywhere',
          demand,
          cell(maps.cis),
          cell(maps.checkov),
          cell(maps.trivy),
          cell(maps.google),
        ]),
      ),
    ].join('\n'),
  );
  return [
    HEADER,
    '# Rules of the policy',
    `${number} rules, on what the stacks synthesize to. How they are applied and suppressed: [policy/README.md](../../policy/README.md). ` +
      'The columns at the right name the same demand in the CIS Google Cloud Foundation Benchmark v5.0.0, in checkov, in trivy, and in what ' +
      'Google publishes; where they are empty, nothing was found there.',
    ...tables,
    '',
  ].join('\n\n');
}

/** Name of each page in `docs/rules/` → its text. */
export function rulePages(domains: readonly Domain[]): Readonly<Record<string, string>> {
  const pages = domains.flatMap(({ rules }) =>
    rules.map((rule): [string, string] => [`${rule.id}.md`, `${HEADER}\n\n${markdownOf(rule)}`]),
  );
  return Object.fromEntries([['README.md', indexOf(domains)], ...pages]);
}
