import { resource, type Rule } from '../rule';
import type { StackElement } from '../stack';
import type { Text } from '../text';

export const INSTANCE = 'google_sql_database_instance';
const USER = 'google_sql_user';

export const isPostgres = (element: StackElement): boolean => element.text('database_version')?.startsWith('POSTGRES') ?? false;

/** A replica takes over backups and protection of its primary. */
const isReplica = (element: StackElement): boolean => element.has('master_instance_name');

export function databaseFlag(element: StackElement, name: string): Text | undefined {
  const flag = element.blocks('settings.database_flags').find((each) => each.text('name')?.is(name));
  return flag?.text('value');
}

export const instance = (settings: object, others: object = {}) =>
  resource(INSTANCE, { database_version: 'POSTGRES_17', settings: { tier: 'db-custom-2-7680', ...settings }, ...others });
const address = (settings: object) =>
  instance({ ip_configuration: { ipv4_enabled: false, private_network: 'projects/acme-ai-prod/global/networks/prod', ...settings } });
export const flags = (values: Record<string, string>) => ({
  database_flags: Object.entries(values).map(([name, value]) => ({ name, value })),
});

/** How a database is reached, and whether what is in it stays. */
export const DATABASE: readonly Rule[] = [
  {
    id: 'SQL-001',
    level: 'error',
    title: 'Databases have no public address',
    reason: 'A public address is one stolen password away from everybody. A perimeter does not look at connections to the database.',
    fix: 'Set `ip_configuration.ipv4_enabled = false` (the default is true) with `private_network` or `psc_config`.',
    types: [INSTANCE],
    maps: { cis: ['6.7'], checkov: ['CKV_GCP_60'], trivy: ['GCP-0017'], google: ['sql.restrictPublicIp'] },
    check: (element, judge) => {
      const place = 'settings.ip_configuration.ipv4_enabled';
      if (element.flag(place, true)) judge(element.has(place) ? 'is true' : 'is not set, and true the default', place);
    },
    good: address({}),
    bad: address({ ipv4_enabled: true }),
  },
  {
    id: 'SQL-002',
    level: 'error',
    title: 'No network is authorized that is the internet',
    reason: 'Everybody may then try passwords.',
    fix: 'Name the ranges, or remove `authorized_networks`.',
    types: [INSTANCE],
    maps: { cis: ['6.5'], checkov: ['CKV_GCP_11'] },
    check: (element, judge) =>
      judge.each(element.blocks('settings.ip_configuration.authorized_networks'), (network) => {
        if (network.text('value')?.endsWith('/0')) judge('is every address', `${network.place}.value`);
      }),
    good: address({ authorized_networks: [{ name: 'office', value: '198.51.100.16/28' }] }),
    bad: address({ authorized_networks: [{ name: 'anywhere', value: '0.0.0.0/0' }] }),
  },
  {
    id: 'SQL-003',
    level: 'error',
    title: 'Connections are encrypted',
    reason: 'Passwords and prompts would cross the network as they are.',
    fix: 'Set `ip_configuration.ssl_mode` to ENCRYPTED_ONLY, or TRUSTED_CLIENT_CERTIFICATE_REQUIRED.',
    types: [INSTANCE],
    // checkov wants client certificates, which Google's connectors bring along by themselves; trivy is content with encryption.
    maps: { cis: ['6.4'], checkov: ['CKV_GCP_6'], trivy: ['GCP-0015'] },
    check: (element, judge) => {
      const mode = element.text('settings.ip_configuration.ssl_mode');
      if (!mode?.is('ENCRYPTED_ONLY', 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED'))
        judge('allows plain text', 'settings.ip_configuration.ssl_mode');
    },
    good: address({ ssl_mode: 'ENCRYPTED_ONLY' }),
    bad: address({ ssl_mode: 'ALLOW_UNENCRYPTED_AND_ENCRYPTED' }),
  },
  {
    id: 'SQL-004',
    level: 'error',
    title: 'Production databases have backups, to the minute',
    reason: 'Without backups a bad migration is final; without point-in-time recovery it costs up to a day.',
    fix: 'Set `backup_configuration` with `enabled` and `point_in_time_recovery_enabled`.',
    types: [INSTANCE],
    when: 'production',
    maps: { cis: ['6.8'], checkov: ['CKV_GCP_14'], trivy: ['GCP-0024'] },
    check: (element, judge) => {
      if (isReplica(element)) return;
      const names = isPostgres(element) ? ['enabled', 'point_in_time_recovery_enabled'] : ['enabled'];
      for (const name of names)
        if (!element.flag(`settings.backup_configuration.${name}`)) judge('is not true', `settings.backup_configuration.${name}`);
    },
    good: instance({ backup_configuration: { enabled: true, point_in_time_recovery_enabled: true } }),
    bad: instance({ backup_configuration: { enabled: true } }),
  },
  {
    id: 'SQL-005',
    level: 'error',
    title: 'Production databases are guarded against deletion, twice',
    reason: 'One guard stops Terraform, the other everybody else. A deleted instance takes its backups with it.',
    fix: 'Set `deletion_protection = true` and `settings.deletion_protection_enabled = true`.',
    types: [INSTANCE],
    when: 'production',
    maps: { cis: ['6.9'] },
    check: (element, judge) => {
      if (!element.flag('deletion_protection', true)) judge('is false', 'deletion_protection');
      if (!element.flag('settings.deletion_protection_enabled')) judge('is not true', 'settings.deletion_protection_enabled');
    },
    good: instance({ deletion_protection_enabled: true }, { deletion_protection: true }),
    bad: instance({}, { deletion_protection: true }),
  },
  {
    id: 'SQL-006',
    level: 'error',
    title: 'Production databases survive the loss of a zone',
    reason: 'A zonal instance is down as long as its zone is.',
    fix: 'Set `settings.availability_type = "REGIONAL"`.',
    types: [INSTANCE],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      if (!isReplica(element) && !element.text('settings.availability_type')?.is('REGIONAL'))
        judge('is not REGIONAL', 'settings.availability_type');
    },
    good: instance({ availability_type: 'REGIONAL' }),
    bad: instance({ availability_type: 'ZONAL' }),
  },
  {
    id: 'SQL-007',
    level: 'warning',
    title: 'A disk that grows is not shrunk',
    reason: 'Terraform takes the size that the disk has grown to for a change, and would replace the instance to take it back.',
    fix: 'Add `settings[0].disk_size` to `lifecycle.ignore_changes`, or leave `disk_size` out.',
    types: [INSTANCE],
    maps: {},
    check: (element, judge) => {
      if (!element.has('settings.disk_size') || !element.flag('settings.disk_autoresize', true)) return;
      const ignored = element.texts('lifecycle.ignore_changes').some((each) => each.is('settings[0].disk_size', 'settings', 'all'));
      if (!ignored) judge('is compared with the size it has grown to', 'settings.disk_size');
    },
    good: instance({ disk_size: 20 }, { lifecycle: { ignore_changes: ['settings[0].disk_size'] } }),
    bad: instance({ disk_size: 20 }),
  },
  {
    id: 'SQL-008',
    level: 'error',
    title: 'Passwords never reach the state',
    reason: 'What stands in `password` or `root_password` stands in the state, in plain text, for everybody who may plan.',
    fix: 'Use `password_wo` with an ephemeral value and `password_wo_version`, or IAM authentication.',
    types: [USER, INSTANCE],
    maps: {},
    check: (element, judge) => {
      for (const name of ['password', 'root_password']) if (element.json[name] != null) judge('is kept in the state', name);
      if (element.json['password_wo'] != null && !element.has('password_wo_version')) judge('is not set', 'password_wo_version');
    },
    good: resource(USER, {
      name: 'gateway',
      instance: 'prod',
      password_wo: '${ephemeral.random_password.database.result}',
      password_wo_version: 1,
    }),
    bad: resource(USER, { name: 'gateway', instance: 'prod', password: 'not-so-secret' }),
  },
  {
    id: 'SQL-009',
    level: 'warning',
    title: 'The database knows identities',
    reason: 'With passwords only, nobody sees who has connected, and a password that got out works until it is changed.',
    fix: 'Set the flag `cloudsql.iam_authentication` to on.',
    types: [INSTANCE],
    maps: { cis: ['6.6'] },
    check: (element, judge) => {
      if (isPostgres(element) && !databaseFlag(element, 'cloudsql.iam_authentication')?.is('on'))
        judge('has no cloudsql.iam_authentication = on', 'settings.database_flags');
    },
    good: instance(flags({ 'cloudsql.iam_authentication': 'on' })),
    bad: instance({}),
  },
  {
    id: 'SQL-013',
    level: 'warning',
    title: 'Production databases are encrypted with a key of your own',
    reason: 'Only then does disabling the key take the data away. It cannot be changed later.',
    fix: 'Set `encryption_key_name`.',
    types: [INSTANCE],
    when: 'production',
    maps: { google: ['gcp.restrictNonCmekServices', 'COM-CO-2.3'] },
    check: (element, judge) => {
      if (!element.has('encryption_key_name')) judge('is not set', 'encryption_key_name');
    },
    good: instance({}, { encryption_key_name: 'projects/acme-ai-prod/locations/europe-west1/keyRings/prod/cryptoKeys/database' }),
    bad: instance({}),
  },
];
