import { escapeHtml } from '../../review/report/html-text';
import { visible as revealed } from '../../review/report/visible';

/** Every character can be seen for what it is, blanks are one space; nothing is left that XML does not allow. */
export const visible = (text: string): string => revealed(text.replace(/\s+/g, ' '));

export const escaped = (text: string): string => escapeHtml(visible(text));

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
