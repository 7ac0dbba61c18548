import { type TypeFacts } from '../schema/types';
import { type Diagnostic, failure } from './diagnostics';
import { type ObjectValue } from './values';

/** Why the provider does not destroy an object, if so. */
export function protectionOf(facts: TypeFacts, prior: ObjectValue): Diagnostic | undefined {
  const what = `${facts.type} ${String(prior.id)}`;
  const summary = `${facts.type} is protected against deletion`;
  const guard = facts.deletionProtection;
  if (guard !== undefined && prior[guard] === true) {
    return failure(summary, `${guard} of ${what} is true. Set ${guard} = false, apply that, and destroy then.`, [guard]);
  }
  if (prior.deletion_policy === 'PREVENT') {
    return failure(summary, `deletion_policy of ${what} is PREVENT. Set it to DELETE, apply that, and destroy then.`, ['deletion_policy']);
  }
  return undefined;
}

/**
 * What a destroy leaves of an object; null: nothing. Google's types name it alike everywhere: an abandoned object only leaves the state, a
 * disabled one stays as it is but for that, and a service that is not disabled on destroy goes on.
 */
export function leftBehind(prior: ObjectValue, stored: ObjectValue): ObjectValue | null {
  if (prior.deletion_policy === 'ABANDON' || prior.disable_on_destroy === false) return stored;
  return prior.deletion_policy === 'DISABLE' ? { ...stored, enabled: false } : null;
}
