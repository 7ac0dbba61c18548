/** Characters that XML does not allow, and those that make a text look like another: control, format (bidi) and private ones. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** Every character can be seen for what it is; one line. */
export const visible = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(DECEPTIVE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escaped = (text: string): string => visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** Half a pixel is fine enough, and keeps files small. */
export const px = (value: number): string => String(Math.round(value * 2) / 2);

/** An element; attributes without a value are left out. Children are markup already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly string[]
): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? px(value) : escaped(value)}"`],
  );
  const inner = children.join('');
  return inner === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${inner}</${name}>`;
}

export const title = (text: string): string => (text === '' ? '' : `<title>${escaped(text)}</title>`);
