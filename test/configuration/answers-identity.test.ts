import { answers, HEAD } from '../support/answers';

const GITHUB = 'github: { issuer: github, ownerId: "61", repositories: { acme/gateway: "91" } }';
const identity = (...lines: string[]): string => `${HEAD}identity:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const workload = (text: string): string =>
  identity('gke: { clusters: [{ name: apps, location: europe-west4 }] }', `providers: { ${GITHUB} }`, `workloads: { web: { ${text} } }`);
const ACCESS = 'access: [{ role: roles/aiplatform.user }]';

describe('what is answered to identities that are wrong', () => {
  answers('pods without clusters', identity(`workloads: { web: { platform: gke, namespace: support, ${ACCESS} } }`), [
    '7:33  identity.workloads.web.platform  no clusters are named, and their identity pool exists only once there is one\nName them under identity.gke.clusters.',
  ]);
  answers('a wildcard as a namespace', workload(`platform: gke, namespace: "*", ${ACCESS}`), [
    '9:49  identity.workloads.web.namespace  "*" is not the name of a namespace: at most 63 of a-z, 0-9 and dash',
  ]);
  answers(
    'a wildcard as a branch',
    workload(`platform: github, provider: github, repository: acme/gateway, branch: "release/*", ${ACCESS}`),
    ['9:93  identity.workloads.web.branch  "release/*" is not one name, without a wildcard'],
  );
  answers('free text as a subject', workload(`platform: github, provider: github, subject: "repo:acme/gateway:*", ${ACCESS}`), [
    '9:16  identity.workloads.web.repository  is missing\nAdd it under identity.workloads.web.',
    '9:59  identity.workloads.web.subject  unknown key\nAllowed with platform: github: platform, provider, repository, environment, branch, access.',
  ]);
  answers(
    'an issuer that is not there',
    workload(`platform: github, provider: gitlab, repository: acme/gateway, branch: main, ${ACCESS}`),
    ['9:51  identity.workloads.web.provider  there is no issuer gitlab\nName one of github.'],
  );
  answers('an issuer of another kind', workload(`platform: aws, provider: github, role: nightly, ${ACCESS}`), [
    '9:48  identity.workloads.web.provider  github is an issuer of another kind, github\nAdd it under identity.providers.',
  ]);
  answers(
    'a branch and an environment',
    workload(`platform: github, provider: github, repository: acme/gateway, branch: main, environment: dev, ${ACCESS}`),
    ['9:93  identity.workloads.web.branch  a job is known by its environment or by its branch, one of the two\nName exactly one.'],
  );
  answers('an owner by name', identity('providers: { github: { issuer: github, ownerId: acme, repositories: { acme/gateway: "91" } } }'), [
    '7:51  identity.providers.github.ownerId  acme is not the number that never changes, in quotes, e.g. "8837461"',
  ]);
  answers(
    'a reserved name',
    identity('providers: { gcp-github: { issuer: github, ownerId: "61", repositories: { acme/gateway: "91" } } }'),
    ['7:16  identity.providers.gcp-github  "gcp-github" is not a name of 4 to 32 of a-z, 0-9 and dash, not beginning with gcp-'],
  );
  answers(
    'a project id where a number is needed',
    identity('gke: { project: { id: acme-apps, number: acme-apps }, clusters: [{ name: apps, location: europe-west4 }] }'),
    ['7:44  identity.gke.project.number  acme-apps is not a project number: 6 to 19 digits in quotes, e.g. "123456789012"'],
  );
  answers(
    'a project number where an id is needed',
    identity('gke: { project: { id: "261904873315", number: "261904873315" }, clusters: [{ name: apps, location: europe-west4 }] }'),
    [
      '7:25  identity.gke.project.id  "261904873315" is not a project ID: 6 to 30 of a-z, 0-9 and dash, starting with a letter, not ending with a dash',
    ],
  );
  answers('no role', workload('platform: gke, namespace: support, access: [{ role: aiplatform.user }]'), [
    '9:75  identity.workloads.web.access.0.role  aiplatform.user is not a role: roles/SERVICE.NAME, or projects/PROJECT/roles/ID',
  ]);
  answers(
    'a role on two things',
    workload('platform: gke, namespace: support, access: [{ role: roles/run.invoker, service: gateway, bucket: acme-x }]'),
    [
      '9:103  identity.workloads.web.access.0.service  a role is granted on one thing, and here are bucket and service\nWrite an entry for each.',
    ],
  );
  answers(
    'a secret that is not there',
    workload('platform: gke, namespace: support, access: [{ role: roles/secretmanager.secretAccessor, secret: api-key }]'),
    [
      '9:119  identity.workloads.web.access.0.secret  there is no secret api-key: there are none\nName one of these, or add it under secrets.',
    ],
  );
  answers(
    'an endpoint that is not there',
    workload('platform: gke, namespace: support, access: [{ role: roles/aiplatform.user, endpoint: chat }]'),
    [
      '9:108  identity.workloads.web.access.0.endpoint  there is no endpoint chat: there are none\nName one of these, or add it under endpoints.',
    ],
  );
  answers(
    'an endpoint of Model Garden',
    `${workload('platform: gke, namespace: support, access: [{ role: roles/aiplatform.user, endpoint: gemma }]')}modelGarden: { gemma: { model: publishers/google/models/gemma3@gemma-3-12b-it, machine: { type: n1-standard-2 } } }\n`,
    [
      '9:108  identity.workloads.web.access.0.endpoint  gemma is in modelGarden, and Vertex AI chooses the number of such an endpoint when it makes it\nGrant the role on the project, by leaving out `endpoint`.',
    ],
  );
  answers(
    'one environment that plans and applies',
    identity(
      `providers: { ${GITHUB} }`,
      'deploy: { provider: github, repository: acme/gateway, planEnvironment: dev, applyEnvironment: dev }',
    ),
    ['8:74  identity.deploy.planEnvironment  dev both plans and applies\nTell the two apart.'],
  );
  answers(
    'a pipeline, and an identity that everybody becomes',
    `${identity(`providers: { ${GITHUB} }`, 'deploy: { provider: github, repository: acme/gateway, applyEnvironment: dev }')}deployAs: someone@acme-ai-x.iam.gserviceaccount.com
aws: { accountId: "123456789012", region: eu-central-1, deployRole: "arn:aws:iam::123456789012:role/me" }\n`,
    [
      '9:11  deployAs  every job would become someone@acme-ai-x.iam.gserviceaccount.com, also those under identity.deploy that only plan\nRemove it. Who deploys by hand sets GOOGLE_IMPERSONATE_SERVICE_ACCOUNT, or assumes the role in AWS, before.',
      '10:69  aws.deployRole  every job would become arn:aws:iam::123456789012:role/me, also those under identity.deploy that only plan\nRemove it. Who deploys by hand sets GOOGLE_IMPERSONATE_SERVICE_ACCOUNT, or assumes the role in AWS, before.',
    ],
  );
  answers('an invoker that is not there', identity('invokers: { web: { kind: workload, workload: webb } }'), [
    '7:48  identity.invokers.web.workload  there is no workload webb: there are none\nName one of these.',
  ]);
  answers(
    'an invoker twice',
    identity('invokers: { a: { kind: group, email: a@acme.example }, b: { kind: group, email: a@acme.example } }'),
    ['7:58  identity.invokers.b  is a once more\nRemove one of the two.'],
  );
  answers('everybody without a reason', identity('invokers: { world: { kind: everybody } }'), [
    '7:15  identity.invokers.world.reason  is missing\nAdd it under identity.invokers.world. Why it is right that IAM lets everybody through. It is read in reviews.',
  ]);
  answers(
    'one program under two names',
    identity(
      'gke: { clusters: [{ name: apps, location: europe-west4 }] }',
      'workloads:',
      `  a: { platform: gke, namespace: support, serviceAccount: web, ${ACCESS} }`,
      `  b: { platform: gke, serviceAccount: web, namespace: support, ${ACCESS} }`,
    ),
    [
      '10:5  identity.workloads.b  is a once more, and IAM knows one: when either goes, access that both list is gone for both\nList all of its access under a.',
    ],
  );
});
