import { randomBytes } from 'node:crypto';
import { type SecretLedger } from '../ledger';
import { RehearsalError } from './exit-codes';
import { type Stack } from './stacks';

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * Values for the input variables of a stack that have none, as `TF_VAR_…`. What a person sets in the environment counts; else the rehearsal
 * makes one up: for an ephemeral or sensitive variable a random secret, for any other text a word that says where it is from.
 */
export function variableValues(stack: Stack, secrets: SecretLedger, given: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const values: Record<string, string> = {};
  const untold: string[] = [];
  for (const [name, variable] of Object.entries(stack.configuration.variable ?? {})) {
    const key = `TF_VAR_${name}`;
    const secret = variable.ephemeral === true || variable.sensitive === true;
    const needed = secret ? isEmpty(variable.default) : variable.default === undefined;
    const value = given[key] ?? (needed ? madeUp(name, secret) : undefined);
    if (value === undefined) continue;
    if (given[key] === undefined && (variable.type ?? 'string') !== 'string') untold.push(`${name} (${variable.type})`);
    values[key] = value;
    if (secret) secrets.record(value, `var.${name} of ${stack.id}`);
  }
  if (untold.length === 0) return values;
  throw new RehearsalError(
    'usage',
    `${stack.id}: these variables have no default, and the rehearsal makes up text only: ${untold.join(', ')}. Set TF_VAR_<name>.`,
  );
}

const madeUp = (name: string, secret: boolean): string => (secret ? randomBytes(24).toString('base64url') : `rehearsal-${name}`);
