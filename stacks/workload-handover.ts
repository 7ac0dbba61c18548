import { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { type EnvironmentStack, TerraformOutput } from '../constructs/core';
import {
  applicationEnvironment,
  configMapManifest,
  credentialConfiguration,
  CREDENTIALS_FILE,
  type FederatedProvider,
  federatedPodTemplate,
  type Manifest,
  manifestFile,
  serviceAccountManifest,
  TOKEN_PATH,
} from '../constructs/workload-identity';

/** Where a program in a pipeline writes the token of its issuer, before it calls Google. */
const TOKEN_FILE = 'google-token';

/** What the people who run a workload get: its environment as an output, manifests, credential configurations. */
export class WorkloadHandover extends Construct {
  private readonly variables: Readonly<Record<string, string>>;

  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    private readonly stack: EnvironmentStack,
  ) {
    super(scope, id);
    const { identity, project, quotaProject, region } = environment;
    this.variables = applicationEnvironment({ projectId: project.id, location: identity.modelLocation ?? region, quotaProject });
  }

  /** @param manifests that the identity needs in the cluster */
  pods(name: string, namespace: string, manifests: readonly Manifest[]): void {
    this.environmentOf(name);
    this.manifests(name, [...manifests, configMapManifest(namespace, `${name}-google`, this.variables)]);
  }

  federatedPods(name: string, pod: { readonly namespace: string; readonly serviceAccount: string }, provider: FederatedProvider): void {
    const { namespace, serviceAccount } = pod;
    const names = { environment: `${name}-google`, credentials: `${name}-google-credentials` };
    const credentials = JSON.stringify(credentialConfiguration({ provider, source: { kind: 'file', path: TOKEN_PATH } }), undefined, 2);
    this.environmentOf(name);
    this.manifests(name, [
      serviceAccountManifest(namespace, serviceAccount),
      configMapManifest(namespace, names.environment, this.variables),
      configMapManifest(namespace, names.credentials, { [CREDENTIALS_FILE]: credentials }),
      federatedPodTemplate({ namespace, serviceAccount, audience: provider.audience, ...names }),
    ]);
  }

  federatedProgram(name: string, provider: FederatedProvider, platform: string): void {
    const source = platform === 'aws' ? ({ kind: 'aws' } as const) : ({ kind: 'file', path: TOKEN_FILE } as const);
    this.environmentOf(name);
    this.stack.handover.add(`credentials/${name}.json`, `${JSON.stringify(credentialConfiguration({ provider, source }), undefined, 2)}\n`);
  }

  cloudRun(name: string, manifests: readonly Manifest[]): void {
    this.environmentOf(name);
    if (manifests.length > 0) this.manifests(name, manifests);
  }

  private manifests(name: string, manifests: readonly Manifest[]): void {
    this.stack.handover.add(`kubernetes/${name}.yaml`, manifestFile(manifests));
  }

  private environmentOf(name: string): void {
    const id = `environment_of_${name.replaceAll('-', '_')}`;
    new TerraformOutput(this, id, {
      value: this.variables,
      description: `What SDKs with Application Default Credentials read in ${name}.`,
    }).overrideLogicalId(id);
  }
}
