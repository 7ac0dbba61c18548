import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../../rehearsal/run/exit-codes';
import { appWith, data, FOUNDATION, temporaryDirectory } from '../rehearsal/run/app';

const ROOT = join(__dirname, '..', '..');
const COMMAND = [join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs'), join(ROOT, 'cli', 'main.ts'), 'rehearse'];

function rehearse(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

const APP = appWith({
  'dev-foundation': FOUNDATION,
  'dev-gateway': { ...data('x'), dependencies: ['dev-foundation'] },
  'prod-foundation': data('y'),
});

describe('npm run rehearse', () => {
  it('shows plain lines while it runs, and a table at the end', () => {
    const { status, stdout, stderr } = rehearse(APP, ['dev']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/\u001b/);
    expect(stdout).toMatch(/^dev-foundation: apply\ndev-foundation: 5 created$/m);
    expect(stdout).toMatch(/^│ stack +│ resources │ seconds │ second plan │$/m);
    expect(stdout).toMatch(/^│ dev-foundation │ +5 │ +\d+\.\d │ empty +│$/m);
    expect(stdout).toMatch(/^2 stacks, 6 resources, \d+\.\d s with terraform 1\.\d+\.\d+$/m);
    expect(stdout).toMatch(/^\d+ secret values looked for in \d+ files: none found$/m);
    expect(stdout).toMatch(/^files: removed \(--keep DIR keeps states, plans and logs\)$/m);
  });

  it('prints one JSON document and nothing else with --json', () => {
    const { status, stdout, stderr } = rehearse(APP, ['--all', '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'ok',
      exitCode: 0,
      environments: ['dev', 'prod'],
      stacks: [
        { stack: 'dev-foundation', resources: 5, differences: [] },
        { stack: 'dev-gateway', resources: 1, differences: [] },
        { stack: 'prod-foundation', resources: 1, differences: [] },
      ],
      secrets: { leaks: [] },
    });
  });

  it('explains itself, with every exit code', () => {
    const { status, stdout } = rehearse(APP, ['--help']);
    expect(status).toBe(0);
    for (const { code, meaning } of Object.values(EXIT)) expect(stdout).toContain(`${String(code).padStart(3)}  ${meaning}`);
    expect(new Set(Object.values(EXIT).map(({ code }) => code)).size).toBe(Object.keys(EXIT).length);
  });

  it.each([
    [['dve'], "there is no environment or stack 'dve'; did you mean 'dev'?\nknown: dev, prod, and their stacks\n"],
    [[], 'which environment? Name one or more, or say --all\n'],
    [['dev', '--all'], 'name environments, or say --all, not both\n'],
    [['dev', '--distroy'], "error: unknown option '--distroy'\n(Did you mean --destroy?)\n"],
    [['dev', '--engine', 'pulumi'], "error: option '--engine <name>' argument 'pulumi' is invalid. Allowed choices are terraform, tofu.\n"],
    [['dev', '--patience', '-1'], expect.stringContaining('a number of seconds, more than 0 and at most 3600') as string],
    [['dev', '--faults', 'x'], expect.stringContaining("fault 'x': ") as string],
    [['exec', 'dev', 'npx', 'cdktf', 'deploy', '--auto-approve'], expect.stringContaining('everything after -- is the command') as string],
    [['exec', 'dev', '--', 'no-such-program'], 'no-such-program is not on PATH\n'],
  ])('answers %p with one message and exit code 2', (args, message) => {
    expect(rehearse(APP, args)).toEqual({ status: 2, stdout: expect.stringMatching(/^(synthesizing\n)?$/), stderr: message });
  });

  it('says it in JSON as well', () => {
    const { status, stdout, stderr } = rehearse(APP, ['dve', '--json']);
    expect(JSON.parse(stdout)).toEqual({ outcome: 'usage', exitCode: 2, message: stderr.trim() });
    expect(status).toBe(2);
  });

  it('calls a bug a bug, and shows where only when asked', () => {
    const preload = join(temporaryDirectory(), 'preload.cjs');
    writeFileSync(preload, "require('node:os').availableParallelism = () => { throw new Error('boom'); };");
    const env = { NODE_OPTIONS: `--require ${preload}` };
    expect(rehearse(APP, ['prod'], env)).toMatchObject({
      status: 1,
      stderr: 'this is a bug: boom\nDEBUG=1 shows where; please report it\n',
    });
    expect(rehearse(APP, ['prod'], { ...env, DEBUG: '1' }).stderr).toMatch(/^this is a bug: Error: boom\n\s+at .*preload\.cjs/);
  });

  it('goes through exec with the exit code of the command', () => {
    const { status, stdout, stderr } = rehearse(APP, ['exec', 'prod', '--', 'sh', '-c', 'echo hello; exit 7']);
    expect({ status, stdout }).toEqual({ status: 7, stdout: 'hello\n' });
    expect(stderr).toContain(`states and cloud: ${join(APP, '.rehearsal', 'prod')}\n`);
  });

  it.each([['SIGINT'], ['SIGTERM']] as const)('stops at %s with 130, and leaves no process, socket or directory', async (signal) => {
    const slow = { terraform_data: { Slow: { provisioner: [{ 'local-exec': { command: 'exec sleep 60' } }] } } };
    const app = appWith({ 'dev-foundation': FOUNDATION, 'dev-slow': { resource: slow, dependencies: ['dev-foundation'] } });
    const tmp = temporaryDirectory();
    const child = spawn(process.execPath, ['--import', 'tsx', ...COMMAND.slice(1), 'dev'], {
      cwd: app,
      env: { ...process.env, TMPDIR: tmp },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('dev-slow: apply')) child.kill(signal);
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(130);
    expect(said).toBe('interrupted; everything this run started is stopped\n');
    expect(readdirSync(tmp).filter((name) => name.startsWith('rehearsal-'))).toEqual([]);
    expect(existsSync(join(app, 'cdktf.out'))).toBe(false);
  });

  it('stops when nobody reads on, as with | head, and leaves nothing behind', async () => {
    const tmp = temporaryDirectory();
    const child = spawn(process.execPath, ['--import', 'tsx', ...COMMAND.slice(1), 'dev'], {
      cwd: APP,
      env: { ...process.env, TMPDIR: tmp },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, said }).toEqual({ code: 130, said: 'interrupted; everything this run started is stopped\n' });
    expect(readdirSync(tmp).filter((name) => name.startsWith('rehearsal-'))).toEqual([]);
  });
});
