/** `npm run gateway-lint`: writes the linter's rules into docs/gateway-lint.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINT_RULES, PINNED_VERSION, type Rule } from '../../../../constructs/gateway/config';

const FILE = join(__dirname, '../../../../docs/gateway-lint.md');

const HEAD = `# What is refused in a gateway's configuration

LiteLLM starts with misspelt keys, dangling fallbacks and variables that nobody has set. So its configuration is written from the environment
file and looked at when the stacks are synthesized: an **error** builds nothing, a **warning** and a **note** are said by \`cdktf synth\`.
Places are paths under \`gateway\` in the environment file. Known keys and prices are those of LiteLLM ${PINNED_VERSION}.

Written by \`npm run gateway-lint\` from \`constructs/gateway/config/lint\`; each example is a test.
`;

/** A list and no table: Prettier would align it, by widths that change with every rule. */
const contents = (rules: readonly Rule[]): string => rules.map(({ id, level, why }) => `- [${id}](#${id}) (${level}): ${why}\n`).join('');

const section = ({ id, level, why, link, bad, good }: Rule): string => `## ${id}

${level[0]!.toUpperCase()}${level.slice(1)}. ${why} [Source](${link})

Bad:

\`\`\`yaml
${bad.trim()}
\`\`\`

Good:

\`\`\`yaml
${good.trim()}
\`\`\`
`;

export const lintDocument = (): string => [HEAD, contents(LINT_RULES), ...LINT_RULES.map(section)].join('\n');

export const writtenDocument = (): string => readFileSync(FILE, 'utf8');

if (require.main === module) writeFileSync(FILE, lintDocument());
