import type { Checks } from '../core';
import { ALL, type Callers, type PolicyTo } from './policies';
import { KNOWN_SERVICES, INSEPARABLE, RESTRICTED_SERVICES } from './services';
import type { PerimeterSettings, PolicyBook } from './settings';

/** https://cloud.google.com/vpc-service-controls/docs/supported-identities */
const IDENTITY = /^(user|group|serviceAccount):[^@\s]+@[^@\s]+$|^principal(Set)?:\/\/[^\s]+$/;
const METHOD = /^(\*|[A-Za-z][\w.\-/]*[A-Za-z0-9*])$/;
const PERMISSION = /^[a-z][\w-]*(\.[\w-]+){2,}$/;
const POLICY_NAME = /^[A-Za-z][\w. -]{0,98}$/;
export const ACCESS_LEVEL_NAME = /^[A-Za-z]\w{0,49}$/;
export const PROJECT_NUMBER = /^\d{6,19}$/;
const NETWORK = /^projects\/[^/\s]+\/global\/networks\/[^/\s]+$/;

export interface KnownNames {
  /** Access levels that may be named; undefined: any. */
  readonly accessLevels?: readonly string[];
}

/** What must hold inside one configuration. `where`: `status`, `candidate`, as the person who wrote it calls it. */
export function checkSettings(check: Checks, where: string, settings: PerimeterSettings, book: PolicyBook, known: KnownNames): void {
  const { projects, restrictedServices, vpcAccessibleServices: accessible, accessLevels = [], ingress = [], egress = [] } = settings;
  check.notEmpty(`${where}.projects`, projects);
  for (const project of projects) {
    check.matches(`${where}.projects`, project, PROJECT_NUMBER, 'a project number: a perimeter does not know project IDs');
  }
  check.notEmpty(`${where}.restrictedServices`, restrictedServices);
  checkServices(check, `${where}.restrictedServices`, restrictedServices);
  if (Array.isArray(accessible)) checkServices(check, `${where}.vpcAccessibleServices`, accessible);
  for (const [service, needs] of INSEPARABLE) {
    check.that(
      () => !restrictedServices.includes(service) || restrictedServices.includes(needs),
      `\`${where}.restrictedServices\` has ${service} without ${needs}, which it reads: every deploy would be denied. Add ${needs}.`,
    );
  }
  levels(check, `${where}.accessLevels`, accessLevels, known);
  named(check, `${where}.ingress`, ingress, Object.keys(book.ingress));
  named(check, `${where}.egress`, egress, Object.keys(book.egress));
  const twice = [...ingress, ...egress].filter((name, index, all) => all.indexOf(name) !== index);
  check.that(
    () => twice.length === 0,
    `\`${where}\` has two policies with the title ${twice.join(', ')}: titles of ingress and egress policies are unique within a perimeter. Rename one.`,
  );
  for (const name of ingress) {
    const strangers = (book.ingress[name]?.to.projects ?? []).filter((project) => project !== ALL && !projects.includes(project));
    check.that(
      () => strangers.length === 0,
      `\`${where}.ingress\`: ${name} lets callers in to ${strangers.join(', ')}, which the perimeter does not hold: Google refuses the whole ` +
        'perimeter with "Invalid Directional Policies". Add the project to the perimeter, or take it out of the policy.',
    );
  }
}

function checkServices(check: Checks, name: string, services: readonly string[]): void {
  const unknown = services.filter((service) => service !== RESTRICTED_SERVICES && !KNOWN_SERVICES.includes(service));
  check.that(
    () => unknown.length === 0,
    `\`${name}\` has ${unknown.join(', ')}, which VPC Service Controls does not support. Remove it, or correct the name, e.g. storage.googleapis.com.`,
  );
}

function named(check: Checks, where: string, names: readonly string[], defined: readonly string[]): void {
  const missing = names.filter((name) => !defined.includes(name));
  check.that(
    () => missing.length === 0,
    `\`${where}\` names ${missing.join(', ')}, which is not defined. Defined: ${defined.join(', ') || 'none'}.`,
  );
}

function levels(check: Checks, where: string, names: readonly string[] | undefined, { accessLevels }: KnownNames): void {
  for (const name of names ?? []) {
    check.matches(
      where,
      name,
      ACCESS_LEVEL_NAME,
      'the name of an access level: at most 50 letters, digits and underscores, starting with a letter',
    );
  }
  if (accessLevels) named(check, where, names ?? [], accessLevels);
}

/** What must hold inside each policy, whether a configuration uses it or not. */
export function checkPolicies(check: Checks, { ingress, egress }: PolicyBook, known: KnownNames): void {
  for (const [name, { from, to }] of Object.entries(ingress)) {
    const where = policy(check, 'ingressPolicies', name, from, to);
    const { accessLevels, projects = [], networks = [], anywhere } = from;
    const sources = (accessLevels ?? []).length + projects.length + networks.length;
    check.that(
      () => sources > 0 !== (anywhere === true),
      `\`${where}.from\` must have sources (accessLevels, projects, networks), or say \`anywhere: true\`, and not both: a policy without a source admits nobody.`,
    );
    levels(check, `${where}.from.accessLevels`, accessLevels, known);
    for (const project of projects) check.matches(`${where}.from.projects`, project, PROJECT_NUMBER, 'a project number');
    for (const network of networks) check.matches(`${where}.from.networks`, network, NETWORK, 'projects/PROJECT/global/networks/NAME');
    check.notEmpty(`${where}.to.projects`, to.projects);
  }
  for (const [name, { from, to }] of Object.entries(egress)) {
    const where = policy(check, 'egressPolicies', name, from, to);
    levels(check, `${where}.from.accessLevels`, from.accessLevels, known);
    for (const project of from.projects ?? []) check.matches(`${where}.from.projects`, project, PROJECT_NUMBER, 'a project number');
    check.that(
      () => to.projects.length + (to.externalResources ?? []).length > 0,
      `\`${where}.to\` must have projects or externalResources: a policy without a target releases nothing.`,
    );
  }
}

function policy(check: Checks, kind: string, name: string, callers: Callers, to: PolicyTo): string {
  const where = `${kind}.${name}`;
  check.matches(
    kind,
    name,
    POLICY_NAME,
    'named with at most 99 letters, digits, dots, dashes, underscores and spaces, starting with a letter',
  );
  const { identities = [], identityType } = callers;
  check.that(
    () => identities.length > 0 !== (identityType !== undefined),
    `\`${where}.from\` must have identities or an identityType, and not both: a policy without either matches nobody.`,
  );
  for (const identity of identities) {
    check.matches(`${where}.from.identities`, identity, IDENTITY, 'a user:, group:, serviceAccount:, principal: or principalSet: member');
  }
  for (const project of to.projects) {
    check.that(() => project !== ALL || to.projects.length === 1, `\`${where}.to.projects\` has \`*\` beside others: write it alone.`);
    if (project !== ALL) check.matches(`${where}.to.projects`, project, PROJECT_NUMBER, 'a project number, or `*` alone');
  }
  check.that(
    () => (to.operations !== undefined) !== (to.roles !== undefined),
    `\`${where}.to\` must have operations or roles, and not both. Everything is \`operations: { "*": {} }\`.`,
  );
  const services = Object.keys(to.operations ?? {});
  check.that(
    () => !services.includes(ALL) || services.length === 1,
    `\`${where}.to.operations\` has \`*\` beside other services: write it alone.`,
  );
  checkServices(
    check,
    `${where}.to.operations`,
    services.filter((service) => service !== ALL),
  );
  for (const [service, { methods = [], permissions = [] }] of Object.entries(to.operations ?? {})) {
    check.that(
      () => service !== ALL || methods.length + permissions.length === 0,
      `\`${where}.to.operations\` selects methods of all services: name the services, or leave the selection out.`,
    );
    for (const method of methods)
      check.matches(`${where}.to.operations.${service}.methods`, method, METHOD, 'a method, e.g. google.storage.objects.get');
    for (const each of permissions) {
      check.matches(`${where}.to.operations.${service}.permissions`, each, PERMISSION, 'a permission, e.g. bigquery.jobs.create');
    }
  }
  return where;
}
