import { existsSync, writeFileSync } from 'node:fs';
import { basename, extname, relative, dirname, join } from 'node:path';
import { htmlPage, jsonDocument, markdown, sarif, type Report } from '../review';

export const FORMATS = ['markdown', 'html', 'json', 'sarif'] as const;

export type Format = (typeof FORMATS)[number];

const BY_EXTENSION: Readonly<Record<string, Format>> = { '.md': 'markdown', '.html': 'html', '.json': 'json', '.sarif': 'sarif' };

/** The format of a file by its ending. Undefined: the ending says nothing. */
export const formatOf = (file: string): Format | undefined => BY_EXTENSION[extname(file).toLowerCase()];

/** A report cannot be written: a message for people. */
export class OutputError extends Error {}

export interface Rendering {
  readonly title: string;
  /** Where the whole report is, for a comment that has to be cut. */
  readonly full?: string;
}

export function render(report: Report, format: Format, { title, full }: Rendering): string {
  switch (format) {
    case 'markdown':
      return markdown(report, { title, full });
    case 'html':
      return htmlPage(report, { title });
    case 'json':
      return jsonDocument(report, title);
    case 'sarif':
      return sarif(report, environmentFile);
  }
}

/** Writes the report to each file, in the format of its ending or the one that was asked for. */
export function writeTo(files: readonly string[], report: Report, format: Format | undefined, rendering: Rendering): void {
  const page = files.find((file) => (format ?? formatOf(file)) === 'html');
  for (const file of files) {
    // A comment that is cut names the page that lies beside it, unless an address was given.
    const full = rendering.full ?? (page === undefined ? undefined : relative(dirname(file), page) || basename(page));
    write(file, render(report, format ?? formatOf(file) ?? 'markdown', { ...rendering, full }));
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new OutputError(`--output ${file} cannot be written: ${(error as Error).message}. Its directory must be there, and writable.`);
  }
}

/** Code scanning shows a finding at a file: the environment's, where the stack's name leads to one. */
function environmentFile(stack: string): string {
  const file = join('environments', `${stack.slice(0, Math.max(0, stack.lastIndexOf('-')))}.yaml`);
  return existsSync(file) ? file : 'cdktf.json';
}
