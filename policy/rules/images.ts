import { resource, type Rule } from '../rule';

const REPOSITORY = 'google_artifact_registry_repository';

const repository = (settings: object) =>
  resource(REPOSITORY, { repository_id: 'gateway', format: 'DOCKER', location: 'europe-west1', mode: 'STANDARD_REPOSITORY', ...settings });
const remote = (settings: object) =>
  repository({
    mode: 'REMOTE_REPOSITORY',
    remote_repository_config: { docker_repository: { public_repository: 'DOCKER_HUB' }, ...settings },
  });

const clean = { id: 'old', action: 'DELETE', condition: { tag_state: 'UNTAGGED' } };

/** Repositories of Artifact Registry. */
export const IMAGES: readonly Rule[] = [
  {
    id: 'AR-001',
    level: 'error',
    title: 'Production tags cannot be moved',
    reason: 'A rollback must find the image that it names.',
    fix: 'Set `docker_config.immutable_tags = true`.',
    types: [REPOSITORY],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      const mode = element.text('mode');
      if ((mode && !mode.is('STANDARD_REPOSITORY')) || !element.text('format')?.is('DOCKER')) return;
      if (!element.flag('docker_config.immutable_tags')) judge('is not true', 'docker_config.immutable_tags');
    },
    good: repository({ docker_config: { immutable_tags: true } }),
    bad: repository({}),
  },
  {
    id: 'AR-002',
    level: 'warning',
    title: 'Old images go',
    reason: 'What nobody runs any more costs, and what is found in it hides what is found in those that run.',
    fix: 'Set `cleanup_policies`, and leave `cleanup_policy_dry_run` out.',
    types: [REPOSITORY],
    maps: {},
    check: (element, judge) => {
      if (!element.has('cleanup_policies')) judge('is not set', 'cleanup_policies');
      else if (element.flag('cleanup_policy_dry_run')) judge('is true: nothing is deleted', 'cleanup_policy_dry_run');
    },
    good: repository({ cleanup_policies: [clean] }),
    bad: repository({ cleanup_policies: [clean], cleanup_policy_dry_run: true }),
  },
  {
    id: 'AR-003',
    level: 'warning',
    title: 'Production images are encrypted with a key of your own',
    reason: 'Only then does disabling the key stop every pull. It cannot be changed later.',
    fix: 'Set `kms_key_name`.',
    types: [REPOSITORY],
    when: 'production',
    maps: { checkov: ['CKV_GCP_84'], google: ['gcp.restrictNonCmekServices', 'COM-CO-2.3'] },
    check: (element, judge) => {
      if (!element.has('kms_key_name')) judge('is not set', 'kms_key_name');
    },
    good: repository({ kms_key_name: 'projects/acme-ai-prod/locations/europe-west1/keyRings/prod/cryptoKeys/images' }),
    bad: repository({}),
  },
  {
    id: 'AR-004',
    level: 'error',
    title: 'Production pulls from no public registry',
    reason: 'What is replaced or deleted there reaches production unseen; and inside a perimeter a remote repository fetches nothing.',
    fix: 'Copy what you need by digest into a standard repository.',
    types: [REPOSITORY],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      if (element.text('mode')?.is('REMOTE_REPOSITORY')) judge('is REMOTE_REPOSITORY', 'mode');
    },
    good: repository({}),
    bad: remote({}),
  },
  {
    id: 'AR-005',
    level: 'warning',
    title: 'Images are scanned',
    reason: 'Known holes stay unknown.',
    fix: 'Remove `vulnerability_scanning_config.enablement_config = "DISABLED"`.',
    types: [REPOSITORY],
    maps: { google: ['AR-CO-6.2'] },
    check: (element, judge) => {
      const place = 'vulnerability_scanning_config.enablement_config';
      if (element.text(place)?.is('DISABLED')) judge('is DISABLED', place);
    },
    good: repository({ vulnerability_scanning_config: { enablement_config: 'INHERITED' } }),
    bad: repository({ vulnerability_scanning_config: { enablement_config: 'DISABLED' } }),
  },
  {
    id: 'AR-006',
    level: 'error',
    title: 'Production images are guarded against deletion',
    reason: 'A renamed construct would delete the repository with every image that production can be rolled back to.',
    fix: 'Set `lifecycle.prevent_destroy = true`.',
    types: [REPOSITORY],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      if (!element.flag('lifecycle.prevent_destroy')) judge('is not true', 'lifecycle.prevent_destroy');
    },
    good: repository({ lifecycle: { prevent_destroy: true } }),
    bad: repository({}),
  },
  {
    id: 'AR-007',
    level: 'warning',
    title: 'Upstreams are checked',
    reason: 'A mistyped upstream or a wrong password is otherwise found by the first pull.',
    fix: 'Remove `remote_repository_config.disable_upstream_validation`.',
    types: [REPOSITORY],
    maps: {},
    check: (element, judge) => {
      const place = 'remote_repository_config.disable_upstream_validation';
      if (element.flag(place)) judge('is true', place);
    },
    good: remote({}),
    bad: remote({ disable_upstream_validation: true }),
  },
];
