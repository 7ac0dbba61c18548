import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { Annotations, Checks } from '../constructs/core';
import { evaluate, type EvaluatedPerimeter, type PerimeterConfiguration } from '../constructs/service-perimeter';
import { CLOUD_RUN_CALL } from '../constructs/service-perimeter/services';
import { definePerimeter } from '../perimeter';
import { gatewayAccountId, networkId } from './names';

/** What the gateway does that a perimeter can stop. */
export interface GatewayTraffic {
  /** Google APIs that its containers call, e.g. aiplatform.googleapis.com. */
  readonly calls: readonly string[];
  /** Services that hold its data: database, secrets, images. */
  readonly holds: readonly string[];
  /** It is called from the internet. */
  readonly fromTheInternet: boolean;
}

/** What stands between the gateway and its work. */
export interface PerimeterGaps {
  /** Denied today, or as soon as this is deployed. */
  readonly errors: readonly string[];
  /** Would be denied once what is tried is enforced; or not protected. */
  readonly warnings: readonly string[];
}

/** Reports the gaps at a construct: errors together, warnings as annotations. */
export function checkPerimeter(scope: Construct, environment: Environment, traffic: GatewayTraffic): void {
  const { errors, warnings } = perimeterGaps(environment, traffic);
  for (const sentence of warnings) Annotations.of(scope).addWarning(sentence);
  const check = new Checks(scope);
  errors.forEach((sentence) => check.add(sentence));
  check.done();
}

/** Holds the gateway against the perimeter of its environment: nothing where there is none. */
export function perimeterGaps(environment: Environment, traffic: GatewayTraffic): PerimeterGaps {
  const definition = definePerimeter(environment);
  if (!definition) return { errors: [], warnings: [] };
  const { evaluated, tried } = definition;
  const denied = callsThatAreDenied(environment, evaluated, traffic);
  const closed = traffic.fromTheInternet ? closedToTheInternet(environment, evaluated) : undefined;
  const where = tried === undefined ? 'perimeter.config' : `perimeter.${tried}`;
  return {
    errors: denied.now.map((service) => `${unreachable(service)} ${openIt('perimeter.config', service)}`),
    warnings: [
      ...denied.later.map((service) => `once perimeter.${tried} is enforced, ${unreachable(service)} ${openIt(where, service)}`),
      ...(closed === undefined ? [] : [closed]),
      ...unprotected(evaluated.tried ?? evaluated.enforced, traffic.holds).map(
        (service) => `${service} holds data of the gateway, and the perimeter does not restrict it. Add it to ${where}.serviceList.`,
      ),
    ],
  };
}

const unreachable = (service: string): string => `the gateway calls ${service}, which its network may not reach inside the perimeter.`;

const openIt = (where: string, service: string): string => `Write ${where}.vpcAccessible: any, or add ${service} to ${where}.serviceList.`;

function callsThatAreDenied(environment: Environment, perimeter: EvaluatedPerimeter, { calls }: GatewayTraffic) {
  const { project } = environment;
  const outcome = (service: string) =>
    evaluate(perimeter, {
      principal: `serviceAccount:${gatewayAccountId(environment)}@${project.id}.iam.gserviceaccount.com`,
      source: { project: project.number, network: networkId(environment) },
      service,
      resources: [project.number],
    }).outcome;
  const services = [...new Set(calls)].sort();
  return {
    now: services.filter((service) => outcome(service) === 'denied'),
    later: services.filter((service) => outcome(service) === 'would be denied'),
  };
}

/**
 * Calls of Cloud Run are judged before it is known who calls, so no policy that names callers lets them in. Asked is for a caller who meets
 * every access level: who else is let in depends on addresses.
 */
function closedToTheInternet({ project, perimeter }: Environment, evaluated: EvaluatedPerimeter): string | undefined {
  const { outcome } = evaluate(evaluated, {
    source: { accessLevels: Object.keys(perimeter!.accessLevels) },
    ...CLOUD_RUN_CALL,
    resources: [project.number],
  });
  if (outcome === 'allowed') return undefined;
  return (
    `calls from the internet ${outcome === 'denied' ? 'are' : 'would be'} denied: no ingress policy of the perimeter lets calls of Cloud Run in. ` +
    `Add one with from: {identityType: any, accessLevels: [LEVEL]}, where LEVEL has the addresses or countries of its callers, and to: {operations: {${CLOUD_RUN_CALL.service}: {methods: ` +
    `[${CLOUD_RUN_CALL.method}]}}}: Cloud Armor, IAM and the gateway's keys still ask who calls. Or write gateway.frontDoor.kind: internal.`
  );
}

const unprotected = (configuration: PerimeterConfiguration | undefined, holds: readonly string[]): string[] =>
  configuration ? [...new Set(holds)].sort().filter((service) => !configuration.restrictedServices.includes(service)) : [];
