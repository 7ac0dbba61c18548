import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { literal, Token } from '../../core';

/** What one variable of Cloud Run holds, in bytes: https://cloud.google.com/run/docs/reference/rest/v2/Container#EnvVar */
const MAX_VARIABLE = 32_768;

/** A part ends where a line does, so that a plan shows whole lines. */
function partsOf(text: string, limit: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const line of text.split(/(?<=\n)/)) {
    if (part !== '' && Buffer.byteLength(part + line) > limit) {
      parts.push(part);
      part = '';
    }
    part += line;
  }
  return [...parts, part];
}

/**
 * Files as variables of a container, which the launcher writes before LiteLLM starts. They are part of the revision: a revision from last
 * month starts with the files of last month, whatever has happened to a bucket or a secret since.
 * @param files text by absolute path. Text from a file goes in as it stands; what is known to Terraform only is not split.
 */
export function carriedFiles(files: Readonly<Record<string, string>>): Record<string, string> {
  const values = Object.entries(files).flatMap(([path, text]) => {
    const parts = Token.isUnresolved(text) ? [text] : partsOf(text, MAX_VARIABLE - Buffer.byteLength(path) - 1).map(literal);
    return parts.map((part) => `${path}\n${part}`);
  });
  return Object.fromEntries(values.map((value, index) => [`GATEWAY_FILE_${index}`, value]));
}

/** The program that writes them. Python, because every image of LiteLLM has it. */
export const LAUNCHER = readFileSync(join(__dirname, 'launcher.py'), 'utf8');
