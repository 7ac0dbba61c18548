import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import type { SecretVersionReference } from '../constructs/gateway/database';
import { GeneratedValue, ProvidedValue } from '../constructs/secrets';
import type { GatewaySection } from './gateway';
import { liteLlmConfiguration } from './gateway-configuration';
import { secretId } from './names';

type SecretSettings = Environment['secrets'][string];

const isByHand = (secret: SecretSettings): boolean => secret.source === 'provided' && secret.value === 'by-hand';

/** Keys of the secrets that the gateway reads. How large it is says nothing about them. */
function secretKeys(environment: Environment, gateway: GatewaySection): string[] {
  const { secrets } = liteLlmConfiguration(environment, gateway, { redis: false, instances: 1 });
  return [...new Set([gateway.masterKey, gateway.saltKey.secret, ...Object.values(secrets)])];
}

/** Secrets whose values the gateway's stack writes, by key: the foundation only makes their containers. */
export function secretsOfTheGateway(environment: Environment): ReadonlySet<string> {
  const { gateway, secrets } = environment;
  const keys = gateway ? secretKeys(environment, gateway) : [];
  return new Set(keys.filter((key) => secrets[key] && !isByHand(secrets[key])));
}

/**
 * The secrets that the gateway runs with, each as one version. Terraform writes them in the stack that runs with them, so that a rotation
 * comes as a whole: new version, new revision. The version before stays enabled: a revision that was promoted back must start.
 */
export class GatewaySecrets extends Construct {
  private readonly versions = new Map<string, SecretVersionReference>();

  constructor(scope: Construct, id: string, environment: Environment, gateway: GatewaySection) {
    super(scope, id);
    for (const key of secretKeys(environment, gateway)) {
      const settings = environment.secrets[key]!;
      const short = secretId(environment, key);
      const secretName = `projects/${environment.project.id}/secrets/${short}`;
      const version = isByHand(settings)
        ? String(gateway.secretVersions[key] ?? 1)
        : this.write(key, secretName, short, settings).version.version;
      this.versions.set(key, { secret: secretName, version });
    }
  }

  /** @param key as in the environment file, under `secrets` */
  reference(key: string): SecretVersionReference {
    const found = this.versions.get(key);
    if (!found) throw new Error(`the configuration of the gateway reads the secret ${key}, which secretKeys() does not know`);
    return found;
  }

  /** @param keys variable → key */
  references(keys: Readonly<Record<string, string>>): Record<string, SecretVersionReference> {
    return Object.fromEntries(Object.entries(keys).map(([variable, key]) => [variable, this.reference(key)]));
  }

  private write(key: string, secretName: string, short: string, settings: SecretSettings): GeneratedValue | ProvidedValue {
    if (settings.source === 'generated') {
      const { version, length, prefix, alphabet } = settings;
      return new GeneratedValue(this, key, { secretName, version, length, prefix, alphabet });
    }
    return new ProvidedValue(this, key, { secretName, version: settings.version, variableName: short.replaceAll('-', '_') });
  }
}
