/** Longer texts are shown in part. */
const MAX_SHOWN = 120;

/**
 * Text from a log, for a terminal: one visible character for each, so that nobody who can cause an entry can move the cursor, colour the
 * line or turn its direction; and no more than fits.
 */
export function printable(text: string): string {
  const visible = text.replace(/[\0-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, '·');
  const characters = [...visible];
  return characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : visible;
}
