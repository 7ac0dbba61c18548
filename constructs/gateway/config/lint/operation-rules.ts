import { PINNED_VERSION } from '../known-keys';
import { ENTERPRISE_CALLBACKS } from '../usage';
import { extraKeysOf } from './key-rules';
import type { Rule } from './rule';

const LIGHT = `
models:
  light:
    deployments: [{ provider: managed, model: gemini-3.5-flash-lite }]
    lastResort: true`;

/** Keys that LiteLLM honours with a licence of LiteLLM Enterprise only. Sources: the pages that mark them so. */
const ENTERPRISE_KEYS: Readonly<Record<string, string>> = {
  maximum_spend_logs_retention_period: 'https://docs.litellm.ai/docs/proxy/spend_logs_deletion',
  key_management_system: 'https://docs.litellm.ai/docs/secret_managers/google_secret_manager',
  allowed_ips: 'https://docs.litellm.ai/docs/proxy/ip_address',
  enable_jwt_auth: 'https://docs.litellm.ai/docs/proxy/token_auth',
  admin_only_routes: 'https://docs.litellm.ai/docs/proxy/enterprise',
};

/** Turned off by a value, not on: that is wanted. */
const isOff = (value: unknown): boolean => value === false || value === null;

/** How the gateway runs, and what is told of requests. */
export const OPERATION_RULES: readonly Rule[] = [
  {
    id: 'health-checks-cost',
    level: 'error',
    why: "LiteLLM's health checks are requests to every model: paid, every few minutes, from every worker.",
    link: 'https://docs.litellm.ai/docs/proxy/health',
    bad: `${LIGHT}
extra:
  general_settings: { enable_health_check_routing: true }`,
    good: `${LIGHT}
extra:
  general_settings: { enable_health_check_routing: false }`,
    check: (subject) =>
      extraKeysOf(subject)
        .filter(({ key, value }) => /health_check/.test(key) && !key.startsWith('disable_') && !isOff(value))
        .map(({ key, place }) => ({
          place,
          message: `${key} makes paid requests to the models. Remove it: Cloud Run asks /health/readiness.`,
        })),
  },
  {
    id: 'enterprise-only',
    level: 'error',
    why: 'Without a licence of LiteLLM Enterprise it does not start, or leaves the setting without effect and says so in its log only.',
    link: 'https://docs.litellm.ai/docs/proxy/enterprise',
    bad: `${LIGHT}
usage:
  callbacks: { gcsBucket: { bucket: acme-requests } }`,
    good: `${LIGHT}
usage:
  callbacks: { gcsBucket: { bucket: acme-requests } }
  enterpriseLicence: alert-webhook`,
    check: (subject) => {
      if (subject.usage.licenceSecret !== undefined) return [];
      const advice = 'Name the secret with the licence in usage.enterpriseLicence, or remove it.';
      const callbacks = ENTERPRISE_CALLBACKS.filter((name) => subject.usage.callbacks[name] !== undefined);
      const keys = extraKeysOf(subject).filter(({ key }) => key in ENTERPRISE_KEYS);
      return [
        ...callbacks.map((name) => ({ place: `usage.callbacks.${name}`, message: `it needs LiteLLM Enterprise. ${advice}` })),
        ...keys.map(({ key, place }) => ({ place, message: `it needs LiteLLM Enterprise (${ENTERPRISE_KEYS[key]}). ${advice}` })),
      ];
    },
  },
  {
    id: 'prompts-recorded',
    level: 'warning',
    why: 'What people say to a model is often about people: whoever reads the database or the traces reads it.',
    link: 'https://docs.litellm.ai/docs/proxy/logging',
    bad: `${LIGHT}
usage: { recordPrompts: true }`,
    good: LIGHT,
    check: ({ usage }) =>
      usage.recordPrompts
        ? [{ place: 'usage.recordPrompts', message: 'prompts and answers go to the callbacks and into the database. Is everybody told?' }]
        : [],
  },
  {
    id: 'version-differs',
    level: 'warning',
    why: 'Keys, prices and the behaviour that the settings rely on were looked up in one version, and the image has another.',
    link: 'https://github.com/BerriAI/litellm/releases',
    bad: `${LIGHT}
image: { version: 1.99.4 }`,
    good: LIGHT,
    check: ({ imageVersion = PINNED_VERSION }) => {
      if (imageVersion === PINNED_VERSION) return [];
      const message =
        `the image has LiteLLM ${imageVersion}; what is known here is ${PINNED_VERSION}. ` +
        `See what differs with: npm run litellm-keys -- --version ${imageVersion}`;
      // A patch fixes, and changes no setting.
      const level = minor(imageVersion) === minor(PINNED_VERSION) ? ('note' as const) : ('warning' as const);
      return [{ place: 'image.version', level, message }];
    },
  },
];

const minor = (version: string): string => version.split('.').slice(0, 2).join('.');
