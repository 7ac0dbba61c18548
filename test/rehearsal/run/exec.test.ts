import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec } from '../../../rehearsal/run/exec';
import { describeWith, tofu } from '../../support/requirements';
import { appWith, data, failureOf, FOUNDATION, rehearsal, temporaryDirectory } from './app';

const STACKS = {
  'dev-foundation': FOUNDATION,
  'dev-gateway': { ...data('x'), dependencies: ['dev-foundation'] },
  'prod-foundation': data('y'),
};

const run = (projectDir: string, command: readonly string[], more: { keep?: string; engine?: 'terraform' | 'tofu' } = {}) =>
  exec({ projectDir, environments: ['dev'], command, ...more }, new AbortController().signal);

/** The command, with its output in a file of the app: exec itself hands the terminal through. */
async function outputOf(app: string, script: string, more = {}): Promise<{ exitCode: number; output: string }> {
  const file = join(app, 'output.txt');
  const { exitCode } = await run(app, ['sh', '-c', `cd '${app}' && { ${script}\n} > output.txt 2>&1`], more);
  return { exitCode, output: readFileSync(file, 'utf8') };
}

const cdktf = (app: string, command: string) => outputOf(app, `node_modules/.bin/cdktf ${command} --no-color`);

describe('rehearse exec', () => {
  it('lets cdktf-cli deploy, compare and destroy an environment, with the state kept in between', async () => {
    const app = appWith(STACKS);
    writeFileSync(
      join(app, 'cdktf.json'),
      JSON.stringify({ app: 'node app.js', language: 'typescript', sendCrashReports: 'false', projectId: 'x' }),
    );

    const deployed = await cdktf(app, "deploy 'dev-*' --auto-approve");
    expect(deployed).toMatchObject({ exitCode: 0, output: expect.stringContaining('Resources: 5 added') as string });
    expect(readdirSync(join(app, '.rehearsal', 'dev', 'state')).sort()).toEqual(['dev-foundation.tfstate', 'dev-gateway.tfstate']);
    // cdktf-cli has synthesized there; Terraform has left nothing.
    expect(readdirSync(join(app, 'cdktf.out', 'stacks', 'dev-foundation'))).toEqual(['cdk.tf.json']);

    expect((await cdktf(app, 'diff dev-foundation')).output).toContain('No changes');
    expect(await cdktf(app, "destroy 'dev-*' --auto-approve")).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Resources: 5 destroyed') as string,
    });
  });

  it('goes on from a kept rehearsal, with the engine itself in the directory of a stack', async () => {
    const app = appWith(STACKS);
    const keep = join(temporaryDirectory(), 'kept');
    await rehearsal(app, { keep, environments: ['dev'] });
    const stack = join(keep, 'synth', 'stacks', 'dev-foundation');
    const { exitCode, output } = await outputOf(app, `cd '${stack}' && terraform init && terraform plan -detailed-exitcode -no-color`, {
      keep,
    });
    expect(output).toContain('No changes');
    expect(exitCode).toBe(0);
  });

  it('touches no stack of another environment', async () => {
    const app = appWith(STACKS);
    const { exitCode, output } = await outputOf(
      app,
      'CDKTF_OUTDIR=cdktf.out node app.js && cd cdktf.out/stacks/prod-foundation && terraform init',
    );
    expect(exitCode).toBe(1);
    expect(output).toBe('prod-foundation is not a stack of the environments that this rehearsal was started for\n');
  });

  it('ends as the command ends', async () => {
    const app = appWith(STACKS);
    expect(await run(app, ['sh', '-c', 'exit 42'])).toMatchObject({ exitCode: 42 });
    expect(await run(app, ['sh', '-c', 'kill -TERM $$'])).toMatchObject({ exitCode: 143 });
  });

  it('looks for secrets in what the command left', async () => {
    const leaky = { variable: { key: { type: 'string', sensitive: true, ephemeral: true, default: '' } } };
    const app = appWith({ 'dev-x': leaky });
    const report = await run(app, ['sh', '-c', `echo "$TF_VAR_key" > '${join(app, '.rehearsal', 'dev', 'note.txt')}'`]);
    expect(report).toMatchObject({ exitCode: 8, secrets: { leaks: [{ file: 'note.txt', secret: 'var.key of dev-x' }] } });
  });

  it('says what is wrong with the command or the environment', async () => {
    const app = appWith(STACKS);
    expect(await failureOf(run(app, ['no-such-program']))).toBe('usage: no-such-program is not on PATH');
    expect(await failureOf(run(app, ['/no/such/program']))).toMatch(/^usage: \/no\/such\/program does not start: /);
    expect(await failureOf(exec({ projectDir: app, environments: ['dve'], command: ['true'] }, new AbortController().signal))).toContain(
      "did you mean 'dev'?",
    );
    expect(existsSync(join(app, '.rehearsal', 'dev', 'rehearsal.lock'))).toBe(false);
  });

  it('works where paths hold blanks and quotes', async () => {
    const app = appWith(STACKS);
    const keep = join(temporaryDirectory(), `it's "kept"`);
    const stack = join(app, 'a b', 'dev-gateway');
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, 'cdk.tf.json'), JSON.stringify(data('x')));
    const { exitCode } = await outputOf(app, 'cd "a b/dev-gateway" && terraform init && terraform apply -auto-approve', { keep });
    expect(exitCode).toBe(0);
    expect(existsSync(join(keep, 'state', 'dev-gateway.tfstate'))).toBe(true);
  });
});

describeWith(tofu(), 'with OpenTofu', () => {
  it('rehearses, goes through faults and destroys', async () => {
    const report = await rehearsal(appWith(STACKS), { engine: 'tofu', faults: 'google_compute_network=lost', destroy: true });
    expect(report).toMatchObject({ outcome: 'ok', engine: { name: 'tofu' }, faults: { differences: [] } });
  });

  it('runs a command with it', async () => {
    const app = appWith(STACKS);
    const script =
      'CDKTF_OUTDIR=cdktf.out node app.js && cd cdktf.out/stacks/dev-foundation && tofu init && tofu apply -auto-approve -no-color';
    expect(await outputOf(app, script, { engine: 'tofu' })).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('5 added') as string,
    });
  });
});
