import * as fc from 'fast-check';

/** What a person writes under `endpoints`, `modelGarden`, `managedModels` and `acceleratorQuota`. */

const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);

const named = <T>(value: fc.Arbitrary<T>, lengths: { minLength?: number; maxLength: number }): fc.Arbitrary<Record<string, T>> =>
  fc.uniqueArray(fc.tuple(name, value), { ...lengths, selector: ([key]) => key }).map((entries) => Object.fromEntries(entries));

const machine = fc.constantFrom(
  { type: 'n1-standard-2' },
  { type: 'e2-standard-8' },
  { type: 'n1-standard-8', accelerator: { type: 'NVIDIA_TESLA_T4' as const, count: 2 } },
  { type: 'g2-standard-12', accelerator: { type: 'NVIDIA_L4' as const } },
  { type: 'a3-highgpu-8g', accelerator: { type: 'NVIDIA_H100_80GB' as const, count: 4 } },
  { type: 'z9-future-3' },
);

const replicas = fc
  .record({ min: fc.integer({ min: 1, max: 4 }), more: fc.nat({ max: 4 }), spot: fc.boolean() })
  .map(({ min, more, spot }) => ({ min, max: min + more, required: Math.max(1, min - more), spot }));

const model = fc.record(
  {
    model: fc
      .record({ id: fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,20}$/), version: fc.integer({ min: 1, max: 99 }) })
      .filter(({ id }) => !id.startsWith('gemini-'))
      .map(({ id, version }) => `projects/acme-models/locations/europe-west4/models/${id}@${version}`),
    machine,
    replicas,
    autoscaling: fc.record({
      cpuPercent: fc.integer({ min: 1, max: 100 }),
      requestsPerMinutePerReplica: fc.integer({ min: 1, max: 6000 }),
    }),
    accessLog: fc.boolean(),
    containerLog: fc.boolean(),
  },
  { requiredKeys: ['model', 'machine'] },
);

/** Whole per cents that sum to 100, as many as asked for. */
function shares(count: number, cuts: readonly number[]): number[] {
  const sorted = [0, ...cuts.slice(0, count - 1).sort((a, b) => a - b), 100];
  return sorted.slice(1).map((cut, index) => cut - sorted[index]!);
}

const models = fc
  .tuple(named(model, { minLength: 1, maxLength: 3 }), fc.array(fc.nat({ max: 100 }), { minLength: 2, maxLength: 2 }))
  .map(([given, cuts]) => {
    const entries = Object.entries(given);
    const split = shares(entries.length, cuts);
    return Object.fromEntries(entries.map(([key, each], index) => [key, { ...each, traffic: split[index]! }]));
  });

/** What `network` of an endpoint can say, but for private services access, which needs a peering. A service attachment is in the region. */
function networks(tier: string, region: string) {
  const serviceAttachment = `projects/t-tp/regions/${region}/serviceAttachments/a`;
  return fc.oneof(
    fc.constant({ mode: tier === 'development' ? ('dedicated-public' as const) : ('shared-public' as const) }),
    fc.record(
      {
        mode: fc.constant('private-service-connect' as const),
        allowlist: fc.constant<string[]>(['acme-web-prod']),
        serviceAttachment: fc.constant(serviceAttachment),
      },
      { requiredKeys: ['mode'] },
    ),
  );
}

export const endpoints = (tier: string, region: string) =>
  named(
    fc.record(
      {
        description: fc.constantFrom('costs ${5}', 'for people'),
        network: networks(tier, region),
        models,
        rollout: fc.constantFrom('surge' as const, 'recreate' as const),
        requestLogging: fc.record({ samplingPercent: fc.constantFrom(0.1, 5, 100) }),
      },
      { requiredKeys: ['network', 'models'] },
    ),
    { maxLength: 2 },
  );

export const modelGarden = named(
  fc.record(
    {
      model: fc.constantFrom('publishers/google/models/gemma3@gemma-3-12b-it', 'Qwen/Qwen3-8B'),
      acceptEula: fc.boolean(),
      machine,
      replicas,
    },
    { requiredKeys: ['model', 'machine'] },
  ),
  { maxLength: 2 },
);

export const managedModels = fc
  .subarray(['gemini-3.8-flash', 'gemini-4-argon', 'gemini-9-unknown'])
  .chain((ids) =>
    fc.tuple(...ids.map((id) => fc.constantFrom('global', 'eu', 'europe-west4').map((location) => [id, { location }] as const))),
  )
  .map((entries) => Object.fromEntries(entries));
