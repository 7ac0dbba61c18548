import type { Checks } from './checks';

/** Labels of Google Cloud resources; AWS takes them as tags. */
export type Labels = Readonly<Record<string, string>>;

/** https://cloud.google.com/compute/docs/labeling-resources#requirements */
const MAX_LABELS = 64;
const KEY = /^[a-z][a-z0-9_-]{0,62}$/;
const VALUE = /^[a-z0-9_-]{0,63}$/;

export function checkLabels(check: Checks, labels: Labels): void {
  const entries = Object.entries(labels);
  check.between('number of labels', entries.length, 0, MAX_LABELS);
  for (const [key, value] of entries) {
    check.matches('label key', key, KEY, '1 to 63 of a-z, 0-9, dash and underscore, starting with a letter');
    check.matches(`labels.${key}`, value, VALUE, 'at most 63 of a-z, 0-9, dash and underscore');
  }
}
