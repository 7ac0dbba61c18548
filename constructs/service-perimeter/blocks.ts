import type {
  AccessContextManagerServicePerimeterSpec,
  AccessContextManagerServicePerimeterSpecEgressPolicies,
  AccessContextManagerServicePerimeterSpecIngressPolicies,
} from '@cdktf/provider-google/lib/access-context-manager-service-perimeter';
import { ALL, type Callers, type EgressPolicy, type IdentityType, type IngressPolicy, type PolicyTo } from './policies';
import { RESTRICTED_SERVICES } from './services';
import type { PerimeterSettings, PolicyBook } from './settings';

const IDENTITY_TYPES: Readonly<Record<IdentityType, string>> = {
  any: 'ANY_IDENTITY',
  user: 'ANY_USER_ACCOUNT',
  'service-account': 'ANY_SERVICE_ACCOUNT',
};

const projectName = (number: string): string => (number === ALL ? ALL : `projects/${number}`);
const list = (values: readonly string[] | undefined): string[] | undefined => (values?.length ? [...values] : undefined);

/** A configuration as the provider takes it; `status` and `spec` have the same shape. @param policy `accessPolicies/NUMBER` */
export function configurationBlock(
  settings: PerimeterSettings,
  book: PolicyBook,
  policy: string,
): AccessContextManagerServicePerimeterSpec {
  const level = (name: string): string => `${policy}/accessLevels/${name}`;
  const accessible = settings.vpcAccessibleServices ?? 'restricted';
  return {
    resources: settings.projects.map(projectName),
    restrictedServices: [...settings.restrictedServices],
    accessLevels: list(settings.accessLevels?.map(level)),
    vpcAccessibleServices:
      accessible === 'any'
        ? undefined
        : { enableRestriction: true, allowedServices: accessible === 'restricted' ? [RESTRICTED_SERVICES] : [...accessible] },
    ingressPolicies: settings.ingress?.map((name) => ingress(name, book.ingress[name]!, level)),
    egressPolicies: settings.egress?.map((name) => egress(name, book.egress[name]!, level)),
  };
}

type Level = (name: string) => string;

function ingress(title: string, { from, to }: IngressPolicy, level: Level): AccessContextManagerServicePerimeterSpecIngressPolicies {
  const sources = [
    ...(from.anywhere ? [{ accessLevel: ALL }] : []),
    ...(from.accessLevels ?? []).map((name) => ({ accessLevel: level(name) })),
    ...(from.projects ?? []).map((number) => ({ resource: projectName(number) })),
    ...(from.networks ?? []).map((network) => ({ resource: `//compute.googleapis.com/${network}` })),
  ];
  return { title, ingressFrom: { ...callers(from), sources }, ingressTo: target(to) };
}

function egress(title: string, { from, to }: EgressPolicy, level: Level): AccessContextManagerServicePerimeterSpecEgressPolicies {
  const sources = [
    ...(from.accessLevels ?? []).map((name) => ({ accessLevel: level(name) })),
    ...(from.projects ?? []).map((number) => ({ resource: projectName(number) })),
  ];
  return {
    title,
    egressFrom: { ...callers(from), ...(sources.length > 0 ? { sources, sourceRestriction: 'SOURCE_RESTRICTION_ENABLED' } : {}) },
    egressTo: { ...target(to), externalResources: list(to.externalResources) },
  };
}

const callers = ({ identities, identityType }: Callers) => ({
  identities: list(identities),
  identityType: identityType && IDENTITY_TYPES[identityType],
});

function target({ projects, operations, roles }: PolicyTo) {
  return {
    resources: list(projects.map(projectName)),
    roles: list(roles),
    operations:
      operations &&
      Object.entries(operations).map(([serviceName, { methods = [], permissions = [] }]) => ({
        serviceName,
        // The whole of all services takes no selectors.
        methodSelectors:
          serviceName === ALL
            ? undefined
            : methods.length + permissions.length === 0
              ? [{ method: ALL }]
              : [...methods.map((method) => ({ method })), ...permissions.map((permission) => ({ permission }))],
      })),
  };
}
