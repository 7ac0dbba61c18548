// Names the stacks of an environment, those before that others build on.
//
//   node stacks.mjs ENVIRONMENT [cdktf.out]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [environment, directory = 'cdktf.out'] = process.argv.slice(2);
const { stacks } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
// A concern has no dash: everything before the last one is the environment.
const own = Object.keys(stacks).filter((id) => id.slice(0, Math.max(0, id.lastIndexOf('-'))) === environment);

const ordered = [];
function visit(id, above) {
  if (ordered.includes(id)) return;
  if (above.includes(id)) throw new Error(`${[...above, id].join(' → ')}: each waits for the other.`);
  for (const before of stacks[id].dependencies ?? []) if (own.includes(before)) visit(before, [...above, id]);
  ordered.push(id);
}
own.forEach((id) => visit(id, []));

if (own.length > 0) console.log(ordered.join('\n'));
else {
  console.error(`There is no stack of ${environment ?? 'an environment that has no name'} in ${directory}.`);
  process.exitCode = 1;
}
