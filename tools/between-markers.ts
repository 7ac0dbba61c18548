/**
 * A page with other text between two of its lines.
 * @throws Error if it has no such place
 */
export function betweenMarkers(page: string, file: string, begin: string, end: string, text: string): string {
  const [from, to] = [page.indexOf(`${begin}\n`), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for what is generated: ${begin} and ${end}, a line each.`);
  return `${page.slice(0, from)}${begin}\n${text}${page.slice(to)}`;
}
