import { readFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { appWith, changeStacks, data, failureOf, FOUNDATION, rehearsal, temporaryDirectory } from './app';

const STACKS = {
  'dev-foundation': FOUNDATION,
  'dev-gateway': { ...data('x'), dependencies: ['dev-foundation'] },
  'eu-prod-foundation': data('y'),
};

describe('a rehearsal', () => {
  it('deploys every stack of the environments in order, plans again, and finds no secret', async () => {
    const report = await rehearsal(appWith(STACKS), { environments: ['dev'] });
    expect(report.outcome).toBe('ok');
    expect(report.stacks.map(({ stack, resources, differences }) => [stack, resources, differences])).toEqual([
      ['dev-foundation', 5, []],
      ['dev-gateway', 1, []],
    ]);
    expect(report.secrets).toMatchObject({ leaks: [], tooShort: [] });
    expect(report.secrets.secrets).toBeGreaterThan(0);
    expect(report.secrets.files).toBeGreaterThan(10);
    expect(report.directory).toBeUndefined();
  });

  it('puts one file beside a stack, and nothing into cdktf.out or the checkout', async () => {
    const app = appWith({ 'dev-foundation': data('x') });
    const keep = join(temporaryDirectory(), 'kept');
    const before = readdirSync(app);
    await rehearsal(app, { keep });
    expect(readdirSync(app)).toEqual(before);
    const stack = join(keep, 'synth', 'stacks', 'dev-foundation');
    expect(readdirSync(stack).sort()).toEqual(['.terraform', 'cdk.tf.json', 'rehearsal_override.tf.json']);
    expect(JSON.parse(readFileSync(join(stack, 'rehearsal_override.tf.json'), 'utf8'))).toEqual({
      terraform: { backend: { local: { path: join(keep, 'state', 'dev-foundation.tfstate') } } },
    });
  });

  it('goes on from what a kept directory holds', async () => {
    const app = appWith({ 'dev-foundation': FOUNDATION });
    const keep = join(temporaryDirectory(), 'kept');
    await rehearsal(app, { keep });
    expect((await rehearsal(app, { keep })).stacks[0]!.changes).toEqual([]);

    const { google_project_service: _, ...fewer } = FOUNDATION.resource!;
    changeStacks(app, { 'dev-foundation': { ...FOUNDATION, resource: fewer } });
    const report = await rehearsal(app, { keep });
    expect(report.stacks[0]!.changes).toEqual([{ address: 'google_project_service.Compute', action: 'delete' }]);
    expect(report.upgradedFrom).toBe('what the directory held');
    expect(existsSync(join(keep, 'rehearsal.lock'))).toBe(false);
  });

  it('tells every stack that failed, with construct paths, and what did not start because of it', async () => {
    const broken = (path: string) => ({
      resource: { terraform_data: { Bad: { '//': { metadata: { path } }, provisioner: [{ 'local-exec': { command: 'exit 3' } }] } } },
    });
    const app = appWith({
      'dev-a': broken('dev-a/Bad'),
      'dev-b': { ...data('x'), dependencies: ['dev-a'] },
      'dev-c': broken('dev-c/Bad'),
    });
    expect(await failureOf(rehearsal(app))).toBe(
      [
        'deploy: dev-a: apply failed',
        '  terraform_data.Bad (dev-a/Bad): local-exec provisioner error',
        "    Error running command 'exit 3': exit status 3. Output: ",
        'dev-c: apply failed',
        '  terraform_data.Bad (dev-c/Bad): local-exec provisioner error',
        "    Error running command 'exit 3': exit status 3. Output: ",
        'not finished because of that: dev-b',
      ].join('\n'),
    );
  });

  it('names what the second plan would change', async () => {
    const app = appWith({ 'dev-clock': { ...data('${timestamp()}'), output: { now: { value: '${timestamp()}' } } } });
    const report = await rehearsal(app);
    expect(report.outcome).toBe('notEmpty');
    expect(report.exitCode).toBe(7);
    expect(report.stacks[0]!.differences).toEqual([
      { address: 'terraform_data.One', action: 'update', attributes: ['input', 'output'] },
      { address: 'output.now', action: 'update', attributes: [] },
    ]);
  });

  it('leaves no file and no process behind when it is interrupted', async () => {
    const app = appWith({
      'dev-slow': {
        resource: { terraform_data: { Slow: { provisioner: [{ 'local-exec': { command: 'echo $$ > pid; exec sleep 60' } }] } } },
      },
    });
    const keep = join(temporaryDirectory(), 'kept');
    const interruption = new AbortController();
    const end = failureOf(rehearsal(app, { keep }, interruption.signal));
    const pidFile = join(keep, 'synth', 'stacks', 'dev-slow', 'pid');
    while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await new Promise((later) => setTimeout(later, 50));
    interruption.abort();
    expect(await end).toMatch(/^interrupted: /);
    expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow('ESRCH');
    expect(existsSync(join(keep, 'rehearsal.lock'))).toBe(false);
  });
});
