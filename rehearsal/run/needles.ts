/** Shorter values occur by chance; a provider that makes up so short a secret has other problems. */
export const SHORTEST = 6;

/** Bytes at the start of each needle that the scan looks up. */
const HEAD = 4;
const SLOTS = 1 << 20;

const slot = (word: number): number => Math.imul(word, 0x9e3779b1) >>> 12;

/**
 * Finds many byte strings in one pass: each position is looked up by its first four bytes, and only where one of the needles begins so is it
 * compared. The time depends on the size of the file, not on the number of secrets.
 */
export class Needles<T> {
  private readonly begins = new Uint8Array(SLOTS);
  private readonly byHead = new Map<number, { bytes: Buffer; of: T }[]>();

  add(text: string | Buffer, of: T): void {
    const bytes = Buffer.from(text as string);
    if (bytes.length < SHORTEST) return;
    const head = bytes.readUInt32LE(0);
    this.begins[slot(head)] = 1;
    const alike = this.byHead.get(head) ?? [];
    if (alike.some((each) => each.of === of && each.bytes.equals(bytes))) return;
    this.byHead.set(head, [...alike, { bytes, of }]);
  }

  /** What each needle that occurs in the bytes stands for, each once. */
  in(haystack: Buffer): Set<T> {
    const found = new Set<T>();
    if (haystack.length < HEAD) return found;
    let word = haystack.readUIntLE(0, HEAD - 1) << 8;
    for (let end = HEAD - 1; end < haystack.length; end++) {
      word = (word >>> 8) | (haystack[end]! << 24);
      if (this.begins[slot(word)] === 0) continue;
      const start = end - HEAD + 1;
      for (const { bytes, of } of this.byHead.get(word >>> 0) ?? []) {
        if (!found.has(of) && haystack.compare(bytes, 0, bytes.length, start, Math.min(start + bytes.length, haystack.length)) === 0)
          found.add(of);
      }
    }
    return found;
  }
}
