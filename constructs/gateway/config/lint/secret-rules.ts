import { eachValue } from './each-value';
import { looksSecret } from './looks-secret';
import { REFERENCE } from '../litellm-config';
import type { Rule } from './rule';

const LIGHT = `
models:
  light:
    deployments: [{ provider: managed, model: gemini-3.5-flash-lite }]
    lastResort: true`;

/** Secrets stand in Secret Manager, and reach LiteLLM as environment variables. */
export const SECRET_RULES: readonly Rule[] = [
  {
    id: 'variable-unbound',
    level: 'error',
    why: 'LiteLLM starts with a reference to a variable that is not set, and takes it for nothing: no key, no host, no limit.',
    link: 'https://docs.litellm.ai/docs/proxy/configs',
    bad: `${LIGHT}
extra:
  litellm_settings: { slack_webhook_url: os.environ/SLACK_WEBHOOK }
  general_settings: { pass_through_endpoints: [{ path: /x, headers: { Authorization: os.environ/X_TOKEN } }] }`,
    good: `${LIGHT}
extra:
  general_settings: { pass_through_endpoints: [{ path: /x, headers: { Authorization: os.environ/X_TOKEN } }] }
  secrets: { X_TOKEN: alert-webhook }`,
    check: ({ config, variables }) =>
      eachValue(config).flatMap(({ value, path }) => {
        const [, name] = REFERENCE.exec(value) ?? [];
        if (name === undefined || variables.includes(name)) return [];
        return [{ place: path, message: `the gateway has no variable ${name}. Name its secret in extra.secrets, or correct the name.` }];
      }),
  },
  {
    id: 'secret-literal',
    level: 'error',
    why: 'The configuration is in the plan, in the state and on disk. Whoever can read one of them would have the key.',
    link: 'https://docs.litellm.ai/docs/proxy/configs',
    bad: `${LIGHT}
extra:
  general_settings: { alerting_args: { token: xoxb-what-slack-gave-us } }`,
    good: `${LIGHT}
extra:
  general_settings: { alerting_args: { token: os.environ/SLACK_TOKEN } }
  secrets: { SLACK_TOKEN: alert-webhook }`,
    check: ({ config }) =>
      eachValue(config).flatMap(({ value, path }) => {
        const kind = looksSecret(path, value);
        if (kind === undefined) return [];
        return [{ place: path, message: `it looks like ${kind}. Keep it as a secret, and write os.environ/NAME with extra.secrets.` }];
      }),
  },
];
