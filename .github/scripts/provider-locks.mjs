// Keeps the hashes of all providers in one file of the repository, for every platform that people and runners have. CDKTF writes Terraform's lock
// files into cdktf.out, which is not in git, and for one platform only.
//
//   node provider-locks.mjs make [terraform's arguments]   asks the registry for the hashes, and writes terraform.lock.hcl
//   node provider-locks.mjs copy ENVIRONMENT               gives each stack of the environment its part: `init -lockfile=readonly` then holds to it
//
// Expects synthesized stacks in cdktf.out.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LOCK_FILE = 'terraform.lock.hcl';
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];
const AGAIN = 'Make it anew: node .github/scripts/provider-locks.mjs make';

const manifest = JSON.parse(readFileSync(join('cdktf.out', 'manifest.json'), 'utf8'));
const stacks = Object.entries(manifest.stacks).map(([id, { synthesizedStackPath }]) => {
  const { terraform } = JSON.parse(readFileSync(join('cdktf.out', synthesizedStackPath), 'utf8'));
  const providers = Object.values(terraform?.required_providers ?? {}).map(({ source, version }) => ({ source: whole(source), version }));
  return { id, file: join('cdktf.out', synthesizedStackPath, '..', '.terraform.lock.hcl'), providers };
});

/** "google" is short for "hashicorp/google". */
function whole(source) {
  return source.includes('/') ? source : `hashicorp/${source}`;
}

function make(args) {
  const versions = new Map();
  for (const { id, providers } of stacks) {
    for (const { source, version } of providers) {
      const known = versions.get(source) ?? { id, version };
      if (known.version !== version)
        throw new Error(`${known.id} wants ${source} ${known.version}, and ${id} ${version}: one file locks one version.`);
      versions.set(source, known);
    }
  }
  const all = [...versions].map(([source, { version }], index) => [`p${index}`, { source, version }]);
  const directory = mkdtempSync(join(tmpdir(), 'locks-'));
  try {
    writeFileSync(join(directory, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: Object.fromEntries(all) } }));
    const terraform = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
    const platforms = PLATFORMS.map((platform) => `-platform=${platform}`);
    execFileSync(terraform, [`-chdir=${directory}`, 'providers', 'lock', ...platforms, ...args], { stdio: 'inherit' });
    copyFileSync(join(directory, '.terraform.lock.hcl'), LOCK_FILE);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  console.log(
    `${LOCK_FILE} locks ${all.map(([, { source, version }]) => `${source} ${version}`).join(', ')}. Read the difference, and commit it.`,
  );
}

/** Terraform refuses a file with more than the stack needs, as it would have to change it. */
function copy(environment) {
  const locked = [
    ...readFileSync(LOCK_FILE, 'utf8').matchAll(/^provider "(?<address>[^"]+)" \{\n {2}version += "(?<version>[^"]+)"[\s\S]*?\n\}\n/gm),
  ];
  const own = stacks.filter(({ id }) => id.slice(0, Math.max(0, id.lastIndexOf('-'))) === environment);
  if (own.length === 0) throw new Error(`There is no stack of ${environment} in cdktf.out.`);
  for (const { id, file, providers } of own) {
    const blocks = providers.map(({ source, version }) => {
      const block = locked.find(({ groups }) => groups.address === source || groups.address.endsWith(`/${source}`));
      if (block === undefined) throw new Error(`${LOCK_FILE} has no ${source}, which ${id} needs. ${AGAIN}`);
      if (block.groups.version !== version)
        throw new Error(`${LOCK_FILE} locks ${source} ${block.groups.version}, and ${id} needs ${version}. ${AGAIN}`);
      return block[0];
    });
    writeFileSync(file, blocks.sort().join('\n'));
  }
}

const [command, ...args] = process.argv.slice(2);
try {
  if (command === 'make') make(args);
  else if (command === 'copy' && args.length === 1) copy(args[0]);
  else throw new Error('make, or copy ENVIRONMENT?');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
