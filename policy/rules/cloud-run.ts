import type { Block } from '../block';
import { resource, type Rule } from '../rule';
import type { StackElement } from '../stack';
import { Text } from '../text';

export const SERVICE = 'google_cloud_run_v2_service';
export const JOB = 'google_cloud_run_v2_job';

/** Where a service or a job describes its containers: a job's template has another one inside. */
export const templateOf = ({ type }: StackElement): string => (type === JOB ? 'template.template' : 'template');

const containersOf = (element: StackElement): Block[] => element.blocks(`${templateOf(element)}.containers`);

const DIGEST = /@sha256:[0-9a-f]{64}$/;
const SECRET_NAME = /secret|key|password|token/i;
const IMAGE = `europe-docker.pkg.dev/acme-images/approved/gateway@sha256:${'0a'.repeat(32)}`;

const service = (template: object, settings: object = {}) => resource(SERVICE, { ...settings, template });
const container = (settings: object) => service({ containers: [{ image: IMAGE, ...settings }] });

/** What runs in a revision: images, sizes, probes, secrets. */
export const CLOUD_RUN: readonly Rule[] = [
  {
    id: 'RUN-001',
    level: 'error',
    title: 'Images are named by their digest',
    reason: 'A tag can be moved: the same stack then runs another image tomorrow, and a rollback does not find the one that worked.',
    fix: 'Name the image by digest: `REPOSITORY/IMAGE@sha256:…`.',
    types: [SERVICE, JOB],
    maps: {},
    check: (element, judge) =>
      judge.each(containersOf(element), (each) => {
        const image = each.text('image');
        if (image && !image.matches(DIGEST)) judge('names no digest', image.place);
      }),
    good: container({}),
    bad: container({ image: 'europe-docker.pkg.dev/acme-images/approved/gateway:latest' }),
  },
  {
    id: 'RUN-002',
    level: 'error',
    title: 'Production runs images from Artifact Registry',
    reason: 'What is replaced or deleted in a public registry reaches production unseen, and a perimeter does not let Cloud Run fetch it.',
    fix: 'Copy the image by digest into a repository of Artifact Registry, and name it there.',
    types: [SERVICE, JOB],
    when: 'production',
    maps: {},
    check: (element, judge) =>
      judge.each(containersOf(element), (each) => {
        const image = each.text('image');
        if (!image) return;
        const host = new Text(String(image).split('/', 1)[0]!, image.place);
        if (!host.endsWith('-docker.pkg.dev')) judge('is not in Artifact Registry', image.place);
      }),
    good: container({}),
    bad: container({ image: `docker.io/library/nginx@sha256:${'0a'.repeat(32)}` }),
  },
  {
    id: 'RUN-003',
    level: 'error',
    title: 'A service has an identity of its own',
    reason: 'Without one it runs as the default service account of Compute Engine, which others share, and which often is an editor.',
    fix: 'Make a service account for it and set `service_account`.',
    types: [SERVICE, JOB],
    maps: { google: ['custom.cloudrunServiceDisableDefaultServiceAccount'] },
    check: (element, judge) => {
      const place = `${templateOf(element)}.service_account`;
      const account = element.has(place) ? element.text(place) : undefined;
      if (!account) judge('is not set', place);
      else if (account.endsWith('-compute@developer.gserviceaccount.com', '@appspot.gserviceaccount.com'))
        judge('is a default service account', place);
    },
    good: service({ service_account: 'gateway@acme-ai-prod.iam.gserviceaccount.com' }),
    bad: service({ service_account: '905148237260-compute@developer.gserviceaccount.com' }),
  },
  {
    id: 'RUN-004',
    level: 'warning',
    title: 'Containers have limits of CPU and memory',
    reason: 'The default of 512 MiB kills a gateway within seconds, and what is not written down changes with the default.',
    fix: 'Set `resources.limits` with `cpu` and `memory`.',
    types: [SERVICE, JOB],
    maps: {},
    check: (element, judge) =>
      judge.each(containersOf(element), (each) => {
        const missing = ['cpu', 'memory'].filter((name) => !each.has(`resources.limits.${name}`));
        if (missing.length > 0) judge(`has no limit of ${missing.join(' and ')}`, each.place);
      }),
    good: container({ resources: { limits: { cpu: '2', memory: '4Gi' } } }),
    bad: container({ resources: { limits: { cpu: '2' } } }),
  },
  {
    id: 'RUN-005',
    level: 'error',
    title: 'Secrets are named with their version',
    reason:
      '`latest` makes no new revision when a secret is rotated: old instances keep the old value, new ones take the new, and nobody sees it.',
    fix: 'Refer to the version: `${google_secret_manager_secret_version.….version}`.',
    // A job reads it anew with every execution.
    types: [SERVICE],
    maps: {},
    check: (element, judge) => {
      const sources = containersOf(element).flatMap((each) =>
        each.blocks('env').flatMap((env) => env.blocks('value_source.secret_key_ref')),
      );
      const files = element.blocks(`${templateOf(element)}.volumes`).flatMap((volume) => volume.blocks('secret.items'));
      judge.each([...sources, ...files], (source) => {
        const version = source.text('version');
        // What refers to a resource of the stack is a version; a variable may be anything.
        const named = version && source.has('version') && (version.isReference || !version.is('latest'));
        if (!named) judge('is `latest`', `${source.place}.version`);
      });
    },
    good: container({ env: [{ name: 'MASTER_KEY', value_source: { secret_key_ref: { secret: 'master-key', version: '3' } } }] }),
    bad: container({ env: [{ name: 'MASTER_KEY', value_source: { secret_key_ref: { secret: 'master-key', version: 'latest' } } }] }),
  },
  {
    id: 'RUN-006',
    level: 'error',
    title: 'Secrets are no plain variables',
    reason: 'Whoever may look at a service reads its variables; they stand in the state, in the plan and in the audit log.',
    fix: 'Keep the value in Secret Manager and refer to it with `value_source.secret_key_ref`.',
    types: [SERVICE, JOB],
    maps: { google: ['custom.cloudrunDisableEnvironmentVariablePattern'] },
    check: (element, judge) =>
      judge.each(
        containersOf(element).flatMap((each) => each.blocks('env')),
        (env) => {
          const name = env.text('name');
          const value = env.text('value');
          // A path, an address or a number under such a name is where a secret is, or how big: `KEY_FILE`, `TOKEN_LIMIT`.
          if (!name || !value || !SECRET_NAME.test(name.known)) return;
          if (/(file|path|url|uri|name|id|limit|size|count|seconds|max|min)$/i.test(name.known)) return;
          if (!/^(|true|false|[\d.]+)$/i.test(value.known)) judge(`holds ${name.known} as plain text`, value.place);
        },
      ),
    good: container({ env: [{ name: 'SALT_KEY', value_source: { secret_key_ref: { secret: 'salt-key', version: '1' } } }] }),
    bad: container({ env: [{ name: 'SALT_KEY', value: 'not-so-secret' }] }),
  },
  {
    id: 'RUN-007',
    level: 'warning',
    title: 'A startup probe says when a container can serve',
    reason:
      'The default only waits for an open port: requests reach a gateway whose database is not there yet, and a broken revision goes live.',
    fix: 'Set `startup_probe` with a path that answers when the container is ready.',
    types: [SERVICE],
    maps: {},
    check: (element, judge) =>
      judge.each(servingContainers(element), (each) => {
        if (!each.has('startup_probe')) judge('has no startup probe', each.place);
      }),
    good: container({ startup_probe: { http_get: { path: '/health/readiness' } } }),
    bad: container({}),
  },
  {
    id: 'RUN-008',
    level: 'warning',
    title: 'A liveness probe restarts what has stopped answering',
    reason: 'Without one an instance that hangs keeps its share of the requests until somebody notices.',
    fix: 'Set `liveness_probe` with a path that needs no database.',
    types: [SERVICE],
    maps: {},
    check: (element, judge) =>
      judge.each(servingContainers(element), (each) => {
        if (!each.has('liveness_probe')) judge('has no liveness probe', each.place);
      }),
    good: container({ liveness_probe: { http_get: { path: '/health/liveliness' } } }),
    bad: container({}),
  },
  {
    id: 'RUN-009',
    level: 'error',
    title: 'Revisions have no fixed name',
    reason: 'The name of a revision can be used once: the next change of the template fails with 409.',
    fix: 'Remove `template.revision`: Cloud Run makes a name.',
    types: [SERVICE],
    maps: {},
    check: (element, judge) => {
      if (element.has('template.revision')) judge('is set', 'template.revision');
    },
    good: service({ containers: [{ image: IMAGE }] }),
    bad: service({ revision: 'gateway-v1', containers: [{ image: IMAGE }] }),
  },
];

/** Those that take requests: the only one, or those with a port. Sidecars have none. */
function servingContainers(element: StackElement): Block[] {
  const containers = containersOf(element);
  return containers.length === 1 ? containers : containers.filter((each) => each.has('ports'));
}
