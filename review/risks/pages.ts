import { LEVELS } from '../levels';
import { type RiskRule } from './rule';
import { RULES } from './rules';

/** A page of the documentation: its name in `docs/risks`, and its text. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

/** `docs/risks`: a page for each rule, and one that lists them. Written by `npm run docs:risks`; a test holds them to the rules. */
export const riskPages = (rules: readonly RiskRule[] = RULES): Page[] => [{ file: 'README.md', text: overview(rules) }, ...rules.map(page)];

const NOTE = '<!-- Written by `npm run docs:risks` from review/risks/rules. -->';

function overview(rules: readonly RiskRule[]): string {
  const rows = rules.map(({ id, title, level }) => `| [\`${id}\`](${id}.md) | ${level} | ${title} |`);
  return `${NOTE}

# Risks

What \`npm run review\` looks for in plans, beside what is deleted and replaced. \`--fail-on LEVEL\` ends with exit code 1 where a finding has that level or
a graver one. A rule that cannot tell, because the plan does not, says **unknown** at the level it would have; that counts as the finding, never as its absence.

Levels: ${LEVELS.map((level) => `**${level}**`).join(', ')}. With a finding of level high somebody has to answer for the change before it is merged.

| rule | level | what |
| --- | --- | --- |
${rows.join('\n')}
`;
}

const page = ({ id, title, level, reason, remedy, looksAt }: RiskRule): Page => ({
  file: `${id}.md`,
  text: `${NOTE}

# ${title}

\`${id}\`, level ${level}

## Why it matters

${reason}

## What to do

${remedy}

## What it looks at

${looksAt}
`,
});
