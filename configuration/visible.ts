/** Control and format characters: they move the cursor, colour a line, turn its direction, or show nothing. */
const DECEPTIVE = /[\0-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** One visible character for each of the text: what is read from a file or a log must not be able to change what else is on a terminal. */
export const visible = (text: string): string => text.replace(DECEPTIVE, '·');
