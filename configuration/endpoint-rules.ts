import type { Finding, Sections } from './rules';

/** What must hold for endpoints; each rule says why, and what to do. */
export const ENDPOINT_RULES: readonly ((sections: Sections) => Finding[])[] = [
  function trafficSumsTo100({ endpoints }) {
    return Object.entries(endpoints ?? {}).flatMap(([name, { models }]) => {
      const shares = Object.entries(models);
      const sum = shares.reduce((total, [, { traffic }]) => total + traffic, 0);
      if (sum === 100) return [];
      return [
        {
          path: ['endpoints', name, 'models'],
          message:
            shares.length === 0
              ? 'has no model'
              : `the traffic of the models sums to ${sum}: ${shares.map(([key, { traffic }]) => `${key} ${traffic}`).join(', ')}`,
          help: shares.length === 0 ? 'Add one, or remove the endpoint.' : 'Make it 100.',
        },
      ];
    });
  },

  function perimetersHaveNoDedicatedPublicEndpoints({ tier, endpoints }) {
    if (tier === undefined || tier === 'development') return [];
    return Object.entries(endpoints ?? {})
      .filter(([, { network }]) => network.mode === 'dedicated-public')
      .map(([name]) => ({
        path: ['endpoints', name, 'network', 'mode'],
        message: `the ${tier} tier has a service perimeter, and dedicated public endpoints do not support VPC Service Controls`,
        help: 'Write private-service-connect: it has a traffic split, streaming and dedicated capacity too.',
      }));
  },

  function privateServicesAccessServesOneModel({ endpoints }) {
    return Object.entries(endpoints ?? {})
      .filter(([, { network, models }]) => network.mode === 'private-services-access' && Object.keys(models).length > 1)
      .map(([name, { models }]) => ({
        path: ['endpoints', name, 'models'],
        message: `private-services-access serves exactly one model, and here are ${Object.keys(models).length}: Vertex AI has no traffic split there`,
        help: 'Write private-service-connect, which has one, or make an endpoint a model.',
      }));
  },

  function privateServicesAccessHasNoLogs({ endpoints }) {
    const help = 'Remove it, or write private-service-connect.';
    const message = 'private-services-access has no logs of requests';
    return Object.entries(endpoints ?? {})
      .filter(([, { network }]) => network.mode === 'private-services-access')
      .flatMap(([name, { requestLogging, models }]) => [
        ...(requestLogging ? [{ path: ['endpoints', name, 'requestLogging'], message, help }] : []),
        ...Object.keys(models)
          .filter((key) => models[key]!.accessLog)
          .map((key) => ({ path: ['endpoints', name, 'models', key, 'accessLog'], message, help })),
      ]);
  },

  function privateServicesAccessNeedsThePeering({ endpoints, network }) {
    if (!network || network.privateServicesAccess !== undefined) return [];
    return Object.entries(endpoints ?? {})
      .filter(([, endpoint]) => endpoint.network.mode === 'private-services-access')
      .map(([name]) => ({
        path: ['endpoints', name, 'network', 'mode'],
        message: 'private-services-access needs the peering of the network',
        help: 'Give network.privateServicesAccess a range, or write private-service-connect.',
      }));
  },

  function privateServicesAccessHoldsOneModelAtATime({ endpoints }) {
    return Object.entries(endpoints ?? {})
      .filter(([, { network, rollout }]) => network.mode === 'private-services-access' && rollout === 'surge')
      .map(([name]) => ({
        path: ['endpoints', name, 'rollout'],
        message: 'private-services-access holds one model at a time, so a surge, the default, has no place for the next one',
        help: 'Write recreate, and allowOutage: true when the model changes; or write private-service-connect, which changes models without an outage.',
      }));
  },

  function replicasFitTogether({ endpoints, modelGarden }) {
    const onEndpoints = Object.entries(endpoints ?? {}).flatMap(([name, { models }]) =>
      Object.entries(models).map(([key, { replicas }]) => [['endpoints', name, 'models', key, 'replicas'], replicas] as const),
    );
    const inGarden = Object.entries(modelGarden ?? {}).map(
      ([name, { replicas }]) => [['modelGarden', name, 'replicas'], replicas] as const,
    );
    return [...onEndpoints, ...inGarden].flatMap(([path, { min, max, required }]) => [
      ...(max !== undefined && max < min
        ? [{ path: [...path, 'max'], message: `${max} is less than min, ${min}`, help: 'Make it at least min.' }]
        : []),
      ...(required !== undefined && required > min
        ? [{ path: [...path, 'required'], message: `${required} is more than min, ${min}`, help: 'Make it at most min.' }]
        : []),
    ]);
  },

  function outageNeedsRecreate({ endpoints }) {
    return Object.entries(endpoints ?? {})
      .filter(([, { rollout, allowOutage }]) => allowOutage && rollout !== 'recreate')
      .map(([name]) => ({
        path: ['endpoints', name, 'allowOutage'],
        message: 'has no meaning without rollout: recreate: a surge never takes down what serves',
        help: 'Remove it.',
      }));
  },
];
