import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { parse, parseDocument } from 'yaml';
import { MANIFEST } from '../../rehearsal/run/synthesize';

/** A folder a release: its environment files, the stacks that it made of them, and what an upgrade from it asks for. */
export const RELEASES = join(__dirname, 'releases');

/** What people edit in their environment files to go on from a release. docs/upgrades.md tells them. */
export interface Edit {
  readonly file: string;
  /** Dotted paths of settings that go. */
  readonly remove?: readonly string[];
  /** Values of settings, by dotted path. */
  readonly set?: Readonly<Record<string, unknown>>;
}

/** A resource that an upgrade replaces or deletes, and why that does no harm. */
export interface Loss {
  readonly address: string;
  readonly because: string;
}

export interface Release {
  readonly version: string;
  readonly directory: string;
  /** Environments that are upgraded: as few as hold every kind of stack. */
  readonly environments: readonly string[];
  readonly edits: readonly Edit[];
  readonly losses: readonly Loss[];
}

/** Every release that is kept, the oldest first. */
export function releases(): Release[] {
  const versions = readdirSync(RELEASES).sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  return versions.map((version) => {
    const directory = join(RELEASES, version);
    const written = parse(readFileSync(join(directory, 'upgrade.yaml'), 'utf8')) as Pick<Release, 'environments'> & Partial<Release>;
    return { version, directory, edits: [], losses: [], ...written };
  });
}

/** `eu-prod-foundation` is the foundation of `eu-prod`. */
export const environmentOf = (stack: string): string => stack.slice(0, stack.lastIndexOf('-'));
export const concernOf = (stack: string): string => stack.slice(stack.lastIndexOf('-') + 1);

/** The stacks of a `cdktf.out`, by id. */
export const stacksOf = (outdir: string): Readonly<Record<string, object>> =>
  (JSON.parse(readFileSync(join(outdir, MANIFEST), 'utf8')) as { stacks: Record<string, object> }).stacks;

/** Writes an app of the working tree with the environment files of a release, edited as its upgrade says; and the stacks of the release. */
export function layOutUpgrade(release: Release, project: string, directory: string): { app: string; stacks: string } {
  const app = join(directory, 'app');
  const environments = join(app, 'environments');
  mkdirSync(environments, { recursive: true });
  for (const name of readdirSync(join(release.directory, 'environments'))) {
    const text = readFileSync(join(release.directory, 'environments', name), 'utf8');
    writeFileSync(
      join(environments, name),
      edited(
        text,
        release.edits.filter(({ file }) => file === name),
      ),
    );
  }
  const run = `node --require ${require.resolve('tsx/cjs')} ${join(project, 'main.ts')}`;
  writeFileSync(join(app, 'cdktf.json'), JSON.stringify({ app: `TSX_TSCONFIG_PATH=${join(project, 'tsconfig.json')} ${run}` }));
  symlinkSync(join(project, 'node_modules'), join(app, 'node_modules'), 'dir');
  const stacks = join(directory, 'stacks-of-the-release');
  for (const [path, content] of Object.entries(unzipSync(readFileSync(join(release.directory, 'stacks.zip'))))) {
    mkdirSync(dirname(join(stacks, path)), { recursive: true });
    writeFileSync(join(stacks, path), content);
  }
  return { app, stacks };
}

export function edited(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const document = parseDocument(text);
  for (const { remove = [], set = {} } of edits) {
    for (const path of remove) if (!document.deleteIn(path.split('.'))) throw new Error(`${path} is not in the file`);
    for (const [path, value] of Object.entries(set)) document.setIn(path.split('.'), value);
  }
  return document.toString();
}

/** The stacks of a `cdktf.out`, less what only CDKTF reads, as a zip. The same stacks give the same bytes. */
export function pack(outdir: string): Uint8Array {
  const files: Zippable = {};
  const names = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of names.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    const content = readFileSync(path);
    if (basename(path) === 'metadata.json') continue;
    files[relative(outdir, path)] = /^(cdk\.tf|manifest)\.json$/.test(basename(path)) ? leaner(path, content) : content;
  }
  return zipSync(files, { level: 9, mtime: '1980-01-01T00:00:00' });
}

/** Without metadata ("//"), and without the annotations of the manifest: both change with every commit. */
function leaner(path: string, content: Buffer): Uint8Array {
  const left = basename(path) === MANIFEST ? ['annotations', 'stackMetadataPath'] : ['//'];
  const value: unknown = JSON.parse(content.toString('utf8'), (key, child: unknown) => (left.includes(key) ? undefined : child));
  return Buffer.from(JSON.stringify(value));
}
