import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine, locate } from '../../../rehearsal/run/engine';
import { describeWith, type Requirement } from '../../support/requirements';
import { appWith, data, failureOf, FOUNDATION, google, rehearsal, temporaryDirectory } from './app';

const APP = { 'dev-x': data('x') };

/** A PATH with nothing but these programs (name → shell script), node and a shell. */
async function withPath<T>(programs: Readonly<Record<string, string>>, body: () => Promise<T>): Promise<T> {
  const bin = temporaryDirectory();
  for (const name of ['node', 'sh']) symlinkSync(locate(name)!, join(bin, name));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const before = process.env['PATH'];
  process.env['PATH'] = bin;
  try {
    return await body();
  } finally {
    process.env['PATH'] = before;
  }
}

const version = (text: string) => `echo '{"terraform_version": "${text}"}'`;

describe('the engine', () => {
  it('is missing: where to get one', async () => {
    const said = await withPath({}, () => failureOf(rehearsal(appWith(APP))));
    expect(said).toMatch(/^engine: terraform is not on PATH, tofu is not on PATH\.\nInstall Terraform >= 1\.11 .* or OpenTofu >= 1\.11 /);
  });

  it('is the one that was asked for, and no other', async () => {
    expect(await withPath({ terraform: version('1.12.0') }, () => failureOf(findEngine('tofu')))).toMatch(/^engine: tofu is not on PATH\./);
  });

  it('is OpenTofu where there is no Terraform', async () => {
    expect(await withPath({ tofu: version('1.11.0') }, () => findEngine())).toMatchObject({ name: 'tofu', version: '1.11.0' });
  });

  it.each([
    ['terraform', '1.10.5', /terraform is Terraform 1\.10\.5; at least 1\.11 is needed/],
    ['terraform', '0.15.0', /at least 1\.11 is needed/],
    ['tofu', '1.10.10', /tofu is OpenTofu 1\.10\.10; at least 1\.11 is needed/],
  ] as const)('is too old: %s %s', async (name, number, message) => {
    expect(await withPath({ [name]: version(number) }, () => failureOf(findEngine()))).toMatch(message);
  });

  it.each(['1.11.0', '1.12.6-dev', '2.0.0'])('is new enough: %s', async (number) => {
    expect(await withPath({ terraform: version(number) }, () => findEngine())).toMatchObject({ version: number });
  });

  it.each([
    ['echo hello', /^engine: .*terraform does not tell its version; is it Terraform\?$/],
    ['exit 1', /^engine: .*terraform does not start: /],
  ])('is something else: %s', async (script, message) => {
    expect(await withPath({ terraform: script }, () => failureOf(findEngine()))).toMatch(message);
  });

  it('being missing stops the synthesis that runs beside it, and nothing is left', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('rehearsal-'));
    await withPath({}, () => failureOf(rehearsal(appWith(APP))));
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith('rehearsal-') && !name.startsWith('rehearsal-test-'));
    expect(left.filter((name) => !before.includes(name))).toEqual([]);
  });
});

describe('a type', () => {
  it('that the rehearsal knows nothing of is told before anything starts, with what to do', async () => {
    const keep = join(temporaryDirectory(), 'kept');
    const said = await failureOf(
      rehearsal(appWith({ 'dev-x': google({ resource: { google_parallelstore_instance: { P: {} } } }) }), { keep }),
    );
    expect(said).toMatch(/^types: .*rehearsal\/overlay\/google\/google_parallelstore_instance\.yaml/s);
    expect(readdirSync(join(keep, 'logs'))).toEqual([]);
  });
});

describe('the directory', () => {
  it('is in use by another rehearsal', async () => {
    const keep = temporaryDirectory();
    writeFileSync(join(keep, 'rehearsal.lock'), `${process.pid}\n`);
    expect(await failureOf(rehearsal(appWith(APP), { keep }))).toBe(
      `busy: ${keep} is in use by another rehearsal (process ${process.pid}); wait for it, or use another directory`,
    );
    expect(existsSync(join(keep, 'rehearsal.lock'))).toBe(true);
  });

  it('was left locked by a process that is gone', async () => {
    const keep = temporaryDirectory();
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(join(keep, 'rehearsal.lock'), `${gone}\n`);
    expect((await rehearsal(appWith(APP), { keep })).outcome).toBe('ok');
  });

  it('is somebody else’s', async () => {
    const keep = temporaryDirectory();
    writeFileSync(join(keep, 'thesis.txt'), 'precious');
    expect(await failureOf(rehearsal(appWith(APP), { keep }))).toBe(
      `usage: ${keep} is not empty and not from a rehearsal; name a new or an empty directory`,
    );
    expect(readdirSync(keep)).toEqual(['thesis.txt']);
  });

  it('cannot be one', async () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    expect(await failureOf(rehearsal(appWith(APP), { keep: join(file, 'kept') }))).toMatch(/^disk: .*part of the path is a file/);
  });

  it('is nowhere that directories can be made', async () => {
    expect(await failureOf(rehearsal(appWith(APP), { keep: '/proc/nowhere/kept' }))).toBe(
      'disk: /proc/nowhere: no directory can be made there',
    );
  });

  it.each([
    ['store.json', /^usage: .*store\.json: this is not a store of a rehearsal/],
    ['state/dev-x.tfstate', /^usage: .*dev-x\.tfstate: this is not a state/],
  ])('holds a broken %s', async (file, message) => {
    const app = appWith(APP);
    const keep = join(temporaryDirectory(), 'kept');
    await rehearsal(app, { keep });
    mkdirSync(join(keep, 'state'), { recursive: true });
    writeFileSync(join(keep, file), '{ half');
    expect(await failureOf(rehearsal(app, { keep }))).toMatch(message);
  });
});

describe('a state', () => {
  it('is locked by an engine that somebody started by hand', async () => {
    const app = appWith(APP);
    const keep = join(temporaryDirectory(), 'kept');
    await rehearsal(app, { keep });
    const holder = await holdLock(join(keep, 'state', 'dev-x.tfstate'));
    try {
      const said = await failureOf(rehearsal(app, { keep }));
      expect(said).toMatch(/^busy: dev-x: plan failed\n {2}Error acquiring the state lock\n/);
      expect(said).toContain('Lock Info:');
    } finally {
      process.kill(-holder.pid!, 'SIGKILL');
      await once(holder, 'close');
    }
    expect((await rehearsal(app, { keep })).outcome).toBe('ok');
  });
});

/** An apply that takes long, on that state. */
async function holdLock(path: string): Promise<ChildProcess> {
  const directory = temporaryDirectory();
  const slow = { terraform_data: { Slow: { provisioner: [{ 'local-exec': { command: 'touch started; exec sleep 60' } }] } } };
  writeFileSync(join(directory, 'main.tf.json'), JSON.stringify({ terraform: { backend: { local: { path } } }, resource: slow }));
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  spawnSync('terraform', ['init'], { cwd: directory, env });
  const child = spawn('terraform', ['apply', '-auto-approve'], { cwd: directory, env, stdio: 'ignore', detached: true });
  while (!existsSync(join(directory, 'started'))) await new Promise((later) => setTimeout(later, 50));
  return child;
}

it('a socket that cannot be opened is told as such', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { fromSystemError } = await import('../../../rehearsal/run/exit-codes');
  const { port } = server.address() as { port: number };
  const second = createServer().listen(port, '127.0.0.1');
  const [error] = (await once(second, 'error').catch((thrown: unknown) => [thrown])) as [unknown];
  server.close();
  expect(fromSystemError(error)).toMatchObject({
    outcome: 'busy',
    message: '127.0.0.1: the socket is in use by another process (EADDRINUSE)',
  });
});

function mounts(): Requirement {
  const directory = temporaryDirectory();
  const met = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', directory], { stdio: 'ignore' }).status === 0;
  if (met) spawnSync('umount', [directory]);
  return { met, reason: 'the right to mount a small file system' };
}

describeWith(mounts(), 'a small or read-only disk', () => {
  const mounted: string[] = [];
  afterEach(() => mounted.splice(0).forEach((directory) => spawnSync('umount', [directory])));

  function mount(...options: string[]): string {
    const directory = temporaryDirectory();
    expect(spawnSync('mount', [...options, directory]).status).toBe(0);
    mounted.push(directory);
    return directory;
  }

  // Pages are 4 KiB: from "not even a lock" to "full while the engine applies".
  it.each([4, 8, 16, 32, 48, 64])('that is full after %i KiB is called so, whenever that is', async (size) => {
    const keep = mount('-t', 'tmpfs', '-o', `size=${size}k`, 'none');
    const said = await failureOf(rehearsal(appWith({ 'dev-foundation': FOUNDATION }), { keep }));
    expect(said).toMatch(/^disk: /);
    expect(said).not.toMatch(/\n\s+at /);
    expect(existsSync(join(keep, 'rehearsal.lock'))).toBe(false);
  });

  it('that is read-only is called so', async () => {
    const keep = mount('-t', 'tmpfs', '-o', 'ro', 'none');
    expect(await failureOf(rehearsal(appWith(APP), { keep: join(keep, 'kept') }))).toMatch(/^disk: .*read-only file system/);
  });

  it('that holds the checkout, read-only, keeps nobody from rehearsing', async () => {
    const checkout = mount('-o', 'bind,ro', appWith(APP));
    expect((await rehearsal(checkout)).outcome).toBe('ok');
  });
});
