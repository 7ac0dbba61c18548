import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { buildReport, parsePlan, PlanError, readPlan } from '../../review';
import { PLANTED } from './fixtures/situation';
import { SITUATIONS } from './fixtures/situations';
import { everyFormat, inputOf, planText, reportOf } from './plans';

/** Every way in which a report could hold a secret. */
const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').slice(0, -4),
  JSON.stringify(secret).slice(1, -1),
];

function expectNone(texts: Iterable<string>, secret: string): void {
  for (const text of texts)
    for (const form of formsOf(secret)) expect(text.includes(form) ? `${form} in: ${text.slice(0, 2000)}` : '').toBe('');
}

const withChange = (change: object, more: object = {}) =>
  JSON.stringify({ format_version: '1.2', resource_changes: [{ address: 'a.b', type: 'a', name: 'b', change }], ...more });

const formats = (text: string): string[] => Object.values(everyFormat(buildReport(inputOf(parsePlan(text, { source: 'x' })))));

describe('no secret of a plan is in any report', () => {
  it('holds for every real plan', () => {
    expect(planText('sensitive')).toContain(PLANTED);
    expect(planText('write-only-rotation')).toContain(PLANTED);
    for (const { name } of SITUATIONS) expectNone(Object.values(everyFormat(reportOf(name))), PLANTED);
  });

  it('says that a masked value changes', () => {
    expect(everyFormat(reportOf('sensitive')).markdown).toContain(
      '`(sensitive value)` → `(sensitive value)` _(it changes, and is not shown)_',
    );
  });

  it('holds for what is encoded: base64, gzip, JSON in JSON', () => {
    const secret = 'correct-horse/battery+staple';
    const yaml = `a: 1\npassword_hint: "${secret}"\n`;
    const hidden = {
      one: Buffer.from(yaml).toString('base64'),
      two: gzipSync(yaml).toString('base64'),
      three: JSON.stringify(JSON.stringify({ a: secret })),
    };
    expectNone(
      formats(withChange({ actions: ['create'], before: null, after: { token: secret, ...hidden }, after_sensitive: { token: true } })),
      secret,
    );
  });

  it('holds for a secret of several lines, and one in a map under a mark', () => {
    const secret = 'first-line-of-it\nsecond-line-of-it';
    const after = { map: { a: secret }, text: `x:\n  first-line-of-it\n  second-line-of-it\n` };
    const texts = formats(withChange({ actions: ['create'], before: null, after, after_sensitive: { map: true } }));
    expectNone(texts, 'first-line-of-it');
    expectNone(texts, 'second-line-of-it');
  });

  it.each([
    ['a password by its name', { password: 'hunter2-hunter2' }, 'hunter2-hunter2'],
    ['a variable by its name', { env: [{ name: 'OPENAI_API_KEY', value: 'no-form-at-all' }] }, 'no-form-at-all'],
    ['a key by its form', { text: 'use sk-proj-abcdefghijklmnopqrstuvwx here' }, 'abcdefghijklmnopqrstuvwx'],
    ['a key pair', { text: '-----BEGIN RSA PRIVATE KEY-----\nMIIabcdefghij\n-----END RSA PRIVATE KEY-----' }, 'MIIabcdefghij'],
    ['the password of a URL', { url: 'postgresql://me:s3cr3tword@db/x' }, 's3cr3tword'],
    ['base64 with a key in it', { data: Buffer.from('a: 1\napi_key: hidden-in-base64\n').toString('base64') }, 'hidden-in-base64'],
    ['gzip with a key in it', { data: gzipSync('a: 1\napi_key: hidden-in-gzip\n').toString('base64') }, 'hidden-in-gzip'],
    ['JSON with a key in it', { json: '{"client_secret": "abcdefgh123"}' }, 'abcdefgh123'],
  ])('masks what no schema marks: %s', (_, after, secret) => {
    expectNone(formats(withChange({ actions: ['create'], before: null, after })), secret);
  });

  it('shows that an unmarked secret becomes another', () => {
    const change = { actions: ['update'], before: { url: 'https://u:one-pass@h' }, after: { url: 'https://u:two-pass@h' } };
    expect(formats(withChange(change))[0]).toContain('`"https://u:(sensitive value 1)@h"` → `"https://u:(sensitive value 2)@h"`');
  });

  it('leaves references to secrets as they are', () => {
    const after = { master_key: 'os.environ/LITELLM_MASTER_KEY', secret_id: 'gateway', password_version: '3' };
    const [markdown] = formats(withChange({ actions: ['create'], before: null, after }));
    for (const text of ['os.environ/LITELLM_MASTER_KEY', '"gateway"', '"3"']) expect(markdown).toContain(text);
  });
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Changes something anywhere in a plan. */
function mutate(value: Json, steps: readonly number[], replacement: Json, kind: number): Json {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== 'object' || value === null) return replacement;
  const keys = Object.keys(value);
  if (keys.length === 0) return replacement;
  const key = keys[step % keys.length]!;
  const copy: Record<string, Json> = Object.fromEntries(Object.entries(value));
  if (rest.length === 0 && kind === 0) delete copy[key];
  else copy[key] = mutate(copy[key]!, rest, replacement, kind);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

describe('whatever a plan looks like', () => {
  const names = SITUATIONS.map(({ name }) => name).filter((name) => name !== 'hostile');
  const secret = fc.stringMatching(/^[A-Za-z0-9/+_]{14,30}$/).map((text) => `Zq7${text}`);
  const places = fc.array(fc.tuple(fc.array(fc.nat(40), { minLength: 1, maxLength: 9 }), fc.nat(3), fc.jsonValue()), { maxLength: 6 });

  it('gives a report or a message, and never a planted secret', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        secret,
        places,
        fc.array(fc.array(fc.nat(40), { minLength: 2, maxLength: 8 }), { maxLength: 4 }),
        (name, planted, edits, spread) => {
          let plan = JSON.parse(planText(name)) as { [key: string]: Json };
          for (const [steps, kind, replacement] of edits) plan = mutate(plan, steps, replacement as Json, kind) as typeof plan;
          // The same secret unmarked in other places, alone and in a text.
          for (const steps of spread) plan = mutate(plan, steps, `is ${planted}!`, 1) as typeof plan;
          const marked = { actions: ['update'], before: { v: 1 }, after: { v: { deep: planted } }, after_sensitive: { v: true } };
          if (typeof plan === 'object' && plan !== null && Array.isArray(plan['resource_changes'])) {
            plan['resource_changes'].push({ address: 'p.l', mode: 'managed', type: 'p', name: 'l', change: marked });
          } else return;
          let texts: string[];
          try {
            texts = Object.values(everyFormat(buildReport(inputOf(readPlan(plan, { source: 'x.json' })))));
          } catch (error) {
            expect(error).toBeInstanceOf(PlanError);
            texts = [(error as Error).message];
          }
          expectNone(texts, planted);
        },
      ),
      { numRuns: 300 },
    );
  });
});
