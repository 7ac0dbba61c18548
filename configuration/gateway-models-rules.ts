import type { Finding, Sections } from './rules';
import type { EnvironmentSettings } from './schema';
import { nearest } from './suggest';

type Gateway = NonNullable<EnvironmentSettings['gateway']>;
type Deployment = Gateway['models'][string]['deployments'][number];
type Of<P extends Deployment['provider']> = Extract<Deployment, { provider: P }>;

const help = (given: string, known: readonly string[], where: string): string => {
  const meant = nearest(given, known);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  return known.length > 0 ? `There are: ${known.join(', ')}.` : `Add it under ${where}.`;
};

/** A finding where a value is no key of a section. */
function missing(path: readonly string[], given: string, section: object, where: string): Finding[] {
  if (given in section) return [];
  return [{ path, message: `${where} has no ${given}`, help: help(given, Object.keys(section), where) }];
}

/** Deployments of a provider, each with its path. */
function deployments<P extends Deployment['provider']>(
  gateway: Gateway | undefined,
  provider: P,
): { readonly deployment: Of<P>; readonly path: readonly string[] }[] {
  return Object.entries(gateway?.models ?? {}).flatMap(([name, group]) =>
    group.deployments.flatMap((deployment, index) =>
      deployment.provider === provider
        ? [{ deployment: deployment as Of<P>, path: ['gateway', 'models', name, 'deployments', String(index)] }]
        : [],
    ),
  );
}

/**
 * What the gateway's models refer to elsewhere in the file, and shares: found where they stand. All else about groups is the linter's, at
 * synth (docs/gateway-lint.md).
 */
export const GATEWAY_MODELS_RULES: readonly ((sections: Sections) => Finding[])[] = [
  function trafficOfGroupsSumsTo100({ gateway }) {
    return Object.entries(gateway?.models ?? {}).flatMap(([name, group]) => {
      const sum = group.deployments.reduce((total, { traffic }) => total + traffic, 0);
      if (sum === 100) return [];
      const shares = group.deployments.map(({ traffic }) => traffic).join(' + ');
      const path = ['gateway', 'models', name, 'deployments'];
      return [
        { path, message: `the traffic of the deployments sums to ${sum}: ${shares}`, help: 'Make it 100; one that says nothing has 100.' },
      ];
    });
  },

  function managedModelsExist({ gateway, managedModels }) {
    if (managedModels === undefined) return [];
    return deployments(gateway, 'managed').flatMap(({ deployment, path }) =>
      missing([...path, 'model'], deployment.model, managedModels, 'managedModels'),
    );
  },

  function endpointsExist({ gateway, endpoints }) {
    if (endpoints === undefined) return [];
    return deployments(gateway, 'endpoint').flatMap(({ deployment, path }) =>
      missing([...path, 'endpoint'], deployment.endpoint, endpoints, 'endpoints'),
    );
  },

  function gardenEndpointsExist({ gateway, modelGarden }) {
    if (modelGarden === undefined) return [];
    return deployments(gateway, 'model-garden').flatMap(({ deployment, path }) =>
      missing([...path, 'endpoint'], deployment.endpoint, modelGarden, 'modelGarden'),
    );
  },

  function endpointsAreReached({ gateway, endpoints }) {
    return deployments(gateway, 'endpoint').flatMap(({ deployment, path }) => {
      const network = endpoints?.[deployment.endpoint]?.network;
      const found = (message: string, advice: string): Finding[] => [{ path: [...path, 'endpoint'], message, help: advice }];
      if (network?.mode === 'private-services-access') {
        return found(
          'private-services-access answers at an address without TLS, on a path that LiteLLM does not speak',
          'Write private-service-connect there.',
        );
      }
      if (network?.mode === 'private-service-connect' && network.serviceAttachment === undefined) {
        return found(
          `the gateway's network has no way to it: endpoints.${deployment.endpoint}.network has no serviceAttachment`,
          'Deploy the endpoint first, and give it the service attachment that it then has.',
        );
      }
      return [];
    });
  },

  function secretsOfModelsExist({ gateway, secrets }) {
    if (gateway === undefined || secrets === undefined) return [];
    const { otel, langfuse } = gateway.usage.callbacks;
    const callbacks = ['gateway', 'usage', 'callbacks'];
    const named: (readonly [readonly string[], string | undefined])[] = [
      ...deployments(gateway, 'ai-studio').map(({ deployment, path }) => [[...path, 'key'], deployment.key] as const),
      ...deployments(gateway, 'openai-compatible').map(({ deployment, path }) => [[...path, 'key'], deployment.key] as const),
      [[...callbacks, 'otel', 'headers'], otel?.headers],
      [[...callbacks, 'langfuse', 'publicKey'], langfuse?.publicKey],
      [[...callbacks, 'langfuse', 'secretKey'], langfuse?.secretKey],
      [['gateway', 'usage', 'enterpriseLicence'], gateway.usage.enterpriseLicence],
      ...Object.entries(gateway.extra?.secrets ?? {}).map(([name, key]) => [['gateway', 'extra', 'secrets', name], key] as const),
    ];
    return named.flatMap(([path, key]) => (key === undefined ? [] : missing(path, key, secrets, 'secrets')));
  },
];
