import { found, short, type Changed } from '../builder';

const model = (key: string, id: string, version: number, min = 2, max = 6) => ({
  id,
  displayName: `${key}-${id}`,
  model: `projects/p/locations/r/models/${key}@${version}`,
  dedicatedResources: { minReplicaCount: min, maxReplicaCount: max },
});

const serving = (models: object[], traffic: object) => ({
  triggers_replace: { spec: { mode: 'reconcile', endpoint: 'projects/p/locations/r/endpoints/42', models, traffic } },
});

const endpoint = (before: object, after: object, more: Partial<Changed> = {}): Changed => ({
  type: 'terraform_data',
  path: 'prod-inference/Endpoints/chat/Serving',
  before,
  after,
  actions: ['delete', 'create'],
  ...more,
});

const A = model('a', '1111111111', 1);
const B = model('b', '2222222222', 1);

const gateway = (weights: Record<string, number | undefined>, encoded = false) => {
  const list = Object.entries(weights).map(([name, weight]) => ({
    model_name: 'assistant',
    litellm_params: { model: name, ...(weight !== undefined && { weight }) },
  }));
  const text = JSON.stringify({ model_list: list });
  return { content: encoded ? Buffer.from(text).toString('base64') : text };
};

const object = (before: object, after: object): Changed => ({ type: 'google_storage_bucket_object', before, after });

describe('split-moved', () => {
  const rule = 'split-moved';

  it('tells how much of an endpoint moves, and grades it', () => {
    const move = (share: number) =>
      endpoint(serving([A, B], { '1111111111': 95, '2222222222': 5 }), serving([A, B], { '1111111111': 100 - share, '2222222222': share }));
    expect(short(found(rule, [move(20)]))).toEqual(['low: «chat»: 95 % → 80 % to «a (a@1)», 5 % → 20 % to «b (b@1)».']);
    expect(found(rule, [move(40)])[0]).toMatchObject({ level: 'medium', construct: 'prod-inference/Endpoints/chat/Serving' });
    expect(found(rule, [move(60)])[0]).toMatchObject({ level: 'high' });
    expect(found(rule, [move(5)])).toEqual([]);
  });

  it('tells how much of a group of the gateway moves', () => {
    const change = object(gateway({ 'vertex_ai/x': 95, 'vertex_ai/y': 5 }), gateway({ 'vertex_ai/x': 80, 'vertex_ai/y': 20 }));
    expect(short(found(rule, [change]))).toEqual(['low: «assistant»: 95 % → 80 % to «vertex_ai/x», 5 % → 20 % to «vertex_ai/y».']);
  });

  it('reads a configuration behind base64, and weights that are not there', () => {
    const change = object(gateway({ x: undefined, y: undefined }, true), gateway({ x: 1, y: 9 }, true));
    expect(short(found(rule, [change]))).toEqual(['medium: «assistant»: 50 % → 10 % to «x», 50 % → 90 % to «y».']);
  });

  it('says so when the plan does not tell', () => {
    const unknown = { triggers_replace: { spec: { traffic: true } } };
    expect(short(found(rule, [endpoint(serving([A], { '1111111111': 100 }), serving([A], {}), { unknown })]))).toEqual([
      'medium unknown: «chat»: where its traffic goes is known only after apply.',
    ]);
  });

  it('says nothing of a new endpoint', () => {
    expect(found(rule, [{ type: 'terraform_data', after: serving([A], { '1111111111': 100 }) }])).toEqual([]);
  });
});

describe('split-to-new-model', () => {
  const rule = 'split-to-new-model';

  it('sees a model that had no share', () => {
    const few = endpoint(serving([A], { '1111111111': 100 }), serving([A, B], { '1111111111': 95, '2222222222': 5 }));
    expect(short(found(rule, [few]))).toEqual(['medium: «chat»: 0 % → 5 % to «b (b@1)».']);
    const all = object(gateway({ x: 1 }), gateway({ y: 1 }));
    expect(short(found(rule, [all]))).toEqual(['high: «assistant»: 0 % → 100 % to «y».']);
  });

  it('says nothing of models that are known here', () => {
    expect(found(rule, [object(gateway({ x: 95, y: 5 }), gateway({ x: 20, y: 80 }))])).toEqual([]);
  });
});

describe('scale-below-today', () => {
  const rule = 'scale-below-today';
  const run = (min: number | undefined, max: number) => ({
    name: 'gateway',
    template: [{ scaling: [{ min_instance_count: min, max_instance_count: max }] }],
  });
  const service = (before: object, after: object, unknown?: object): Changed => ({
    type: 'google_cloud_run_v2_service',
    before,
    after,
    unknown,
  });

  it('sees a smaller minimum of a service and of a deployed model', () => {
    expect(short(found(rule, [service(run(3, 10), run(1, 10))]))).toEqual(['medium: «gateway»: instances at least 3 → 1.']);
    expect(short(found(rule, [service(run(3, 10), run(undefined, 10))]))).toEqual(['medium: «gateway»: instances at least 3 → 0.']);
    const models = endpoint(serving([A], { '1111111111': 100 }), serving([model('a', '1111111111', 1, 1)], { '1111111111': 100 }));
    expect(short(found(rule, [models]))).toEqual(['medium: «a»: replicas at least 2 → 1.']);
  });

  it('sees a maximum below today’s minimum', () => {
    expect(short(found(rule, [service(run(4, 10), run(1, 2))]))).toEqual([
      'high: «gateway»: instances at most 2, and today at least 4 run.',
    ]);
  });

  it('says so when the plan does not tell', () => {
    const unknown = { template: [{ scaling: [{ min_instance_count: true }] }] };
    expect(short(found(rule, [service(run(3, 10), run(undefined, 10), unknown)]))).toEqual([
      'medium unknown: «gateway»: how many there will be at least is known only after apply (today 3).',
    ]);
  });

  it('says nothing of more machines, nor where none were asked for', () => {
    expect(found(rule, [service(run(1, 10), run(3, 10)), service(run(0, 10), run(0, 5))])).toEqual([]);
  });
});

describe('model-retired', () => {
  const rule = 'model-retired';

  it('sees a retired model in a configuration, on the day of the review', () => {
    const change = { type: 'google_storage_bucket_object', after: gateway({ 'vertex_ai/gemini-2.5-pro': 1 }) };
    expect(found(rule, [change])[0]).toMatchObject({
      level: 'high',
      message: expect.stringContaining('gemini-2.5-pro was retired on 2026-10-20') as string,
    });
    expect(found(rule, [change], { today: '2026-09-01' })[0]).toMatchObject({ level: 'medium' });
    expect(found(rule, [change], { today: '2026-01-01' })).toEqual([]);
  });

  it('sees one that is the value of a variable', () => {
    const change = {
      type: 'google_cloud_run_v2_service',
      after: { template: [{ containers: [{ env: [{ name: 'MODEL', value: 'gemini-2.5-flash' }] }] }] },
    };
    expect(found(rule, [change])[0]).toMatchObject({ level: 'high' });
  });

  it('says so of a model that the catalogue does not have', () => {
    const change = { type: 'google_storage_bucket_object', after: gateway({ 'vertex_ai/gemini-99-ultra': 1 }) };
    expect(short(found(rule, [change]))).toEqual([
      'low unknown: Whether «gemini-99-ultra» is retired is not known: the catalogue does not have it.',
    ]);
  });

  it('says nothing of a model that stays, nor of one that goes', () => {
    expect(found(rule, [{ type: 'google_storage_bucket_object', after: gateway({ 'vertex_ai/gemini-3.8-flash': 1 }) }])).toEqual([]);
    expect(
      found(rule, [{ type: 'google_storage_bucket_object', before: gateway({ 'vertex_ai/gemini-2.5-pro': 1 }), after: null }]),
    ).toEqual([]);
  });
});
