import type { Construct } from 'constructs';
import { Checks } from '../../core';
import { type GatewayContainerProps, variableProblems } from './container';
import type { GatewayServiceProps } from './gateway-service';

/** Longest that Cloud Run lets a request take, seconds: https://cloud.google.com/run/docs/configuring/request-timeout */
export const MAX_TIMEOUT = 3600;
/** What the service has more than the longest request: LiteLLM answers last, with an error that says why, not the platform. */
const MARGIN = 30;

/** vCPUs that Cloud Run has, and the memory that each needs at least and takes at most, GiB: https://cloud.google.com/run/docs/configuring/services/cpu */
const MEMORY: Readonly<Record<number, readonly [min: number, max: number]>> = { 1: [1, 4], 2: [1, 8], 4: [2, 16], 6: [4, 24], 8: [4, 32] };

/** https://cloud.google.com/run/docs/deploying */
const NAME = /^[a-z](?=.{0,48}$)([a-z0-9-]*[a-z0-9])?$/;

const BY_DIGEST = /^[a-z0-9-]+-docker\.pkg\.dev\/[^/@:]+\/[^/@:]+\/[^@:]+@sha256:[0-9a-f]{64}$/;

/** Of a service whose longest request takes so many seconds. */
export const serviceTimeout = (longestRequestSeconds: number): number => Math.ceil(longestRequestSeconds) + MARGIN;

export function checkService(
  scope: Construct,
  props: GatewayServiceProps,
  container: GatewayContainerProps,
  versionErrors: readonly string[],
): void {
  const check = new Checks(scope);
  const { name, image, size, scale, canary, configuration } = props;
  check.matches('name', name, NAME, 'at most 49 of a-z, 0-9 and dash, starting with a letter, not ending in a dash');
  check.matches('image.uri', image.uri, BY_DIGEST, 'LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE@sha256:…, without a tag');
  versionErrors.forEach((problem) => check.add(problem));
  checkSize(check, size);
  check.between('scale.min', scale.min, 1, 1000);
  check.between('scale.max', scale.max, 1, 1000);
  check.between('scale.concurrency', scale.concurrency, 1, 1000);
  check.that(() => scale.max >= scale.min, `\`scale.max\`, ${scale.max}, must be at least \`scale.min\`, ${scale.min}.`);
  const timeout = serviceTimeout(configuration.longestRequestSeconds);
  check.that(
    () => timeout <= MAX_TIMEOUT,
    `a request may take ${configuration.longestRequestSeconds} s with its retries and fallbacks, and the service's timeout must be ${MARGIN} s longer; ` +
      `Cloud Run ends every request after ${MAX_TIMEOUT} s. Shorten the timeouts of the model groups, or have fewer retries and fallbacks.`,
    configuration.longestRequestSeconds,
  );
  if (canary) {
    check.between('canary.percent', canary.percent, 0, 99);
    check.matches('canary.tag', canary.tag, /^[a-z]([a-z0-9-]{0,44}[a-z0-9])?$/, 'at most 46 of a-z, 0-9 and dash, starting with a letter');
    check.that(
      () => canary.stable.startsWith(`${name}-`),
      `\`canary.stable\`, ${canary.stable}, is no revision of ${name}: their names begin with ${name}-.`,
      canary.stable,
      name,
    );
  }
  check.that(
    () => 'LITELLM_MASTER_KEY' in props.secrets,
    '`secrets` has no LITELLM_MASTER_KEY: without one, LiteLLM does not start, and older ones let everybody in.',
  );
  check.between('attempt', props.attempt, 1, 1_000_000);
  variableProblems(container).forEach((problem) => check.add(problem));
  check.done();
}

function checkSize(check: Checks, { cpu, memoryGiB }: GatewayServiceProps['size']): void {
  const bounds = MEMORY[cpu];
  if (!bounds) {
    check.add(`\`size.cpu\` must be one of ${Object.keys(MEMORY).join(', ')}, got: ${cpu}.`);
    return;
  }
  const least = Math.max(cpu, bounds[0]);
  check.that(
    () => memoryGiB >= least && memoryGiB <= bounds[1],
    `\`size.memoryGiB\` must be between ${least} and ${bounds[1]} for ${cpu} vCPU, got: ${memoryGiB}. Each of the ${cpu} workers takes 500 to 680 MB ` +
      'before its first request, so has at least 1 GiB.',
    memoryGiB,
  );
}
