import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { version as current } from '../../package.json';
import { checkFiles, environmentFiles } from '../../configuration';
import { noDisplay } from '../../rehearsal/run/display';
import { rehearse } from '../../rehearsal/run/rehearse';
import { type Report } from '../../rehearsal/run/report';
import { concernOf, edited, environmentOf, layOutUpgrade, releases, stacksOf } from './releases';

const PROJECT = resolve(__dirname, '../..');
const GUIDE = readFileSync(join(PROJECT, 'docs/upgrades.md'), 'utf8');

/** What a person would miss, or have to wait for. */
function losses({ stacks }: Report): string[] {
  return stacks.flatMap(({ stack, changes }) =>
    changes
      .filter(({ action }) => ['replace', 'delete', 'forget'].includes(action))
      .map(({ action, address }) => `${stack}: ${action} ${address}`),
  );
}

describe.each(releases())('what $version has deployed', (release) => {
  const place = layOutUpgrade(release, PROJECT, mkdtempSync(join(tmpdir(), 'upgrade-')));

  it('is described by environment files that are valid still, once they are edited as the guide says', () => {
    expect(checkFiles(environmentFiles(join(place.app, 'environments'))).problems).toEqual([]);
    for (const { remove = [], set = {} } of release.edits)
      for (const path of [...remove, ...Object.keys(set)]) expect(GUIDE).toContain(`\`${path}\``);
  });

  it('is upgraded without a loss that the guide does not name, and then stays as it is', async () => {
    const { app, stacks } = place;
    const upgrade = { projectDir: app, environments: release.environments, from: stacks };
    const report = await rehearse(upgrade, noDisplay, new AbortController().signal);
    expect(report.outcome).toBe('ok');
    expect(report.upgradedFrom).toBe(stacks);
    const named = release.losses.map(({ address }) => address);
    expect(losses(report).filter((loss) => !named.some((address) => loss.endsWith(` ${address}`)))).toEqual([]);
    // Nor does the guide name what is no loss any more.
    expect(named.filter((address) => !losses(report).some((loss) => loss.endsWith(` ${address}`)))).toEqual([]);
    for (const { address, because } of release.losses) {
      expect(because).not.toBe('');
      expect(GUIDE).toContain(address.split('.')[0]);
    }
    expect(report.stacks.flatMap(({ differences }) => differences)).toEqual([]);
    // What is deployed is upgraded in whole: no stack of the release is left behind.
    const kept = Object.keys(stacksOf(stacks));
    const chosen = kept.filter((id) => release.environments.includes(environmentOf(id)));
    expect(report.stacks.map(({ stack }) => stack)).toEqual(expect.arrayContaining(chosen));
    expect(new Set(chosen.map(concernOf))).toEqual(new Set(kept.map(concernOf)));
    // Two whole environments, three times through Terraform, beside other tests.
  }, 300_000);
});

it('is kept for the release before this one', () => {
  const headings = [...readFileSync(join(PROJECT, 'CHANGELOG.md'), 'utf8').matchAll(/^## (\d+\.\d+\.\d+)\b/gm)].map(([, each]) => each);
  const before = headings[headings.indexOf(current) + 1];
  expect(headings).toContain(current);
  expect(releases().map(({ version }) => version)).toContain(before);
});

it('counts as a loss what is replaced, deleted or forgotten, and nothing else', () => {
  const changes = (['create', 'update', 'import', 'move', 'replace', 'delete', 'forget'] as const).map((action) => ({
    action,
    address: `a.${action}`,
  }));
  const report = { stacks: [{ stack: 'dev-x', resources: 1, seconds: 1, changes }] } as unknown as Report;
  expect(losses(report)).toEqual(['dev-x: replace a.replace', 'dev-x: delete a.delete', 'dev-x: forget a.forget']);
});

it('edits an environment file as a person would', () => {
  const text = 'deployIdentity: me\naws:\n  deployRole: x\n  region: y # there\n';
  expect(edited(text, [{ file: '', remove: ['deployIdentity', 'aws.deployRole'], set: { 'perimeter.mode': 'enforced' } }])).toBe(
    'aws:\n  region: y # there\nperimeter:\n  mode: enforced\n',
  );
  expect(() => edited(text, [{ file: '', remove: ['nothing'] }])).toThrow('nothing is not in the file');
});
