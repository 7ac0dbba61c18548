import { peerDependencies } from '../../package.json';
import { betweenMarkers } from '../between-markers';
import { production, withDependencies, type Installed, type LockFile } from './lock-file';

/** Whoever passes these on has to name the authors, and nothing more. */
const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'Unlicense', 'Zlib'];

/**
 * Only for what people install themselves. MPL-2.0: changes to its own files have to be published, what uses it has not. "Public Domain" is
 * no name of SPDX's: CDKTF bundles one package that says so.
 */
const BESIDE = [...PERMISSIVE, 'MPL-2.0', 'Public Domain'];

/** Decided one by one: docs/supply-chain.md says what follows from it. `npm install` fetches them unchanged; none is in our own file. */
const BY_NAME: Readonly<Record<string, string>> = { elkjs: 'EPL-2.0' };

/** Whether an SPDX expression lets us: one side of an OR, both of an AND. What it does not understand, it does not allow. */
export function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(bare)) return false;
  return bare.split(' OR ').some((side) => side.split(' AND ').every((license) => allowed.includes(license)));
}

export interface Licenses {
  /** Of what comes with the package. */
  readonly own: readonly Installed[];
  /** Of the peers that people install beside it, and of what comes with those. */
  readonly peers: readonly Installed[];
  /** What stops a release. */
  readonly problems: readonly string[];
}

export function licensesOf(lock: LockFile, peers: readonly string[] = Object.keys(peerDependencies)): Licenses {
  const own = production(lock);
  const beside = peers.flatMap((name) => withDependencies(lock, name)).filter(({ path }) => !own.some((each) => each.path === path));
  const problem = ({ name, version, license, path }: Installed) =>
    `${name} ${version} (${path}): ${license ?? 'it names no licence'}. Do without it, or let a person who knows decide, and name the licence in tools/supply-chain/licenses.ts.`;
  const refused = (list: readonly Installed[], allowed: readonly string[]) =>
    list.filter(({ name, license = '' }) => !isAllowed(license, [...allowed, BY_NAME[name] ?? ''].filter(Boolean))).map(problem);
  return { own, peers: beside, problems: [...refused(own, PERMISSIVE), ...refused(beside, BESIDE)] };
}

/** Tables by licence, without versions: those change every week, and licences do not. */
export function licenseTables({ own, peers }: Licenses): string {
  const table = (list: readonly Installed[]) => {
    const by = new Map<string, Set<string>>();
    for (const { name, license = 'none' } of list) by.set(license, (by.get(license) ?? new Set()).add(name));
    const rows = [...by]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([license, names]) => `| ${license} | ${[...names].join(', ')} |`);
    return ['| licence | packages |', '| --- | --- |', ...rows].join('\n');
  };
  return ['### With the package', table(own), '### Beside it, installed by you', table(peers)].join('\n\n');
}

const BEGIN = '<!-- licences: written by npm run licenses -->';
const END = '<!-- licences: end -->';

/** The page with new tables. */
export function withTables(page: string, tables: string): string {
  return betweenMarkers(page, 'docs/supply-chain.md', BEGIN, END, `\n${tables}\n\n`);
}
