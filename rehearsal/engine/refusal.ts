import { type TypeFacts } from '../schema/types';
import { type Operation } from '../faults';
import { type Diagnostic, failure } from './diagnostics';

const REASONS: Readonly<Record<number, string>> = {
  400: 'failedPrecondition',
  404: 'notFound',
  409: 'alreadyExists',
  429: 'rateLimitExceeded',
  503: 'backendError',
};

/** An error of the service, in its own words. */
export function refusal(
  facts: Pick<TypeFacts, 'provider' | 'type'>,
  doing: Operation,
  id: string,
  status: number,
  message: string,
): Diagnostic {
  const words =
    facts.provider === 'google'
      ? `googleapi: Error ${status}: ${message}, ${REASONS[status] ?? 'unknown'}`
      : `api error ${status}: ${message}`;
  return failure(`Cannot ${doing} ${facts.type}`, id === '' || message.includes(id) ? words : `${id}: ${words}`);
}
