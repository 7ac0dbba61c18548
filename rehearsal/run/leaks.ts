import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { unzipSync } from 'fflate';
import { type SecretLedger } from '../ledger';
import { Needles, SHORTEST } from './needles';

/** A file that holds a secret. The value itself is never told. */
export interface Leak {
  readonly file: string;
  /** Where the secret comes from. */
  readonly secret: string;
}

export interface Search {
  /** Secrets that were looked for. */
  readonly secrets: number;
  /** Secrets that are too short to tell from chance: where they come from. */
  readonly tooShort: readonly string[];
  readonly files: number;
  readonly leaks: readonly Leak[];
}

/** The forms in which a secret can stand in a file: as it is, escaped in JSON, URL-encoded, in hex, and in base64. */
export function disguises(value: string): (string | Buffer)[] {
  const bytes = Buffer.from(value, 'utf8');
  const json = JSON.stringify(value).slice(1, -1);
  // Terraform's jsonencode also escapes what HTML would read as markup.
  const html = json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  return [
    value,
    json,
    html,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(value),
    new URLSearchParams({ v: value }).toString().slice(2),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64Cores(bytes),
  ];
}

/**
 * Inside a longer text that is base64 as a whole (`user:password`), a secret has one of three looks, depending on what stands before it.
 * Each without the characters that its neighbours share.
 */
function base64Cores(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const tail = (before + bytes.length) % 3 === 0 ? 0 : 1;
    const core = encoded.slice(before === 0 ? 0 : before + 1, encoded.length - tail);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Looks for every secret in every file under the directory, and in what is packed inside (a saved plan is a zip). */
export function searchForSecrets(directory: string, ledger: SecretLedger): Search {
  const needles = new Needles<string>();
  const secrets = ledger.values().map((value) => ({ value, where: ledger.whereOf(value) ?? 'a secret' }));
  for (const { value, where } of secrets) {
    for (const form of disguises(value)) needles.add(form, where);
  }
  const files = filesUnder(directory);
  const leaks = files.flatMap((file) =>
    partsOf(relative(directory, file), readFileSync(file)).flatMap(([part, bytes]) =>
      [...needles.in(bytes)].map((secret) => ({ file: part, secret })),
    ),
  );
  const tooShort = secrets.filter(({ value }) => Buffer.byteLength(value) < SHORTEST).map(({ where }) => where);
  return { secrets: secrets.length - tooShort.length, tooShort, files: files.length, leaks };
}

/** Two searches of the same directory, of which the later one may have found files that are new. */
export function mergeSearches(first: Search, second: Search): Search {
  const leaks = [...first.leaks, ...second.leaks];
  const distinct = leaks.filter(
    (leak, index) => leaks.findIndex(({ file, secret }) => file === leak.file && secret === leak.secret) === index,
  );
  return { ...second, files: Math.max(first.files, second.files), leaks: distinct };
}

function filesUnder(directory: string): string[] {
  const paths = (readdirSync(directory, { recursive: true }) as string[]).map((path) => join(directory, path));
  return paths.filter((path) => lstatSync(path).isFile()).sort();
}

function partsOf(name: string, bytes: Buffer): [string, Buffer][] {
  const zipped = bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50;
  if (!zipped) return [[name, bytes]];
  return Object.entries(unzipSync(bytes)).map(([entry, content]) => [
    `${name} (${entry})`,
    Buffer.from(content.buffer, content.byteOffset, content.length),
  ]);
}
