import { createHash } from 'node:crypto';
import { JSONParser } from '@streamparser/json';

/** What became of reading a log. */
export interface LogReading {
  readonly entries: number;
  readonly bytes: number;
  /** Digest of the bytes, in hexadecimal; what `sha256sum` prints of the file. */
  readonly sha256: string;
  /** Why what was read is not all of it; undefined if it is. */
  readonly broken?: string;
}

/**
 * Reads the one array that `gcloud logging read --format=json` prints, an entry at a time: a busy perimeter logs more than fits in memory
 * comfortably. What is read before the log breaks off is used, and that it broke off is told.
 */
export async function readLog(chunks: AsyncIterable<Uint8Array>, onEntry: (entry: unknown, index: number) => void): Promise<LogReading> {
  const hash = createHash('sha256');
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
  let [entries, bytes] = [0, 0];
  let broken: string | undefined;
  let begun = false;
  parser.onValue = ({ value }) => onEntry(value, entries++);
  parser.onError = (error) => {
    broken ??= `it is not valid JSON after entry ${entries}: ${error.message.split('\n')[0]!.slice(0, 200)}`;
  };
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    if (broken !== undefined) continue;
    const first = begun ? undefined : firstCharacter(chunk);
    if (first !== undefined) {
      begun = true;
      if (first !== '[') broken = 'it is not one JSON array: read it with `gcloud logging read … --format=json`';
    }
    if (broken === undefined) parser.write(chunk);
  }
  if (broken === undefined && !parser.isEnded)
    broken = bytes === 0 ? 'it is empty: without entries, gcloud prints []' : `it ends within entry ${entries + 1}`;
  return { entries, bytes, sha256: hash.digest('hex'), broken };
}

/** Undefined: only space so far. */
function firstCharacter(chunk: Uint8Array): string | undefined {
  const index = chunk.findIndex((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  return index < 0 ? undefined : String.fromCharCode(chunk[index]!);
}
