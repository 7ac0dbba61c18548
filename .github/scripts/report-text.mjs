// The text of a report, as something that came from elsewhere: a pull request of a fork may have written whatever it wants into it.
import { lstatSync, readFileSync } from 'node:fs';
import { Told } from './github.mjs';

/** GitHub takes so many characters in a comment or an issue. */
const MOST_CHARACTERS = 65_536;

/** A name in front of which nothing stands that makes it an e-mail address: GitHub would tell that person. */
const MENTION = /(^|[^\w/])@(?=[A-Za-z0-9])/gm;

/** Shows nothing, and keeps what surrounds it apart. */
const WORD_JOINER = '\u2060';

/** Format characters that change how the text around them reads, and control characters, line ends and tabs aside. */
const DECEPTIVE = /[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The marker by which a comment is found again, in its first line. */
export const marker = (slug) => `<!-- plan-review: ${slug} -->`;

/**
 * Reads the text of a report, below a `note` of ours: what it is and how far it can be trusted. Refuses what is no file, too long, or of another
 * title.
 */
export function reportText(file, slug, note) {
  if (!/^[A-Za-z0-9-]{1,100}$/.test(slug)) throw new Told(`${slug} is no name of a report: letters, digits and dashes.`);
  // Not stat: a link could lead to any file of this machine.
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile()) throw new Told(`${file}: there is no such file.`);
  if (found.size > MOST_CHARACTERS * 4) throw new Told(`${file}: ${found.size} bytes are no comment.`);
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  const first = `${marker(slug)}\n`;
  if (!text.startsWith(first)) throw new Told(`${file}: this is no report with the title ${slug}.`);
  const body = text.slice(first.length).replace(DECEPTIVE, '').replace(MENTION, `$1@${WORD_JOINER}`);
  const whole = [marker(slug), ...(note === '' ? [] : [note, '']), body].join('\n');
  if (whole.length > MOST_CHARACTERS) throw new Told(`${file}: ${whole.length} characters; GitHub takes ${MOST_CHARACTERS}.`);
  return whole;
}
