import type { Requests, Retries } from './model-group';
import type { Usage } from './usage';

/** What is not said of requests; few tries, because a fallback is better than waiting. */
export interface RequestSettings extends Partial<Omit<Requests, 'retries'>> {
  /**
   * Tries after the first, by class of error.
   * @default each as in `DEFAULT_REQUESTS`
   */
  readonly retries?: Partial<Retries>;
}

export const DEFAULT_REQUESTS: Requests = {
  timeoutSeconds: 300,
  retries: {
    rateLimit: 2,
    timeout: 1,
    serverError: 2,
    unavailable: 2,
    other: 1,
    authentication: 0,
    notFound: 0,
    badRequest: 0,
    contentPolicy: 0,
  },
  retryAfterSeconds: 1,
  cooldownSeconds: 5,
  dropUnsupported: true,
};

/** LiteLLM's authors advise to write spend every 60 seconds in production. */
export const DEFAULT_USAGE: Usage = { callbacks: {}, recordPrompts: false, spendTagHeaders: [], spendEverySeconds: 60 };

export const requestsOf = ({ retries, ...given }: RequestSettings): Requests => ({
  ...DEFAULT_REQUESTS,
  ...given,
  retries: { ...DEFAULT_REQUESTS.retries, ...retries },
});
