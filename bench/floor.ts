import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The floors that the figures are ratios to: the least that the same tools can do. */

/** An app with one stack and nothing in it. */
export const EMPTY_APP = `
import { App, TerraformStack } from 'cdktf';
const app = new App();
new TerraformStack(app, 'empty');
app.synth();
`;

/** Directories of stacks that hold nothing but `terraform_data`, which Terraform serves itself. */
export function terraformDataStacks(resourcesOfEachStack: readonly number[]): string[] {
  const root = mkdtempSync(join(tmpdir(), 'bench-floor-'));
  return resourcesOfEachStack.map((count, index) => {
    const directory = join(root, String(index));
    mkdirSync(directory);
    const resources = Object.fromEntries(Array.from({ length: count }, (_, n) => [`r${n}`, { input: `value ${n}` }]));
    writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify({ resource: { terraform_data: resources } }));
    return directory;
  });
}

const STEPS = [
  ['init', '-input=false'],
  ['plan', '-input=false', '-out=plan'],
  ['apply', '-input=false', 'plan'],
  ['plan', '-input=false', '-detailed-exitcode'],
];

function terraform(directory: string, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn('terraform', args, { cwd: directory, stdio: 'ignore', env: { ...process.env, CHECKPOINT_DISABLE: '1' } });
    child.on('error', fail);
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`terraform ${args.join(' ')} ended with ${code}`))));
  });
}

/** init, plan, apply and plan again in each directory, as many at a time as there are cores. */
export async function runTerraform(directories: readonly string[]): Promise<void> {
  const waiting = [...directories];
  const worker = async () => {
    for (let directory = waiting.shift(); directory !== undefined; directory = waiting.shift()) {
      for (const step of STEPS) await terraform(directory, step);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}
