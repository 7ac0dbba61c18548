import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Retries } from '../../../../constructs/gateway/config';
import { mostRetries, retryPolicy } from '../../../../constructs/gateway/config/retry-policy';
import { LITELLM } from '../../../support/peers/litellm';
import { describeWith } from '../../../support/requirements';

/** Another number for each class, so that a number tells which one it was. */
const RETRIES: Retries = {
  badRequest: 1,
  authentication: 2,
  timeout: 3,
  rateLimit: 4,
  contentPolicy: 5,
  serverError: 6,
  unavailable: 7,
  notFound: 8,
  other: 9,
};

/** As `retry-policy.ts` and the environment file's schema describe the classes. */
const CLASSES: readonly (readonly [keyof Retries, readonly number[]])[] = [
  ['badRequest', [400, 403, 409, 413, 422]],
  ['authentication', [401]],
  ['notFound', [404]],
  ['timeout', [408, 504]],
  ['rateLimit', [429]],
  ['serverError', [500]],
  ['unavailable', [503]],
  ['other', [502]],
];

describeWith(LITELLM.prepare(), 'retries in the real LiteLLM', () => {
  const statuses = CLASSES.flatMap(([, some]) => some);
  const providers = ['vertex_ai', 'gemini'] as const;
  const ask = (): Record<string, Record<string, number>> => {
    const args = [retryPolicy(RETRIES), providers, statuses].map((argument) => JSON.stringify(argument));
    const { stdout } = spawnSync(LITELLM.command('python'), [join(__dirname, 'retry-classes.py'), ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: LITELLM.directory, LITELLM_LOCAL_MODEL_COST_MAP: 'True' },
    });
    return JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, Record<string, number>>;
  };

  it('go by the classes that are written here, for Vertex AI and AI Studio', () => {
    const expected = Object.fromEntries(CLASSES.flatMap(([name, some]) => some.map((status) => [status, RETRIES[name]])));
    expect(ask()).toEqual({ vertex_ai: expected, gemini: expected });
  }, 600_000);
});

describe('the most retries', () => {
  it('are those of the class with the most', () => {
    expect(mostRetries(RETRIES)).toBe(9);
  });
});
