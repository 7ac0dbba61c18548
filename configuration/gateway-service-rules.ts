import type { Finding, Sections } from './rules';
import type { EnvironmentSettings } from './schema';

type Gateway = NonNullable<EnvironmentSettings['gateway']>;
type Rule = (gateway: Gateway, sections: Sections) => Finding[];

/** A rule says nothing where there is no gateway. */
const ofGateway =
  (rule: Rule) =>
  (sections: Sections): Finding[] =>
    sections.gateway === undefined ? [] : rule(sections.gateway, sections);

const saltKeyVersion = ({ secretVersions }: Gateway, key: string, secrets: NonNullable<Sections['secrets']>): number | undefined => {
  const secret = secrets[key];
  if (secret === undefined) return undefined;
  return secret.source === 'provided' && secret.value === 'by-hand' ? (secretVersions[key] ?? 1) : secret.version;
};

/** What must hold for the gateway's service; each rule says why, and what to do. */
export const GATEWAY_SERVICE_RULES: readonly ((sections: Sections) => Finding[])[] = [
  ofGateway(function imageRepositoryExists({ image }, { images }) {
    if (images === undefined || image.repository in images.repositories || image.repository in images.remotes) return [];
    const known = [...Object.keys(images.repositories), ...Object.keys(images.remotes)];
    return [
      {
        path: ['gateway', 'image', 'repository'],
        message: `images has no repository ${image.repository}`,
        help: known.length > 0 ? `Write one of: ${known.join(', ')}.` : 'Add it under images.repositories.',
      },
    ];
  }),

  ofGateway(function secretsExist({ masterKey, saltKey }, { secrets }) {
    if (secrets === undefined) return [];
    const named = [
      { path: ['gateway', 'masterKey'], key: masterKey, example: 'source: generated, prefix: sk-, length: 48' },
      { path: ['gateway', 'saltKey', 'secret'], key: saltKey.secret, example: 'source: generated, length: 48' },
    ];
    return named
      .filter(({ key }) => secrets[key] === undefined)
      .map(({ path, key, example }) => ({
        path,
        message: `secrets has no ${key}`,
        help: `Add it there (${example}), or name another one.`,
      }));
  }),

  ofGateway(function masterKeyBeginsWithSk({ masterKey }, { secrets }) {
    const secret = secrets?.[masterKey];
    if (secret?.source !== 'generated' || secret.prefix.startsWith('sk-')) return [];
    return [
      {
        path: ['gateway', 'masterKey'],
        message: `the values of ${masterKey} do not begin with sk-, and LiteLLM takes only such keys`,
        help: `Write secrets.${masterKey}.prefix: sk-, and raise its version if it was written before.`,
      },
    ];
  }),

  ofGateway(function keysDiffer({ masterKey, saltKey }) {
    if (masterKey !== saltKey.secret) return [];
    return [
      {
        path: ['gateway', 'saltKey', 'secret'],
        message: 'is the master key too: who rotates the one would make everything unreadable that the other encrypts',
        help: 'Give the salt key a secret of its own.',
      },
    ];
  }),

  ofGateway(function saltKeyIsConfirmed(gateway, { secrets }) {
    const { secret, confirmed } = gateway.saltKey;
    const version = saltKeyVersion(gateway, secret, secrets ?? {});
    const inUse = `${secret}/${version}`;
    if (version === undefined || confirmed === inUse) return [];
    return [
      {
        path: ['gateway', 'saltKey', 'confirmed'],
        message:
          `the salt key would be ${inUse}, and ${confirmed} is confirmed: with another salt key the credentials, MCP servers and model keys that ` +
          'LiteLLM keeps encrypted in its database cannot be read any more',
        help: `Go back to ${confirmed}; or, if nothing encrypted is kept there or all of it will be entered again, write confirmed: ${inUse}.`,
      },
    ];
  }),

  ofGateway(function versionsAreOfSecretsAddedByHand({ secretVersions }, { secrets }) {
    if (secrets === undefined) return [];
    return Object.keys(secretVersions).flatMap((key) => {
      const secret = secrets[key];
      const path = ['gateway', 'secretVersions', key];
      if (secret === undefined) return [{ path, message: `secrets has no ${key}`, help: 'Correct the name, or remove the line.' }];
      if (secret.source === 'provided' && secret.value === 'by-hand') return [];
      return [
        { path, message: `Terraform writes the versions of ${key}`, help: `Remove the line; secrets.${key}.version says which is in use.` },
      ];
    });
  }),

  ofGateway(function sizesFitTogether({ size, scale }) {
    const findings: Finding[] = [];
    if (size && size.memoryGiB < size.cpu) {
      findings.push({
        path: ['gateway', 'size', 'memoryGiB'],
        message: `${size.memoryGiB} GiB is less than 1 GiB for each of the ${size.cpu} workers: one takes 500 to 680 MB before the first request`,
        help: `Write at least ${Math.max(size.cpu, size.cpu >= 4 ? 2 : 1)}; 2 GiB a worker leave room for long streams.`,
      });
    }
    if (scale && scale.max < scale.min) {
      findings.push({
        path: ['gateway', 'scale', 'max'],
        message: `${scale.max} is less than min, ${scale.min}`,
        help: 'Make it at least min.',
      });
    }
    return findings;
  }),

  ofGateway(function productionHasASecondInstance({ scale }, { tier }) {
    if (tier !== 'production' || scale === undefined || scale.min >= 2) return [];
    return [
      {
        path: ['gateway', 'scale', 'min'],
        message: 'one instance is not enough in the production tier: while it is replaced, nobody answers',
        help: 'Write at least 2.',
      },
    ];
  }),
];
