/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | undefined | false | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

const SPECIAL = /[&<>"'`]/;

export const escapeHtml = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[&<>"'`]/g, (character) => ENTITIES[character]!) : text;

function textOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return (part as readonly Part[]).map(textOf).join('');
  return escapeHtml(String(part));
}

/** HTML in which whatever is filled in is text, unless it is HTML by its type. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.reduce((text, string, index) => text + (index === 0 ? '' : textOf(parts[index - 1])) + string, ''));

export const NONE = new Html('');
