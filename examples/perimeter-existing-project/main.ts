import { App, EnvironmentStack } from 'cdktf-vertex-gateway/core';
import { ProjectServices } from 'cdktf-vertex-gateway/project';
import {
  AccessLevel,
  AccessPolicy,
  GATEWAY_SERVICES,
  PerimeterMode,
  ServicePerimeter,
  ViolationAlerts,
} from 'cdktf-vertex-gateway/service-perimeter';

// The project is there, with all that runs in it. Nothing of it is declared here, so nothing of it can be changed or deleted here.
const PROJECT = { id: 'acme-search', number: '905148237260' };
const DEPLOYER = 'terraform@acme-search.iam.gserviceaccount.com';

const app = new App();
const stack = new EnvironmentStack(app, 'search-perimeter', {
  environmentName: 'search',
  projectId: PROJECT.id,
  region: 'europe-west4',
  state: { backend: 'gcs', bucket: 'acme-terraform-state', prefix: 'search-perimeter' },
});

const ACCESS = 'accesscontextmanager.googleapis.com';
const WATCH = ['logging.googleapis.com', 'monitoring.googleapis.com'];
const services = new ProjectServices(stack, 'Services', { services: [ACCESS, ...WATCH] });

// The organization has one access policy; its number is in `gcloud access-context-manager policies list`.
const policy = AccessPolicy.fromNumber('884412097365');

const office = new AccessLevel(stack, 'Office', {
  policy,
  name: 'office',
  conditions: [{ ipRanges: ['203.0.113.0/24'] }],
});

// What goes in and out today, as far as anybody knows. The dry run tells the rest.
const settings = {
  projects: [PROJECT.number],
  restrictedServices: GATEWAY_SERVICES,
  ingress: ['deploy', 'operators'],
  egress: ['shared-images'],
};

const perimeter = new ServicePerimeter(stack, 'Perimeter', {
  policy,
  name: 'search',
  // Logs what it would deny, and denies nothing. When the log stays empty: PerimeterMode.enforced(settings).
  mode: PerimeterMode.dryRun(settings),
  ingressPolicies: {
    deploy: {
      from: { identities: [`serviceAccount:${DEPLOYER}`], accessLevels: ['office'] },
      to: { projects: ['*'], operations: { '*': {} } },
    },
    operators: {
      from: { identities: ['group:search-operators@acme.example'], accessLevels: ['office'] },
      to: { projects: [PROJECT.number], operations: { 'logging.googleapis.com': {}, 'monitoring.googleapis.com': {} } },
    },
  },
  egressPolicies: {
    'shared-images': {
      from: { identityType: 'service-account' },
      to: { projects: ['512340987654'], operations: { 'artifactregistry.googleapis.com': {} } },
    },
  },
  accessLevels: [office],
  // Facts that decide whether enforcing it would lock somebody out; until it is enforced, what is missing is a warning.
  surroundings: { deployment: { identity: DEPLOYER, accessLevels: ['office'] }, registryProjects: [PROJECT.number] },
});
for (const construct of [office, perimeter]) construct.node.addDependency(...services.of(ACCESS));

new ViolationAlerts(stack, 'Alerts', {
  name: 'search-perimeter',
  projectId: PROJECT.id,
  runbook: 'Who is it, and shall they? Then a policy in main.ts; else leave it denied.',
}).node.addDependency(...services.of(...WATCH));

app.synth();
