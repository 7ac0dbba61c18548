import { join } from 'node:path';
import { checkFiles, environmentFiles, type CheckedFiles } from '../../configuration';
import { jsonSchemaFiles } from '../../configuration/json-schema';
import { parseTree } from '../../configuration/parse';
import { renew } from '../../configuration/renamed';
import { RENAMED_SETTINGS } from '../../configuration/schema/renamed';
import { readSource } from '../../configuration/source';
import { valueOf, type MapTree } from '../../configuration/tree';
import { HEAD } from '../support/answers';
import { withFiles } from '../support/files';

const ME = 'deployer@acme-ai-x.iam.gserviceaccount.com';
const SHARED = 'everyone@acme-ai-x.iam.gserviceaccount.com';

const check = (files: Record<string, string>): CheckedFiles => withFiles(files, (directory) => checkFiles(environmentFiles(directory)));

function treeOf(text: string): MapTree {
  return withFiles({ 'x.yaml': text }, (directory) => {
    const read = readSource(join(directory, 'x.yaml'));
    if (!('source' in read)) throw new Error('not read');
    return parseTree(read.source).tree as MapTree;
  });
}

describe('an old name of a setting', () => {
  it('is read as the new one, with a warning', () => {
    const { environments, problems, warnings } = check({ 'dev.yaml': `${HEAD}deployIdentity: ${ME}\n` });
    expect(problems).toEqual([]);
    expect(environments[0]!.environment.deployAs).toBe(ME);
    expect(environments[0]!.environment).not.toHaveProperty('deployIdentity');
    expect(environments[0]!.warnings).toEqual(warnings);
    expect(warnings).toMatchObject([
      {
        path: 'deployIdentity',
        place: { span: { line: 6, column: 1 } },
        message: 'is deprecated: 1.0.0 refuses it',
        help: 'Write deployAs instead; nothing else changes.',
      },
    ]);
  });

  it('gives way to the new one of another file, whichever of the two has which', () => {
    const own = (old: string, now: string) => check({ 'shared.yaml': `${old}: ${SHARED}\n`, 'dev.yaml': `${HEAD}${now}: ${ME}\n` });
    for (const [old, now] of [
      ['deployIdentity', 'deployAs'],
      ['deployAs', 'deployIdentity'],
      ['deployIdentity', 'deployIdentity'],
    ] as const) {
      const { environments, problems } = own(old, now);
      expect(problems).toEqual([]);
      expect(environments[0]!.environment.deployAs).toBe(ME);
    }
  });

  it('warns once of the shared file, and tells every environment of it', () => {
    const { environments, warnings } = check({ 'shared.yaml': `deployIdentity: ${SHARED}\n`, 'dev.yaml': HEAD, 'test.yaml': HEAD });
    expect(warnings).toHaveLength(1);
    expect(environments.map((file) => file.warnings)).toEqual([warnings, warnings]);
  });

  it('is refused beside the new one in the same file', () => {
    const { problems, warnings } = check({ 'dev.yaml': `${HEAD}deployIdentity: ${ME}\ndeployAs: ${ME}\n` });
    expect(warnings).toEqual([]);
    expect(problems).toMatchObject([
      { path: 'deployIdentity', message: 'is the old name of deployAs, which is given too', help: 'Remove this one.' },
    ]);
  });

  it('has a wrong value where it stands', () => {
    const { problems, warnings } = check({ 'dev.yaml': `${HEAD}deployIdentity: nobody\n` });
    expect(warnings).toHaveLength(1);
    expect(problems).toMatchObject([{ path: 'deployAs', place: { span: { line: 6, column: 17 } } }]);
  });

  it('may stand in a map of a map, and elsewhere means nothing', () => {
    const old = [{ path: ['a', 'b', 'old'], use: 'now', since: '0.2.0', removedIn: '1.0.0' }];
    const renewed = renew(treeOf('a:\n  b:\n    first: 1\n    old: 2\n  old: 3\nold: 4\n'), old);
    expect(valueOf(renewed.tree)).toEqual({ a: { b: { first: 1, now: 2 }, old: 3 }, old: 4 });
    expect(renewed.warnings.map(({ path }) => path)).toEqual(['a.b.old']);
    const untouched = treeOf('a: [b]\n');
    expect(renew(untouched, old).tree).toEqual(untouched);
  });

  it('is struck through by editors, and takes what the new one takes', () => {
    for (const text of Object.values(jsonSchemaFiles())) {
      const { properties } = JSON.parse(text) as { properties: Record<string, Record<string, unknown>> };
      for (const { path, use } of RENAMED_SETTINGS) {
        const { description, deprecated, deprecationMessage, ...rest } = properties[path.at(-1)!]!;
        const { description: _, ...now } = properties[use]!;
        expect([deprecated, rest]).toEqual([true, now]);
        expect(deprecationMessage).toBe(description);
        expect(description).toMatch(/^Deprecated: \d+\.0\.0 refuses it\. Write \w+ instead\.$/);
      }
    }
  });
});
