import { isSecret, isUnknown, type Value } from '../plan';

/** A name or a value in the sentence of a finding. The formats show what is between «» as code, whatever is in it. */
export function quote(value: Value | undefined): string {
  if (isSecret(value)) return 'a sensitive value';
  if (isUnknown(value)) return 'a value known only after apply';
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `«${text.replaceAll('«', '‹').replaceAll('»', '›')}»`;
}

/** "a, b and 3 more". */
export function quoteAll(values: readonly Value[], most = 5): string {
  const shown = values.slice(0, most).map(quote).join(', ');
  return values.length > most ? `${shown} and ${values.length - most} more` : shown;
}

/** The last part of a resource name. */
export const lastPart = (value: string): string => value.slice(value.lastIndexOf('/') + 1);
