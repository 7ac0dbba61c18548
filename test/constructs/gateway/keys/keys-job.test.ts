import { spawnSync } from 'node:child_process';
import { GatewayAccount } from '../../../../constructs/gateway';
import { KeysJob, type KeysJobProps } from '../../../../constructs/gateway/keys';
import { keysProgram } from '../../../../keys';
import { synthesize } from '../../../support/template';

const PROJECT = 'projects/acme-ai-test';

const make = (changes: Partial<KeysJobProps> = {}) =>
  synthesize((stack) => {
    const account = new GatewayAccount(stack, 'Account', { projectId: 'acme-ai-test', accountId: 'test-keys' });
    new KeysJob(stack, 'Job', {
      projectId: 'acme-ai-test',
      region: 'europe-west4',
      name: 'test-gateway-keys',
      image: `europe-west4-docker.pkg.dev/acme-ai-test/tools/node@sha256:${'0'.repeat(64)}`,
      account,
      program: 'console.log(`${1 + 1}`, process.argv.slice(2), JSON.parse(process.env.GATEWAY_KEYS));\n',
      desired: '{"price":"${x} %{y}"}',
      gateway: { url: 'https://gateway.example', service: 'test-gateway' },
      masterKeySecret: `${PROJECT}/secrets/test-gateway-master-key`,
      keySecrets: { web: `${PROJECT}/secrets/test-key-web` },
      after: [],
      network: { network: `${PROJECT}/global/networks/test`, subnetwork: `${PROJECT}/regions/europe-west4/subnetworks/test` },
      ...changes,
    });
  });

interface Container {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string }[];
}

/** The container as Cloud Run gets it from Terraform. */
function containerOf(changes: Partial<KeysJobProps> = {}): Container {
  const job = make(changes).resource('google_cloud_run_v2_job') as unknown as { template: { template: { containers: [Container] } } };
  const text = JSON.stringify(job.template.template.containers[0]);
  return JSON.parse(text.replaceAll('$${', '${').replaceAll('%%{', '%{')) as Container;
}

function start({ command, env }: Container, args: readonly string[]) {
  const variables = Object.fromEntries(env.map(({ name, value }) => [name, value ?? 'sk-from-secret-manager']));
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command.slice(1), ...args], { env: variables, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the job that applies keys', () => {
  it('synthesizes to this', () => {
    expect(make({ program: 'the program' }).json).toMatchSnapshot();
  });

  it('runs the program that it carries, with the arguments of the execution', () => {
    const container = containerOf();
    expect(container.args).toEqual(['plan']);
    expect(start(container, ['apply', 'x'])).toEqual({ status: 0, stderr: '', stdout: "2 [ 'apply', 'x' ] { price: '${x} %{y}' }\n" });
  });

  it('runs a program that fills more than one variable', () => {
    const long = `const text = [\n${`  '${'x'.repeat(90)}',\n`.repeat(1000)}];\nconsole.log(text.length);\n`;
    const container = containerOf({ program: long });
    expect(container.env.filter(({ name }) => name.startsWith('GATEWAY_FILE_')).length).toBeGreaterThan(2);
    expect(start(container, []).stdout).toBe('1000\n');
  });

  it('runs the real program, which says what it is called with', () => {
    const container = containerOf({ program: keysProgram() });
    expect(start(container, ['destroy'])).toMatchObject({
      status: 1,
      stderr: 'Arguments: plan [--delete], or apply ID [--delete], where ID is that of the plan.\n',
    });
  });

  it('holds no value of a key', () => {
    expect(JSON.stringify(make({ program: keysProgram() }).json)).not.toMatch(/sk-[\w-]{16,}/);
  });

  it.each([
    ['an image by tag', { image: 'node:20' }, /image/],
    ['a name that is too long', { name: 'x'.repeat(50) }, /at most 49/],
    ['no time', { timeoutSeconds: 1 }, /timeoutSeconds/],
  ])('refuses %s', (_what, changes, message) => {
    expect(() => make(changes)).toThrow(message);
  });
});
