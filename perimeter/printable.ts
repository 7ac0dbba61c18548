import { visible } from '../configuration/visible';

/** Longer texts are shown in part. */
const MAX_SHOWN = 120;

/** Text from a log, for a terminal: anybody can cause an entry, so every character is visible; and no more than fits. */
export function printable(text: string): string {
  const characters = [...visible(text)];
  return characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : characters.join('');
}
