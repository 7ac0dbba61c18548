import { z } from 'zod';

/** Settings of requests that a group and the whole gateway share, see `gateway-models.ts` and `gateway-settings.ts`. */

const tries = z.number().int().min(0).max(5);

const classes = {
  rateLimit: tries.describe('After 429.'),
  timeout: tries.describe('After 408, 504 and our own time-out.'),
  serverError: tries.describe('After 500.'),
  unavailable: tries.describe('After 503.'),
  other: tries.describe('After 502 and lost connections, for which LiteLLM has no class of its own. Clients see 500 for 502.'),
  authentication: tries.describe('After 401.'),
  notFound: tries.describe('After 404.'),
  badRequest: tries.describe('After 400, 403, 409, 413 and 422.'),
  contentPolicy: tries.describe('After a refusal for what is said.'),
};

/** Few tries, because a fallback is better than waiting; none where the next answer would be the same. */
export const retries = z.strictObject({
  rateLimit: classes.rateLimit.default(2),
  timeout: classes.timeout.default(1),
  serverError: classes.serverError.default(2),
  unavailable: classes.unavailable.default(2),
  other: classes.other.default(1),
  authentication: classes.authentication.default(0),
  notFound: classes.notFound.default(0),
  badRequest: classes.badRequest.default(0),
  contentPolicy: classes.contentPolicy.default(0),
});

/** Of a group: what it does not say, the gateway says. So nothing has a default here. */
export const groupRetries = z.strictObject(classes).partial();

const threshold = z.enum(['off', 'only-high', 'medium-and-above', 'low-and-above']);

export const safety = z.strictObject({
  harassment: threshold.optional(),
  hateSpeech: threshold.optional(),
  sexuallyExplicit: threshold.optional(),
  dangerousContent: threshold.optional(),
});

export const timeoutSeconds = z.number().int().min(1).max(1800);

/** LiteLLM counts requests and tokens over all instances with Redis; what runs at a time, a worker for itself. */
export const capSettings = {
  requestsPerMinute: z.number().int().min(1).optional().describe('Requests a minute.'),
  tokensPerMinute: z.number().int().min(1).optional().describe('Tokens a minute, in and out.'),
  parallelRequests: z.number().int().min(1).optional().describe('Requests at a time, of each worker.'),
};

const dollars = z.number().min(0).max(10_000);

export const price = z
  .strictObject({
    input: dollars.describe('US dollars a million tokens in.'),
    output: dollars.describe('US dollars a million tokens out.'),
  })
  .optional()
  .describe('For spend and budgets. Default: the price list of the pinned LiteLLM.');

/** In LiteLLM's spelling; the construct holds the keys against those that the pinned version knows. */
export const extraKeys = z.record(z.string(), z.unknown());
