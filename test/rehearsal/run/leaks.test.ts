import * as fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { SecretLedger } from '../../../rehearsal/ledger';
import { disguises, searchForSecrets } from '../../../rehearsal/run/leaks';
import { Needles } from '../../../rehearsal/run/needles';
import { appWith, rehearsal, temporaryDirectory } from './app';

const SECRET = 'p&ss"w<rd/+?é';

function ledgerWith(value: string): SecretLedger {
  const ledger = new SecretLedger();
  ledger.record(value, 'ephemeral.random_password.Key');
  return ledger;
}

function found(content: string | Uint8Array, value = SECRET): boolean {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'deep'));
  writeFileSync(join(directory, 'deep', 'file'), content);
  return searchForSecrets(directory, ledgerWith(value)).leaks.length > 0;
}

describe('the search for secrets', () => {
  it.each([
    ['as it is', `key: ${SECRET}`],
    ['escaped in JSON', JSON.stringify({ key: SECRET })],
    ['escaped as jsonencode() does', JSON.stringify({ key: SECRET }).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c')],
    ['in JSON within JSON', JSON.stringify({ input: JSON.stringify({ key: SECRET }) })],
    ['URL-encoded', `https://host/?key=${encodeURIComponent(SECRET)}`],
    ['as a form field', new URLSearchParams({ key: SECRET }).toString()],
    ['in hex', Buffer.from(SECRET).toString('hex')],
    ['in capital hex', Buffer.from(SECRET).toString('hex').toUpperCase()],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 behind one character', Buffer.from(`:${SECRET} and more`).toString('base64')],
    ['in base64 behind two', Buffer.from(`u:${SECRET}!`).toString('base64')],
    ['in base64 for URLs', Buffer.from(`user:${SECRET}`).toString('base64url')],
    ['at the very end', `${'x'.repeat(10_000)}${SECRET}`],
    ['packed in a zip', zipSync({ tfplan: Buffer.from(`.....${SECRET}`) })],
  ])('finds one %s', (_, content) => {
    expect(found(content)).toBe(true);
  });

  it('tells the file and where the secret comes from, never the value', () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'x.tfplan'), zipSync({ tfstate: Buffer.from(SECRET), tfplan: Buffer.from('clean') }));
    writeFileSync(join(directory, 'clean.log'), 'nothing here');
    const search = searchForSecrets(directory, ledgerWith(SECRET));
    expect(search).toEqual({
      secrets: 1,
      tooShort: [],
      files: 2,
      leaks: [{ file: 'x.tfplan (tfstate)', secret: 'ephemeral.random_password.Key' }],
    });
    expect(JSON.stringify(search)).not.toContain(SECRET);
  });

  it('says which secrets are too short to look for', () => {
    expect(searchForSecrets(temporaryDirectory(), ledgerWith('abc'))).toMatchObject({
      secrets: 0,
      tooShort: ['ephemeral.random_password.Key'],
    });
  });

  it('finds every needle that is there, and none that is not', () => {
    const text = fc.stringMatching(/^[abc]{6,9}$/);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), fc.stringMatching(/^[abc]{0,60}$/), (needles, haystack) => {
        const index = new Needles<string>();
        for (const needle of needles) index.add(needle, needle);
        expect([...index.in(Buffer.from(haystack))].sort()).toEqual(
          [...new Set(needles)].filter((needle) => haystack.includes(needle)).sort(),
        );
      }),
    );
  });

  it('has a form for each secret whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, unit: 'binary' }), (value) => disguises(value).length > 10 && found(`<${value}>`, value)),
      { numRuns: 50 },
    );
  });
});

describe('a rehearsal of a stack that leaks', () => {
  const leaking = (input: string) => ({
    variable: { key: { type: 'string', sensitive: true } },
    resource: { terraform_data: { Leak: { input } } },
  });

  it.each([['${var.key}'], ['${base64encode("user:${var.key}")}'], ['${jsonencode({ key = var.key })}']])(
    'ends with its own exit code and names state and plan: %s',
    async (input) => {
      const report = await rehearsal(appWith({ 'dev-leak': leaking(input) }));
      expect(report.outcome).toBe('leak');
      expect(report.exitCode).toBe(8);
      const files = report.secrets.leaks.map(({ file }) => file);
      expect(files).toContain('state/dev-leak.tfstate');
      expect(files).toContain('plans/dev-leak.deploy.tfplan (tfplan)');
      expect(new Set(report.secrets.leaks.map(({ secret }) => secret))).toEqual(new Set(['var.key of dev-leak']));
    },
  );

  it('is clean when the variable is ephemeral and goes nowhere', async () => {
    const clean = { variable: { key: { type: 'string', sensitive: true, ephemeral: true, default: '' } } };
    const report = await rehearsal(appWith({ 'dev-clean': clean }));
    expect(report.outcome).toBe('ok');
    expect(report.secrets).toMatchObject({ secrets: 1, leaks: [] });
  });
});
