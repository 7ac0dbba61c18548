import { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { FirestoreDatabase } from '@cdktf/provider-google/lib/firestore-database';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { GeneratedSecret, Replication } from 'cdktf-vertex-gateway/secrets';
import { NetworkMode, RegistryModel, VertexEndpoint } from 'cdktf-vertex-gateway/vertex-endpoint';
import type { Construct } from 'constructs';
import { AcmeStack, type Landscape } from './acme-stack';
import type { NetworkStack } from './network';

const IMAGE = `europe-west4-docker.pkg.dev/acme-search-images/search/api@sha256:${'7c'.repeat(32)}`;

/** The team's search service, with a model of their own behind it and a key for its callers. */
export class SearchStack extends AcmeStack {
  constructor(scope: Construct, landscape: Landscape, { network, subnet }: NetworkStack) {
    super(scope, 'search', landscape);

    // Theirs, as it was before.
    const account = new ServiceAccount(this, 'account', { accountId: this.nameOf('api') });
    const index = new FirestoreDatabase(this, 'index', {
      name: this.nameOf('index'),
      locationId: this.region,
      type: 'FIRESTORE_NATIVE',
      deleteProtectionState: 'DELETE_PROTECTION_ENABLED',
      pointInTimeRecoveryEnablement: 'POINT_IN_TIME_RECOVERY_ENABLED',
    });

    // New: a model that orders the hits, on an endpoint that only their network reaches.
    const reranker = new VertexEndpoint(this, 'reranker', {
      name: this.nameOf('reranker'),
      projectId: this.project,
      location: this.region,
      networkMode: NetworkMode.privateServiceConnect({ allowlist: [this.project] }),
      models: {
        stable: {
          model: RegistryModel.of({ project: 'acme-search-models', location: this.region, id: 'reranker', version: 3 }),
          machine: { type: 'g2-standard-12', accelerator: { type: 'NVIDIA_L4', count: 1 } },
          replicas: { min: 1, max: 3 },
          traffic: 100,
        },
      },
    });

    // New: the key that callers of the service send. Nobody has seen it, and it is in no file.
    const callerKey = new GeneratedSecret(this, 'caller-key', {
      secretId: this.nameOf('caller-key'),
      prefix: 'search-',
      replication: Replication.userManaged([{ location: this.region }]),
    });

    // Their account may use both. Its address is known only to Terraform, so the grants are named here.
    const predict = reranker.grantPredict(account.member, 'api');
    const read = callerKey.grantRead(account.member, 'api');

    const service = new CloudRunV2Service(this, 'api', {
      name: this.nameOf('api'),
      location: this.region,
      ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY',
      template: {
        serviceAccount: account.email,
        containers: [
          {
            image: IMAGE,
            env: [
              { name: 'INDEX', value: index.name },
              { name: 'RERANKER', value: reranker.resourceName },
              { name: 'CALLER_KEY', valueSource: { secretKeyRef: { secret: callerKey.secretId, version: callerKey.version.version } } },
            ],
          },
        ],
        vpcAccess: { egress: 'ALL_TRAFFIC', networkInterfaces: [{ network: network.id, subnetwork: subnet.id }] },
      },
    });
    // A revision that starts before it may read its key does not start.
    service.node.addDependency(read, predict);
  }
}
