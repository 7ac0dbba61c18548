import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../cli/export';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'export-'))));
afterEach(() => rmSync(directory, { recursive: true }));

/** Runs the command on what an app has synthesized: stacks of two environments, of which one needs the other's foundation. */
async function exporting(...args: string[]): Promise<{ code: number; said: string }> {
  const synthesized = join(directory, 'cdktf.out');
  const stacks = { 'dev-foundation': [], 'dev-gateway': ['dev-foundation'], 'prod-foundation': [] };
  for (const id of Object.keys(stacks)) {
    mkdirSync(join(synthesized, 'stacks', id), { recursive: true });
    writeFileSync(join(synthesized, 'stacks', id, 'cdk.tf.json'), JSON.stringify({ terraform: { required_version: '>= 1.11' } }));
  }
  const entries = Object.entries(stacks).map(([id, dependencies]) => {
    const workingDirectory = `stacks/${id}`;
    return [id, { dependencies, workingDirectory, synthesizedStackPath: `${workingDirectory}/cdk.tf.json`, annotations: [] }];
  });
  writeFileSync(join(synthesized, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(entries) as object }));
  const texts: string[] = [];
  const hear = (text: unknown) => texts.push(String(text)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(hear));
  await run(args.map((each) => each.replace('OUT', synthesized)));
  for (const spy of spies) spy.mockRestore();
  const code = Number(process.exitCode ?? 0);
  process.exitCode = 0;
  return { code, said: texts.join('') };
}

it('writes the stacks that are named, and those that they stand on', async () => {
  const out = join(directory, 'out');
  expect(await exporting('dev-gateway', '--from', 'OUT', '--out', out)).toEqual({
    code: 0,
    said: expect.stringMatching(/dev-foundation: 1 file\n.*dev-gateway: 1 file\n.*README\.md says how to go on\.\n$/),
  });
  expect(readdirSync(out).sort()).toEqual(['.gitignore', 'README.md', 'dev-foundation', 'dev-gateway']);
});

it.each<[string, string[], RegExp]>([
  ['nothing', [], /which environment\? Name one or more, or say --all/],
  ['a name and --all', ['dev', '--all'], /name environments, or say --all, not both/],
  ['a name that is none', ['dve'], /there is no environment or stack 'dve'; did you mean 'dev'\?/],
  ['an option that is none', ['dev', '--node'], /unknown option '--node'/],
])('refuses %s, and writes nothing', async (_what, args, message) => {
  const out = join(directory, 'out');
  expect(await exporting(...args, '--from', 'OUT', '--out', out)).toEqual({ code: 2, said: expect.stringMatching(message) });
  expect(existsSync(out)).toBe(false);
});

it('refuses a directory that holds something, and one that an app has not written', async () => {
  const occupied = await exporting('dev', '--from', 'OUT', '--out', directory);
  expect(occupied).toEqual({ code: 2, said: expect.stringMatching(/is not empty\. .* name a new directory\.\n$/) });
  const elsewhere = await exporting('dev', '--from', directory, '--out', join(directory, 'out'));
  expect(elsewhere).toEqual({
    code: 2,
    said: expect.stringMatching(/has no manifest\.json: name the directory that `cdktf synth` has written/),
  });
});
