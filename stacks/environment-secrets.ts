import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { GeneratedSecret, ProvidedSecret, Replication } from '../constructs/secrets';
import { secretsOfTheGateway } from './gateway-secrets';
import { secretId } from './names';
import { traitsOf } from './tier';

/** The secrets that an environment file lists under `secrets`. */
export class EnvironmentSecrets extends Construct {
  constructor(scope: Construct, id: string, environment: Environment, kmsKey: string | undefined) {
    super(scope, id);
    // Not automatic, also without keys of our own: places cannot change later, and data stays in the region of its environment.
    const replication = Replication.userManaged([{ location: environment.region, kmsKey }]);
    const deletionProtection = traitsOf(environment).protectsData;

    const writtenThere = secretsOfTheGateway(environment);
    for (const [key, settings] of Object.entries(environment.secrets)) {
      const common = { secretId: secretId(environment, key), replication, deletionProtection };
      if (writtenThere.has(key)) {
        // The container only: to this stack it is as if somebody added the versions by hand.
        new ProvidedSecret(this, key, { ...common, value: 'by-hand' });
      } else if (settings.source === 'generated') {
        const { version, length, prefix, alphabet } = settings;
        new GeneratedSecret(this, key, { ...common, version, length, prefix, alphabet });
      } else if (settings.value === 'variable') {
        new ProvidedSecret(this, key, { ...common, value: 'variable', version: settings.version });
      } else {
        new ProvidedSecret(this, key, { ...common, value: 'by-hand' });
      }
    }
  }
}
