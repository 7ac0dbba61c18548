import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { anchorsOf, linksOf } from './markdown';
import type { Page } from './pages';

/** What is wrong with the links of a page: `page:line: target: why`. Nothing is fetched: of an address outside only the form is looked at. */
export function brokenLinks({ path, text }: Page, root: string): string[] {
  return linksOf(text).flatMap(({ text: target, line }) => {
    const why = problemOf(target, path, text, root);
    return why === undefined ? [] : [`${path}:${line}: ${target}: ${why}`];
  });
}

function problemOf(target: string, page: string, text: string, root: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return formOf(target);
  const [file = '', anchor] = target.split('#');
  const found = file === '' ? join(root, page) : join(root, dirname(page), decodeURIComponent(file));
  if (file.startsWith('/') || relative(root, found).startsWith('..')) return 'leads out of the repository';
  if (!existsSync(found)) return 'no such file';
  if (anchor === undefined) return undefined;
  if (/^L\d+(-L\d+)?$/.test(anchor)) return 'a line number: it is another one tomorrow';
  if (statSync(found).isDirectory() || !found.endsWith('.md')) return 'an anchor in what is no page';
  const headings = anchorsOf(file === '' ? text : readFileSync(found, 'utf8'));
  return headings.has(anchor) ? undefined : `no such heading; there are ${[...headings].join(', ')}`;
}

function formOf(address: string): string | undefined {
  if (!URL.canParse(address)) return 'not an address';
  const { protocol, hostname, username } = new URL(address);
  if (protocol === 'mailto:') return undefined;
  if (protocol !== 'https:') return `${protocol} instead of https:`;
  if (username !== '') return 'holds a name or a password';
  return /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(hostname) ? undefined : 'a host that is not on the internet';
}
