import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf-vertex-gateway/core';
import {
  containerdMirrors,
  EcrRegistry,
  PrivateRegistry,
  PullThroughCache,
  Scanning,
  Upstream,
  UpstreamCredentials,
} from 'cdktf-vertex-gateway/pull-through-cache';

const ACCOUNT = '210987654321';
const REGION = 'eu-central-1';
const NODES = `arn:aws:iam::${ACCOUNT}:role/eks-nodes`;

const app = new App();
const stack = new TerraformStack(app, 'registry');
new S3Backend(stack, { bucket: 'acme-terraform-state', key: 'registry', region: REGION, encrypt: true });
// One deploy at a time; CDKTF does not know this setting of Terraform 1.11 yet.
stack.addOverride('terraform.backend.s3.use_lockfile', true);
new AwsProvider(stack, 'Aws', {
  region: REGION,
  allowedAccountIds: [ACCOUNT],
  defaultTags: [{ tags: { team: 'platform', 'managed-by': 'terraform' } }],
});

const registry = new EcrRegistry(stack, 'Registry', {
  location: new PrivateRegistry(ACCOUNT, REGION),
  allowPublicUpstreams: true,
  scanning: Scanning.basic(),
});

// Docker Hub wants a login. Its token comes with the deploy that writes it, as TF_VAR_docker_hub_token, and stands in no file.
const token = UpstreamCredentials.fromVariable({ username: 'acme-ci', variable: 'docker_hub_token' });

// Twenty images of a repository are enough to go back; what is no longer cached is fetched again.
const repositories = { keepImages: 20, tags: { purpose: 'cache' } };

const caches = [
  new PullThroughCache(stack, 'DockerHub', { registry, prefix: 'docker-hub', upstream: Upstream.dockerHub(token), repositories }),
  new PullThroughCache(stack, 'Kubernetes', { registry, prefix: 'kubernetes', upstream: Upstream.kubernetes(), repositories }),
  new PullThroughCache(stack, 'Quay', { registry, prefix: 'quay', upstream: Upstream.quay(), repositories }),
];
for (const cache of caches) cache.grantPull(NODES, { firstPull: true });

// Files for /etc/containerd/certs.d of the nodes: with them `docker.io/library/nginx` is pulled from the cache.
new TerraformOutput(stack, 'containerd_mirrors', { value: containerdMirrors(caches) });

app.synth();
