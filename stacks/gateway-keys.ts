import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { GatewayAccount } from '../constructs/gateway';
import { KeysJob } from '../constructs/gateway/keys';
import type { GatewayService } from '../constructs/gateway/service';
import { ProvidedSecret, Replication } from '../constructs/secrets';
import { desiredOf, keySecretId, keysProgram } from '../keys';
import type { GatewaySection } from './gateway';
import { gatewayInvokers } from './invokers';
import {
  deployerEmail,
  encryptionKeyName,
  gatewayKeysAccountId,
  gatewayKeysJobName,
  gatewayServiceName,
  networkId,
  repositoryName,
  secretId,
  subnetId,
} from './names';

/**
 * What the keys of an environment file need: a secret each, which its owner may read, and the job that fills them. The keys themselves
 * are in no stack: `npm run keys` and the job make them, so no value comes near a state.
 */
export class GatewayKeys extends Construct {
  constructor(scope: Construct, id: string, environment: Environment, gateway: GatewaySection, service: GatewayService) {
    super(scope, id);
    const { project, region, encryption } = environment;
    const owners = gatewayInvokers(environment);
    const kmsKey = encryption && encryptionKeyName(environment, 'secrets');
    const replication = Replication.userManaged([{ location: region, kmsKey }]);
    const secrets = Object.entries(gateway.keys).map(([name, { owner }]) => {
      const secret = new ProvidedSecret(this, name, {
        secretId: keySecretId(environment, name),
        replication,
        // Another value can always be made, with the next version of the key.
        deletionProtection: false,
      });
      const reader = owner === undefined ? undefined : owners[owner];
      if (reader) secret.grantRead(reader.member, owner);
      return secret;
    });
    if (!gateway.keysJob) return;

    const { image } = gateway.keysJob;
    const account = new GatewayAccount(this, 'Account', {
      projectId: project.id,
      accountId: gatewayKeysAccountId(environment),
      deployers: environment.identity.deploy ? [deployerEmail(environment)] : [],
    });
    new KeysJob(this, 'Job', {
      projectId: project.id,
      region,
      name: gatewayKeysJobName(environment),
      image: `${region}-docker.pkg.dev/${project.id}/${repositoryName(environment, image.repository)}/${image.name}@${image.digest}`,
      account,
      program: keysProgram(),
      desired: JSON.stringify(desiredOf(environment)),
      gateway: { url: service.resource.uri, service: gatewayServiceName(environment) },
      masterKeySecret: `projects/${project.id}/secrets/${secretId(environment, gateway.masterKey)}`,
      keySecrets: Object.fromEntries(
        Object.keys(gateway.keys).map((name) => [name, `projects/${project.id}/secrets/${keySecretId(environment, name)}`]),
      ),
      after: [service, ...secrets],
      network: { network: networkId(environment), subnetwork: subnetId(environment) },
    });
  }
}

/** Limits that hold over all instances only with Redis, each as a phrase. */
export function accessLimits({ teams, keys }: Pick<GatewaySection, 'teams' | 'keys'>): string[] {
  const of = (kind: string, limited: Readonly<Record<string, Limited>>) =>
    Object.entries(limited).flatMap(([name, { requestsPerMinute, tokensPerMinute, parallelRequests }]) => {
      const limits = [
        ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} requests a minute`]),
        ...(tokensPerMinute === undefined ? [] : [`${tokensPerMinute} tokens a minute`]),
        ...(parallelRequests === undefined ? [] : [`${parallelRequests} requests at a time`]),
      ];
      return limits.length > 0 ? [`${kind} \`${name}\`: ${limits.join(', ')}`] : [];
    });
  return [...of('team', teams), ...of('key', keys)];
}

interface Limited {
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  readonly parallelRequests?: number;
}
