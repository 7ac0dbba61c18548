import { resource, type Example, type Rule } from '../rule';
import type { Json, StackElement } from '../stack';
import { Text } from '../text';

const SERVICE = 'google_project_service';

/** Arguments of any resource that hold a secret and are kept in the state. */
const SECRET_ARGUMENTS =
  /^(password|root_password|hugging_face_access_token|private_key|private_key_pem|client_secret|auth_string|api_key|shared_secret|secret_key)$/;

const SECRET_NAME = /(^|_)(secret|password|passwd|token|api_?key|private_?key|master_?key|salt_?key)s?($|_)/i;
const ABOUT_A_SECRET = /_(id|ids|name|names|version|versions|arn|uri|path|count|length|location)$/i;

const SECRET_ATTRIBUTE =
  /\.(secret_data|secret_string|password|root_password|private_key|private_key_pem|result|token|access_token|id_token)\}/;

/** Exact, or with the last part free. */
const isPinned = (version: string): boolean => /^(=?\s*\d+\.\d+\.\d+[\w.-]*|~>\s*\d+\.\d+\.\d+|~>\s*\d+\.\d+)$/.test(version.trim());

const argumentsOf = (element: StackElement): string[] => Object.keys(element.json).filter((name) => element.json[name] != null);

/** Texts at any depth, under a name that says what they are. */
function secretArguments(value: Json, place = ''): { readonly value: string; readonly place: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = Array.isArray(value) ? `${place}[${key}]` : place === '' ? key : `${place}.${key}`;
    return typeof inner === 'string' && SECRET_ARGUMENTS.test(key) ? [{ value: inner, place: at }] : secretArguments(inner as Json, at);
  });
}

const terraform = (block: object): Example => ({ terraform: block });
const gcs = (settings: object) => terraform({ backend: { gcs: { bucket: 'acme-state', prefix: 'prod', ...settings } } });
const google = (version: string) => terraform({ required_providers: { google: { source: 'google', version } } });

/** What holds for every stack: state, providers, secrets on their way. */
export const TERRAFORM: readonly Rule[] = [
  {
    id: 'TF-001',
    level: 'error',
    title: 'Production state is shared',
    reason: 'A state on one machine is lost with it, and two people apply at once without knowing of each other.',
    fix: 'Use the backend gcs, with a bucket that keeps versions.',
    types: ['terraform'],
    when: 'production',
    maps: {},
    check: (element, judge) => {
      const backend = element.block('backend');
      if (element.has('cloud')) return;
      if (!backend || backend.has('local')) judge(backend ? 'is local' : 'is not set, and local the default', 'backend');
    },
    good: gcs({}),
    bad: terraform({ backend: { local: { path: 'terraform.tfstate' } } }),
  },
  {
    id: 'TF-002',
    level: 'warning',
    title: 'Production state is encrypted with a key of your own',
    reason: 'The state describes everything. Disabling the key takes it away from whoever got into the bucket.',
    fix: 'Set `kms_encryption_key` of the backend gcs (`kms_key_id` of s3).',
    types: ['terraform'],
    when: 'production',
    maps: { google: ['COM-CO-2.3'] },
    check: (element, judge) => {
      if (element.has('backend.gcs') && !element.has('backend.gcs.kms_encryption_key'))
        judge('is not set', 'backend.gcs.kms_encryption_key');
      if (element.has('backend.s3') && !element.has('backend.s3.kms_key_id')) judge('is not set', 'backend.s3.kms_key_id');
    },
    good: gcs({ kms_encryption_key: 'projects/acme-seed/locations/europe/keyRings/terraform/cryptoKeys/state' }),
    bad: gcs({}),
  },
  {
    id: 'TF-003',
    level: 'error',
    title: 'Providers are pinned',
    reason: 'Another version has other defaults: the same stack plans something else on another day.',
    fix: 'Write an exact version (`6.50.0`), or `~>`.',
    types: ['terraform'],
    maps: {},
    check: (element, judge) => {
      const providers = element.block('required_providers');
      judge.each(Object.keys(providers?.json ?? {}), (name) => {
        const place = `required_providers.${name}.version`;
        const version = element.text(place);
        if (!version || !isPinned(version.known)) judge('is no fixed version', place);
      });
    },
    good: google('6.50.0'),
    bad: google('>= 6.0'),
  },
  {
    id: 'TF-004',
    level: 'error',
    title: 'Arguments that hold a secret hold no literal',
    reason: 'It stands in the synthesized JSON, in the plan and in the state, for everybody who may read one of them.',
    fix: 'Use the write-only argument (`…_wo`) with an ephemeral value, or a reference to Secret Manager.',
    types: [/^(google|aws|random|tls|github|postgresql)_/],
    maps: {},
    check: (element, judge) =>
      judge.each(secretArguments(element.json), ({ value, place }) => {
        const text = new Text(value, place);
        if (text.holes.length === 0 && value !== '') judge('is written as it is', place);
        else if (!text.isReference && value !== '') judge('is written as it is in part', place);
      }),
    good: resource('google_sql_user', { name: 'gateway', instance: 'prod', password_wo: '${ephemeral.random_password.db.result}' }),
    bad: resource('google_sql_user', { name: 'gateway', instance: 'prod', password: 'not-so-secret' }),
  },
  {
    id: 'TF-005',
    level: 'error',
    title: 'Write-only arguments get ephemeral values',
    reason: 'Terraform keeps the argument out of the state, but a literal stands in the JSON and in the plan.',
    fix: 'Refer to an ephemeral resource or to a variable with `ephemeral = true`.',
    types: [/^(google|aws|random|tls|postgresql)_/],
    maps: {},
    check: (element, judge) =>
      judge.each(
        argumentsOf(element).filter((name) => name.endsWith('_wo')),
        (name) => {
          const text = element.text(name);
          if (!text || text.holes.length === 0) return judge('is written as it is', name);
          const variable = text.holes.flatMap((hole) => [...hole.matchAll(/\bvar\.([\w-]+)/g)].map((match) => match[1]!));
          const stored = variable.find((each) => !element.stack.target(`var.${each}`)?.flag('ephemeral'));
          if (stored !== undefined) judge(`is the variable ${stored}, which is not ephemeral`, name);
          else if (variable.length === 0 && !text.holes.some((hole) => /\bephemeral\./.test(hole)))
            judge('refers to something that is kept in the state', name);
        },
      ),
    good: resource('google_sql_user', { name: 'gateway', instance: 'prod', password_wo: '${ephemeral.random_password.db.result}' }),
    bad: resource('google_sql_user', { name: 'gateway', instance: 'prod', password_wo: 'not-so-secret' }),
  },
  {
    id: 'TF-006',
    level: 'error',
    title: 'Outputs that hold a secret are sensitive',
    reason: 'Every run prints them, also in the log of a pipeline.',
    fix: 'Set `sensitive = true`; better: do not put it out.',
    types: ['output'],
    maps: {},
    check: (element, judge) => {
      const value = element.json['value'];
      const named = SECRET_NAME.test(element.address.slice('output.'.length)) && !ABOUT_A_SECRET.test(element.address);
      const holds = SECRET_ATTRIBUTE.test(JSON.stringify(value ?? ''));
      if ((named || holds) && !element.flag('sensitive')) judge('is not true', 'sensitive');
    },
    good: { output: { database_password: { value: '${random_password.db.result}', sensitive: true } } },
    bad: { output: { database: { value: '${random_password.db.result}' } } },
  },
  {
    id: 'TF-007',
    level: 'error',
    title: 'Secrets are not made by resources that remember them',
    reason: '`random_password` and `tls_private_key` keep what they make in the state, in plain text.',
    fix: 'Use the ephemeral resource of the same name (Terraform 1.11) with write-only arguments.',
    types: ['random_password', 'tls_private_key'],
    maps: {},
    check: (_element, judge) => judge('keeps the secret in the state'),
    good: { ephemeral: { random_password: { example: { length: 48 } } } },
    bad: resource('random_password', { length: 48 }),
  },
  {
    id: 'TF-008',
    level: 'error',
    title: 'Variables that hold a secret are marked',
    reason: 'Otherwise plans print the value, and keep it in the plan file.',
    fix: 'Set `ephemeral = true`, or at least `sensitive = true`, and no `default`.',
    types: ['variable'],
    maps: {},
    check: (element, judge) => {
      const name = element.address.slice('var.'.length);
      const marked = element.flag('ephemeral') || element.flag('sensitive');
      if (!marked && SECRET_NAME.test(name) && !ABOUT_A_SECRET.test(name)) judge('is not true', 'sensitive');
      if (marked && typeof element.json['default'] === 'string' && element.json['default'] !== '')
        judge('is a value for a secret', 'default');
    },
    good: { variable: { webhook_token: { type: 'string', ephemeral: true } } },
    bad: { variable: { webhook_token: { type: 'string' } } },
  },
  {
    id: 'TF-009',
    level: 'error',
    title: 'Providers get no keys',
    reason: 'Keys in a provider block stand in the repository and in every plan.',
    fix: 'Leave them out: Terraform takes the identity of whoever runs it, or impersonates one.',
    types: ['provider.google', 'provider.google-beta', 'provider.aws'],
    maps: { checkov: ['CKV_AWS_41'], google: ['IAM-CO-4.2'] },
    check: (element, judge) => {
      for (const name of ['credentials', 'access_token', 'access_key', 'secret_key', 'token']) if (element.has(name)) judge('is set', name);
    },
    good: { provider: { google: [{ project: 'acme-ai-prod' }] } },
    bad: { provider: { google: [{ project: 'acme-ai-prod', credentials: 'key.json' }] } },
  },
  {
    id: 'TF-010',
    level: 'warning',
    title: 'AWS is the account that is meant',
    reason: 'With the credentials of another account in the shell, the stack is made there.',
    fix: 'Set `allowed_account_ids`.',
    types: ['provider.aws'],
    maps: {},
    check: (element, judge) => {
      if (element.texts('allowed_account_ids').length === 0) judge('is not set', 'allowed_account_ids');
    },
    good: { provider: { aws: [{ region: 'eu-central-1', allowed_account_ids: ['432109876543'] }] } },
    bad: { provider: { aws: [{ region: 'eu-central-1' }] } },
  },
  {
    id: 'TF-011',
    level: 'error',
    title: 'An API is not switched off with a stack',
    reason: 'The default switches it off for the whole project, with everything that others have made there.',
    fix: 'Set `disable_on_destroy = false`.',
    types: [SERVICE],
    maps: {},
    check: (element, judge) => {
      if (element.flag('disable_on_destroy', true)) judge('is true, the default', 'disable_on_destroy');
    },
    good: resource(SERVICE, { service: 'run.googleapis.com', disable_on_destroy: false }),
    bad: resource(SERVICE, { service: 'run.googleapis.com' }),
  },
];
