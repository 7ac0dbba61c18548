import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ALIAS, ROOT } from './terrain';

/** A CDKTF app of this repository. */
export interface App {
  readonly name: string;
  readonly directory: string;
}

/** The one with the environments. */
export const ENVIRONMENTS: App = { name: 'environments', directory: ROOT };

/** Every app: the environments, and each example. */
export function apps(): App[] {
  const examples = readdirSync(join(ROOT, 'examples')).map((name) => ({
    name: `examples/${name}`,
    directory: join(ROOT, 'examples', name),
  }));
  return [ENVIRONMENTS, ...examples.filter(({ directory }) => existsSync(join(directory, 'cdktf.json')))];
}

/** Lets an app synthesize into a directory: on CDKTF, on CDK Terrain in its place, or on what its package.json has under the name. */
export function synthesize({ name, directory }: App, on: 'cdktf' | 'terrain' | 'installed', out: string): void {
  const preload = ['--require', 'tsx/cjs', ...(on === 'terrain' ? ['--require', ALIAS] : [])];
  const env = { ...process.env, CDKTF_OUTDIR: out, CHECKPOINT_DISABLE: '1' };
  const { status, stderr } = spawnSync(process.execPath, [...preload, 'main.ts'], { cwd: directory, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} does not synthesize on ${on}:\n${stderr}`);
}
