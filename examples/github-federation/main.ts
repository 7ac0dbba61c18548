import { App, EnvironmentStack, TerraformOutput } from 'cdktf-vertex-gateway/core';
import { ProjectServices } from 'cdktf-vertex-gateway/project';
import { Identity, Issuers, Target, WorkloadIdentityPool } from 'cdktf-vertex-gateway/workload-identity';

const PROJECT = { projectId: 'acme-ai-dev', projectNumber: '418230957716' };
const REPOSITORY = 'acme/assistant';

const app = new App();
const stack = new EnvironmentStack(app, 'github', {
  environmentName: 'dev',
  projectId: PROJECT.projectId,
  region: 'europe-west4',
  state: { backend: 'gcs', bucket: 'acme-terraform-state', prefix: 'github' },
});

const services = new ProjectServices(stack, 'Services', {
  services: ['iam.googleapis.com', 'iamcredentials.googleapis.com', 'sts.googleapis.com'],
});

const pool = new WorkloadIdentityPool(stack, 'Pool', {
  ...PROJECT,
  name: 'github',
  description: 'Workflows of GitHub that work in this project',
});
pool.node.addDependency(...services.of('iam.googleapis.com', 'sts.googleapis.com'));

// Numbers, since names of organizations and repositories can be given up and taken by somebody else.
const github = pool.addProvider('github', Issuers.github({ ownerId: '6154722', repositories: { [REPOSITORY]: '914028375' } }));

// Tests of every pull request may ask models; nothing else.
new Identity(stack, 'PullRequests', {
  principal: github.principal({ repository: REPOSITORY, pullRequests: true }),
  access: [{ role: 'roles/aiplatform.user', on: Target.project(PROJECT.projectId) }],
});

// Jobs that somebody has let through, since the GitHub environment `dev` has reviewers, may also publish what the assistant knows.
new Identity(stack, 'Releases', {
  principal: github.principal({ repository: REPOSITORY, environment: 'dev' }),
  access: [
    { role: 'roles/aiplatform.user', on: Target.project(PROJECT.projectId) },
    { role: 'roles/storage.objectUser', on: Target.bucket('acme-ai-dev-documents') },
  ],
});

// What google-github-actions/auth takes as `workload_identity_provider`.
new TerraformOutput(stack, 'workload_identity_provider', { value: github.providerName });

app.synth();
