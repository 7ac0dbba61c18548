import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError, loadEnvironments } from '../../configuration';
import { HEAD } from '../support/answers';
import { withFiles } from '../support/files';

/** Message of what `loadEnvironments` throws, without the name of the directory. */
function refusal(files: Readonly<Record<string, string | Uint8Array>>, prepare: (directory: string) => void = () => {}): string[] {
  return withFiles(files, (directory) => {
    prepare(directory);
    try {
      loadEnvironments(directory);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      return (error as Error).message.replaceAll(directory, 'environments').split('\n');
    }
    return [];
  });
}

const VALID = { 'dev.yaml': HEAD };

describe('a directory of environments', () => {
  it('is read in the order of the names', () => {
    const names = withFiles(
      { 'prod.yaml': HEAD, 'dev.yaml': HEAD, 'README.md': '', '.dev.yaml': '- x', 'environment.schema.json': '{}' },
      (directory) => loadEnvironments(directory).map(({ name }) => name),
    );
    expect(names).toEqual(['dev', 'prod']);
  });

  it('that holds none is refused', () => {
    expect(refusal({ 'README.md': '', 'shared.yaml': '' })).toEqual(['environments  holds no environment']);
  });

  it('that does not exist, or is none, is refused', () => {
    expect(() => loadEnvironments('no/such/directory')).toThrow('no/such/directory  cannot be read: it does not exist');
    expect(() => loadEnvironments('package.json')).toThrow('package.json  cannot be read: it is not a directory');
  });
});

describe('a file', () => {
  it('with a wrong ending is refused, not overlooked', () => {
    expect(refusal({ 'dev.yml': HEAD, 'prod.YAML': HEAD })).toEqual([
      'environments/dev.yml  does not end in .yaml',
      'environments/prod.YAML  does not end in .yaml',
    ]);
  });

  it.each(['Dev.yaml', '1a.yaml', 'a_b.yaml', 'a-.yaml', 'a-name-that-is-too-long.yaml'])('named %s is refused', (name) => {
    expect(refusal({ [name]: HEAD })).toEqual([
      `environments/${name}  is not named after an environment: 1 to 16 of a-z, 0-9 and dash, starting with a letter, not ending with a dash`,
    ]);
  });

  it('that is none is refused, and never waited for', () => {
    const prepare = (directory: string) => {
      mkdirSync(join(directory, 'folder.yaml'));
      symlinkSync('nowhere', join(directory, 'link.yaml'));
      spawnSync('mkfifo', [join(directory, 'pipe.yaml')]);
    };
    expect(refusal(VALID, prepare)).toEqual([
      'environments/folder.yaml  is not a file',
      'environments/link.yaml  cannot be read: it does not exist',
      'environments/pipe.yaml  is not a file',
    ]);
  });

  it('that is too large is refused', () => {
    expect(refusal({ 'dev.yaml': '#'.repeat(300 * 1024) })).toEqual(['environments/dev.yaml  has 300 KiB, at most 256 are read']);
  });

  it('that is not UTF-8 is refused, with the line of each byte', () => {
    const latin1 = Buffer.from(`# é\n${HEAD}# ü\n`, 'latin1');
    expect(refusal({ 'dev.yaml': latin1 })).toEqual([
      'environments/dev.yaml:1:3  the byte 0xE9 is not UTF-8',
      'environments/dev.yaml:7:3  the byte 0xFC is not UTF-8',
    ]);
    expect(refusal({ 'dev.yaml': Buffer.from(`\ufeff${HEAD}`, 'utf16le') })).toEqual(['environments/dev.yaml  is in UTF-16']);
  });

  it('may begin with a byte order mark, and end its lines in CRLF; places stay right', () => {
    expect(refusal({ 'dev.yaml': `\ufeff${HEAD}` })).toEqual([]);
    expect(refusal({ 'dev.yaml': HEAD.replaceAll('\n', '\r\n') })).toEqual([]);
    expect(refusal({ 'dev.yaml': `\ufeff${HEAD}`.replace('development', 'x').replaceAll('\n', '\r\n') })).toEqual([
      'environments/dev.yaml:1:7  tier  x is not one of development, staging, production',
    ]);
  });
});
