import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run as runExport } from '../../cli/export';
import { run as runPolicy } from '../../cli/policy';
import { noDisplay } from '../../rehearsal/run/display';
import { exec } from '../../rehearsal/run/exec';
import { rehearse } from '../../rehearsal/run/rehearse';
import { select, type Stack } from '../../rehearsal/run/stacks';
import { readStacks } from '../../rehearsal/run/synthesize';
import { python } from '../../soak/language';
import { describeWith, terraform } from '../support/requirements';

const ROOT = join(__dirname, '../..');
/** With the two that it stands on, these have the programs of endpoints; what the gateway runs is `python/steps-of-the-gateway.test.ts`. */
const ENVIRONMENTS = ['dev-identity'];
const INFERENCE = 'dev-inference';
const signal = new AbortController().signal;

/** Two models and their shares, in the spec of the reconciler and in what is compared with the cloud. */
const SHARES = /"traffic": \{\s+"(\d+)": (\d+),\s+"(\d+)": (\d+)\s+\}/;

/** What a command prints, which must end well. */
async function quietly(command: () => void | Promise<void>): Promise<string> {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await command();
  const printed = write.mock.calls.map(([text]) => String(text)).join('');
  write.mockRestore();
  expect(process.exitCode ?? 0).toBe(0);
  return printed;
}

const found = terraform().met && python() !== '';

describeWith({ met: found, reason: 'terraform and python3 on PATH' }, 'an environment that CDKTF has deployed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'exit-'));
  const keep = join(directory, 'kept');
  const exported = join(directory, 'exported');
  let stacks: Stack[];
  let said: string[];

  const document = (file: string) => join(exported, INFERENCE, file);

  beforeAll(async () => {
    const { exitCode } = await rehearse({ projectDir: ROOT, environments: ENVIRONMENTS, keep }, noDisplay, signal);
    expect(exitCode).toBe(0);
    stacks = select(readStacks(join(keep, 'synth')), ENVIRONMENTS);
    await quietly(() => runExport([...ENVIRONMENTS, '--from', join(keep, 'synth'), '--out', exported]));
    for (const { id } of stacks) {
      // The one thing that is not as in a real exit: where a rehearsal keeps the state.
      const terraform = { backend: { local: { path: join(keep, 'state', `${id}.tfstate`) } } };
      writeFileSync(join(exported, id, 'rehearsal_override.tf.json'), JSON.stringify({ terraform }));
    }
    const edited = join(directory, 'edited');
    mkdirSync(edited);
    for (const file of ['endpoints.tf.json', 'locals.tf.json']) {
      const text = readFileSync(document(file), 'utf8');
      expect(text).toMatch(SHARES);
      writeFileSync(join(edited, file), text.replace(SHARES, '"traffic": { "$1": 70, "$3": 30 }'));
    }
    const bin = join(directory, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'node'), '#!/bin/sh\necho "somebody has called Node" >&2\nexit 127\n');
    chmodSync(join(bin, 'node'), 0o755);
    const terraform = (stack: string, command: string) => `terraform -chdir=${stack} ${command} -no-color`;
    const script = [
      `PATH='${bin}':"$PATH"; export PATH; cd '${exported}'`,
      ...stacks.flatMap(({ id }) => [terraform(id, 'init'), terraform(id, 'plan -detailed-exitcode')]),
      `cp '${edited}'/* ${INFERENCE}`,
      terraform(INFERENCE, 'apply -auto-approve'),
      terraform(INFERENCE, 'plan -detailed-exitcode'),
      terraform(INFERENCE, 'destroy -auto-approve'),
    ];
    const command = ['sh', '-c', `set -e; exec > '${directory}/said' 2>&1\n${script.join('\n')}`];
    const ended = await exec({ projectDir: ROOT, environments: ENVIRONMENTS, keep, command }, signal);
    said = readFileSync(join(directory, 'said'), 'utf8').split('\n');
    expect({ exitCode: ended.exitCode, said: ended.exitCode === 0 ? [] : said.slice(-40) }).toEqual({ exitCode: 0, said: [] });
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('goes on without CDKTF and without Node: the first plan of every stack is empty', () => {
    expect(stacks.map(({ id }) => id).sort()).toEqual(['dev-foundation', 'dev-identity', 'dev-inference']);
    expect(said.filter((line) => line.startsWith('No changes.'))).toHaveLength(stacks.length + 1);
    expect(said).not.toContain('somebody has called Node');
  });

  it('is changed by hand, applied and destroyed: programs in Python move the traffic of an endpoint, and empty it', () => {
    const steps = said.flatMap((line) => /\(local-exec\): (\[\d\/\d\] \w+)/.exec(line)?.[1] ?? []);
    expect(steps).toEqual(['[1/1] traffic', '[1/3] traffic', '[2/3] undeploy', '[3/3] undeploy']);
    expect(said.some((line) => line.startsWith('Destroy complete!'))).toBe(true);
    expect(readFileSync(join(keep, 'store.json'), 'utf8')).not.toContain('"google_vertex_ai_endpoint"');
  });

  it('is judged by the policy as it stands', async () => {
    const printed = await quietly(() => runPolicy(['--stack', exported, '--format', 'json', '--fail-on', 'never']));
    expect((JSON.parse(printed) as { name: string }[]).map(({ name }) => name).sort()).toEqual(stacks.map(({ id }) => id).sort());
  });
});
