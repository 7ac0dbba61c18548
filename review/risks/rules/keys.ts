import { at, isSecret, isUnknown, same, type Value } from '../../plan';
import { changesOf, going, goes, place, type Located, type RiskRule, type RuleFinding } from '../rule';
import { elements, textAt } from '../values';
import { lastPart, quote } from '../words';

const VERSION = 'google_secret_manager_secret_version';
const SECRETS = ['google_secret_manager_secret', 'aws_secretsmanager_secret'];

const destroyed: RiskRule = {
  id: 'secret-version-destroyed',
  title: 'A secret, or a version of one, goes',
  level: 'high',
  reason: 'A destroyed version cannot be read again by anybody. What still uses it fails at its next start.',
  remedy:
    'Look for what reads the old version (`gcloud secrets versions list`, revisions that pin it), roll the new one out first, and disable before you destroy.',
  looksAt: `\`${VERSION}\` and ${SECRETS.map((type) => `\`${type}\``).join(', ')}. A version that is only disabled (deletion policy DISABLE): medium. One that is left alone (ABANDON): nothing.`,
  check: (input) => [
    ...changesOf(input, ...SECRETS)
      .filter(({ change }) => goes(change))
      .map((located) => ({ ...place(located), message: `The secret ${going(located.change)}, with every version of it.` })),
    ...changesOf(input, VERSION).flatMap(versionGoes),
  ],
};

function versionGoes(located: Located): RuleFinding[] {
  const { change } = located;
  const number = quote(lastPart(textAt(change.before, 'name') ?? textAt(change.before, 'id') ?? '?'));
  if (at(change.before, 'enabled') === true && at(change.after, 'enabled') === false && !goes(change)) {
    return [
      { ...place(located), level: 'medium', message: `Version ${number} is disabled: nothing can read it until it is enabled again.` },
    ];
  }
  if (!goes(change)) return [];
  const policy = textAt(change.before, 'deletion_policy') ?? 'DELETE';
  if (policy === 'ABANDON') return [];
  if (policy === 'DISABLE')
    return [
      { ...place(located), level: 'medium', message: `Version ${number} is disabled: nothing can read it until it is enabled again.` },
    ];
  return [{ ...place(located), message: `Version ${number} is destroyed.` }];
}

/** Variables that LiteLLM encrypts with. */
const SALT = /salt/i;

const saltChanged: RiskRule = {
  id: 'salt-key-changed',
  title: 'The salt key changes',
  level: 'high',
  reason: 'LiteLLM encrypts the credentials in its database with the salt key, and cannot re-encrypt them: with another key they are lost.',
  remedy: 'Never rotate it. If it has leaked, take the models’ credentials out of the database first and enter them again afterwards.',
  looksAt: `\`${VERSION}\` of a secret that is called salt, and the variable \`LITELLM_SALT_KEY\` of Cloud Run services: another version, another secret, another value.`,
  check: (input) => [
    ...changesOf(input, VERSION).flatMap(saltWritten),
    ...changesOf(input, 'google_cloud_run_v2_service').flatMap(saltElsewhere),
  ],
};

function saltWritten(located: Located): RuleFinding[] {
  const { change } = located;
  const isSalt = SALT.test(change.construct) || SALT.test(lastPart(textAt(change.before, 'secret') ?? ''));
  if (!isSalt || change.before === null || !(goes(change) || change.action === 'update')) return [];
  const [old, young] = [at(change.before, 'secret_data_wo_version'), at(change.after, 'secret_data_wo_version')];
  if (change.action === 'update' && same(old, young)) return [];
  return [
    {
      ...place(located),
      message: change.action === 'delete' ? 'Its value goes.' : `Another value is written: version ${quote(old)} → ${quote(young)}.`,
    },
  ];
}

function saltElsewhere(located: Located): RuleFinding[] {
  const { before, after } = located.change;
  if (before === null || after === null) return [];
  const [old, young] = [saltOf(before), saltOf(after)];
  if (old === undefined || same(old, young)) return [];
  // The version itself is often known only after apply: then it is a new one, or the reference was rewritten. Nobody can tell.
  const unknown = young !== undefined && hasUnknown(young);
  return [
    {
      ...place(located),
      ...(unknown && { unknown }),
      message: unknown
        ? 'Which version of the salt key it will read is known only after apply.'
        : `${quote('LITELLM_SALT_KEY')} ${young === undefined ? 'goes' : 'has another value, or reads another version'}.`,
    },
  ];
}

const saltOf = (service: Value): Value | undefined =>
  elements(at(service, 'template', 0, 'containers'))
    .flatMap((container) => elements(at(container, 'env')))
    .find((variable) => at(variable, 'name') === 'LITELLM_SALT_KEY');

const hasUnknown = (value: Value): boolean =>
  isUnknown(value) ||
  (typeof value === 'object' && value !== null && !isSecret(value) && Object.values(value).some((inner) => hasUnknown(inner as Value)));

const KEYS = ['google_kms_key_ring', 'google_kms_crypto_key'];

const keyRing: RiskRule = {
  id: 'key-ring-replaced',
  title: 'A key, or the ring that holds it, goes',
  level: 'high',
  reason:
    'Data is encrypted under a key by its full name. Deleting a key destroys its versions; key rings stay for ever, and their names cannot be used again.',
  remedy:
    'Take the change back. To leave a ring alone, remove it from the state (`removed` with `destroy = false`). To move to another key, make it beside the old one and re-encrypt.',
  looksAt: KEYS.map((type) => `\`${type}\``).join(', ') + ': deleted or replaced.',
  check: (input) =>
    changesOf(input, ...KEYS)
      .filter(({ change }) => goes(change))
      .map((located) => ({
        ...place(located),
        message: `${located.change.type === 'google_kms_key_ring' ? 'The key ring' : 'The key'} ${quote(textAt(located.change.before, 'name') ?? '?')} ${going(located.change)}.`,
      })),
};

export const KEY_RULES: readonly RiskRule[] = [destroyed, saltChanged, keyRing];
