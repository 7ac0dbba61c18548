import type { RetryPolicy } from './litellm-config';
import type { Retries } from './model-group';

/**
 * LiteLLM's retry policy. It goes by the class of exception that an answer becomes, looked up for Vertex AI and AI Studio in the pinned
 * version: 408, 504 and our own time-out → Timeout; 429 → RateLimit; 500 → InternalServer; 503 → ServiceUnavailable; 401 → Authentication;
 * 404 → NotFound; 400, 403, 409, 413, 422 → BadRequest (403 since LiteLLM finds that number in the body of Google's errors; a 403 with a body
 * that does not say it has no class). 502 and lost connections have no field of their own: only `DefaultRetries` holds for them, and the
 * client sees 500 for 502. Every field is written: an absent one would mean another setting, not none.
 * Not to be had at all: a limit to all tries together, a wait that differs by class, and any try after the first byte of a stream.
 */
export const retryPolicy = (retries: Retries): RetryPolicy => ({
  BadRequestErrorRetries: retries.badRequest,
  AuthenticationErrorRetries: retries.authentication,
  TimeoutErrorRetries: retries.timeout,
  RateLimitErrorRetries: retries.rateLimit,
  ContentPolicyViolationErrorRetries: retries.contentPolicy,
  InternalServerErrorRetries: retries.serverError,
  ServiceUnavailableErrorRetries: retries.unavailable,
  NotFoundErrorRetries: retries.notFound,
  DefaultRetries: retries.other,
});

/** Of all classes: a request can meet each in turn, and the first one decides. */
export const mostRetries = (retries: Retries): number => Math.max(...Object.values(retries));
