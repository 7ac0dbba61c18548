import { isIP } from 'node:net';
import { stringify } from 'yaml';
import type { EgressPolicy, IngressPolicy } from '../constructs/service-perimeter/policies';
import { CLOUD_RUN_CALL } from '../constructs/service-perimeter/services';
import type { ViolationGroup } from './violations';

/** The smallest change of the environment file after which the violations of a group are none; or why there is none to propose. */
export type Proposal = { readonly yaml: string; readonly note?: string } | { readonly none: string };

/** What may stand in a file. Names in a log are chosen by callers, and a policy that admits "everything that looks like this" is no answer. */
const MEMBER = /^(?=.{1,300}$)((user|serviceAccount):[A-Za-z0-9][\w.+%-]*@[A-Za-z0-9][A-Za-z0-9.-]+|principal(Set)?:\/\/[\w./:%~-]+)$/;
const SERVICE = /^[a-z][a-z0-9-]{0,62}\.googleapis\.com$/;
const METHOD = /^[A-Za-z][\w./-]{0,198}[A-Za-z0-9]$/;
const PROJECT = /^\d{6,19}$/;
const EXTERNAL = /^[a-z0-9]{1,10}:\/\/[\w./-]{1,200}$/;
const PRIVATE = /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe80:|::1)/i;

/**
 * @param where which configuration is tried: `config` or `candidate`
 * @param accessible services that networks inside may reach now
 */
export function propose(group: ViolationGroup, where: string, accessible: readonly string[]): Proposal {
  const { direction, principal, service, method, targets } = group;
  if (!SERVICE.test(service)) return { none: 'the service has no name that a policy could have' };
  if (direction === 'accessible') {
    const services = [...new Set([...accessible, service])].sort();
    return { yaml: perimeter({ [where]: { vpcAccessible: 'listed', vpcAccessibleServices: services } }) };
  }
  const cloudRun = service === CLOUD_RUN_CALL.service && method === CLOUD_RUN_CALL.method;
  if (!cloudRun && principal !== undefined && !MEMBER.test(principal))
    return { none: 'the caller has no name that a policy could have, or the log hides it' };
  if (!METHOD.test(method)) return { none: 'the method has no name that a policy could have' };
  if (targets.more) return { none: 'more than 20 projects are concerned: decide on the projects first' };
  const projects = targets.values.filter((target) => PROJECT.test(target));
  const external = targets.values.filter((target) => EXTERNAL.test(target));
  if (projects.length + external.length < targets.values.length) return { none: 'the log does not name all projects by number' };

  const callers = cloudRun || principal === undefined ? { identityType: 'any' as const } : { identities: [principal] };
  const to = { projects, operations: { [service]: { methods: [method] } } };
  const name = group.id;
  return direction === 'ingress' ? ingress(group, name, where, { callers, to }) : egress(group, name, where, { callers, to, external });
}

type Callers = { identityType: 'any' } | { identities: string[] };

interface Parts {
  readonly callers: Callers;
  readonly to: IngressPolicy['to'];
}

function ingress(group: ViolationGroup, name: string, where: string, { callers, to }: Parts): Proposal {
  const { sourceProjects, sourceNetworks, callerIps, fromElsewhere } = group;
  if (sourceProjects.more || sourceNetworks.more) return { none: 'more than 20 projects or networks call: decide on the sources first' };
  // A project stands for its networks.
  const projects = sourceProjects.values;
  const networks = sourceNetworks.values.filter((network) => !projects.includes(network.split('/')[1]!));
  const public_ = callerIps.values.filter((ip) => isIP(ip) !== 0 && !PRIVATE.test(ip));
  const nameable = fromElsewhere && !callerIps.more && public_.length > 0 && public_.length === callerIps.values.length;
  const level = `${name.replaceAll('-', '_')}_addresses`;
  const policy: IngressPolicy = {
    from: {
      ...callers,
      ...(fromElsewhere && !nameable
        ? { anywhere: true }
        : {
            ...(nameable ? { accessLevels: [level] } : {}),
            ...(projects.length > 0 ? { projects } : {}),
            ...(networks.length > 0 ? { networks } : {}),
          }),
    },
    to,
  };
  const accessLevels = nameable
    ? {
        accessLevels: {
          [level]: { kind: 'conditions', conditions: [{ ipRanges: public_.map((ip) => `${ip}/${isIP(ip) === 4 ? 32 : 128}`) }] },
        },
      }
    : {};
  return {
    yaml: perimeter({ ...accessLevels, ingressPolicies: { [name]: policy }, [where]: { ingress: [name] } }),
    ...(fromElsewhere && !nameable
      ? { note: 'the log does not tell all addresses: replace `anywhere` by an access level if you know better' }
      : {}),
  };
}

function egress(_: ViolationGroup, name: string, where: string, { callers, to, external }: Parts & { external: string[] }): Proposal {
  const policy: EgressPolicy = { from: callers, to: external.length > 0 ? { ...to, externalResources: external } : to };
  return { yaml: perimeter({ egressPolicies: { [name]: policy }, [where]: { egress: [name] } }) };
}

/** Text in quotes, so that a number of a project stays one. */
const perimeter = (section: object): string =>
  stringify({ perimeter: section }, { compat: 'yaml-1.1', defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 });
