import { table } from './documentation';
import type { Created } from './example';
import type { ConstructClass, Source } from './source';
import { relativePath } from './type-text';

/** What a construct has made, by itself or through others. What stands in no construct with a page is its own, too. */
export const madeBy = ({ name }: ConstructClass, made: readonly Created[]): Created[] =>
  made.filter(({ within }) => within.length === 0 || within.includes(name));

/** What is in a stack with the example, as a page says it: its own, what it makes through others, and what the example needs beside it. */
export function createsText(construct: ConstructClass, made: readonly Created[], source: Source): string {
  const { name } = construct;
  const own = made.filter(({ within }) => within.length === 0 || within.at(-1) === name);
  const through = made.filter(({ within }) => within.at(-1) !== name && within.includes(name));
  const beside = made.filter(({ within }) => within.length > 0 && !within.includes(name));
  const parts = [
    own.length > 0
      ? `In the example above:\n\n${table(
          ['Type', 'Blocks'],
          own.map(({ type, count }) => [`\`${type}\``, String(count)]),
        )}`
      : 'No resource of its own.',
    listed('Through constructs of its own:', through, construct, source),
    listed('Beside it, from other constructs:', beside, construct, source),
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** A line a construct. */
function listed(title: string, made: readonly Created[], from: ConstructClass, { constructs }: Source): string | undefined {
  const makers = [...new Set(made.map(({ within }) => within.at(-1)!))];
  const lines = makers.map((maker) => {
    const { page } = constructs.find(({ name }) => name === maker)!;
    const types = made
      .filter(({ within }) => within.at(-1) === maker)
      .map(({ type, count }) => `\`${type}\`${count > 1 ? ` (${count})` : ''}`);
    return `- [\`${maker}\`](${relativePath(from.page, page)}): ${types.join(', ')}`;
  });
  return lines.length > 0 ? `${title}\n\n${lines.join('\n')}` : undefined;
}
