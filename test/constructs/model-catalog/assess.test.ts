import { assessModel, FACTS, findModel, modelIdOf, type ModelFact, STALE_DAYS } from '../../../constructs/model-catalog';

const fact = (over: Partial<ModelFact> = {}): ModelFact => ({
  id: 'gemini-x',
  publisher: 'google',
  stage: 'stable',
  source: 'https://example.com/models',
  asOf: '2026-11-01',
  ...over,
});
const assess = (over: Partial<ModelFact>, today = '2026-11-21', location?: string) =>
  assessModel('gemini-x', { today, location, facts: [fact(over)] }).findings.map(({ level, code, message }) => [level, code, message]);

describe('assessModel', () => {
  it('has nothing to say of a stable model', () => expect(assess({})).toEqual([]));

  it.each<[string, Partial<ModelFact>, string, unknown[]]>([
    [
      'retired, on the day itself',
      { retiresOn: '2026-11-21', replacement: 'gemini-y' },
      '2026-11-21',
      [
        'error',
        'retired',
        'gemini-x was retired on 2026-11-21: calls return 404. Use gemini-y. (https://example.com/models, as of 2026-11-01)',
      ],
    ],
    [
      'retiring in 60 days',
      { retiresOn: '2027-01-20' },
      '2026-11-21',
      [
        'warning',
        'retiring',
        'gemini-x retires in 60 days, on 2027-01-20. Choose another model. (https://example.com/models, as of 2026-11-01)',
      ],
    ],
    [
      'a preview',
      { stage: 'preview' },
      '2026-11-21',
      ['warning', 'preview', 'gemini-x is a preview: it can change or go at short notice. Give it a fallback to a stable model.'],
    ],
    [
      'experimental',
      { stage: 'experimental' },
      '2026-11-21',
      [
        'warning',
        'experimental',
        'gemini-x is experimental: it has no service level and may be gone tomorrow. Keep it out of what customers use.',
      ],
    ],
    [
      'known from 91 days ago',
      { asOf: '2026-08-22' },
      '2026-11-21',
      ['note', 'stale', 'What is known of gemini-x is 91 days old. Compare it with https://example.com/models and renew `asOf`.'],
    ],
  ])('%s', (_, over, today, expected) => expect(assess(over, today)).toEqual([expected]));

  it.each<[string, Partial<ModelFact>]>([
    ['61 days before its retirement', { retiresOn: '2027-01-21' }],
    [`with facts ${STALE_DAYS} days old`, { asOf: '2026-08-23' }],
  ])('is quiet %s', (_, over) => expect(assess(over)).toEqual([]));

  it('refuses a location where the model is not served, and leaves alone what it does not know', () => {
    expect(assess({ locations: ['global', 'us'] }, '2026-11-21', 'europe-west4')).toEqual([
      ['error', 'wrong-location', 'gemini-x is not served in europe-west4, only in global, us.'],
    ]);
    expect(assess({ locations: ['global'] }, '2026-11-21', 'global')).toEqual([]);
    expect(assess({}, '2026-11-21', 'europe-west4')).toEqual([]);
  });

  it('says all that speaks against a model', () => {
    const codes = assess({ stage: 'preview', retiresOn: '2026-12-01', asOf: '2026-01-01' }).map(([, code]) => code);
    expect(codes).toEqual(['retiring', 'preview', 'stale']);
  });

  it('warns of a model that it does not know', () => {
    const { fact: none, findings } = assessModel('gemini-9', { today: '2026-11-21' });
    expect(none).toBeUndefined();
    expect(findings).toEqual([
      {
        level: 'warning',
        code: 'unknown',
        message:
          'gemini-9 is not in the model catalogue: nothing is known of its retirement. Look it up and add it to constructs/model-catalog/facts.ts.',
      },
    ]);
  });

  it.each(['gemini-2.5-pro', 'publishers/google/models/gemini-2.5-pro', 'publishers/google/models/gemini-2.5-pro@001'])(
    'finds %s',
    (reference) => {
      expect(modelIdOf(reference)).toBe('gemini-2.5-pro');
      expect(findModel(reference)?.retiresOn).toBe('2026-10-20');
    },
  );
});

describe('the facts', () => {
  const DATE = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

  it('name each model once', () => expect(new Set(FACTS.map(({ id }) => id)).size).toBe(FACTS.length));

  it.each(FACTS.map((given) => [given.id, given] as const))('%s has a source, and dates that are dates', (_, given) => {
    expect(given.source).toMatch(/^https:\/\//);
    for (const date of [given.asOf, given.retiresOn ?? given.asOf, given.staysUntil ?? given.asOf]) expect(date).toMatch(DATE);
  });

  it('knows the retirements that users have met', () => {
    const retired = FACTS.filter(({ id }) => assessModel(id, { today: '2026-11-21' }).findings.some(({ code }) => code === 'retired'));
    expect(retired.map(({ id }) => id)).toEqual(['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-2.0-flash-001']);
  });
});
