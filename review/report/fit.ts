/** A part of a text. The smaller its importance number the later it is cut; 0 is never cut. */
export interface Piece {
  readonly importance: number;
  readonly text: string;
  /** What is missing where it is cut, in the plural; empty: nobody misses it. */
  readonly kind: string;
}

/** Puts as many pieces as fit between head and foot, in their order, the most important first served; says what was cut, and where it is. */
export function fit(head: string, pieces: readonly Piece[], foot: string, limit: number, full: string | undefined): string {
  const join = (kept: readonly Piece[], note: string) =>
    [head, ...(note === '' ? [] : [note]), ...kept.map(({ text }) => text), foot].join('\n');
  const whole = join(pieces, '');
  if (whole.length <= limit) return whole;
  // Frames count whether or not anything is in them. The note is written when it is known what it has to say.
  const room = limit - head.length - foot.length - NOTE_ROOM - framesOf(pieces);
  const kept = choose(pieces, room);
  const missing = pieces.filter((piece) => !kept.has(piece));
  return join(withoutEmptyFrames(pieces.filter((piece) => kept.has(piece))), note(missing, full)).slice(0, limit);
}

const NOTE_ROOM = 500;

const framesOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((total, { importance, text }) => (importance === 0 ? total + text.length + 1 : total), 0);

function choose(pieces: readonly Piece[], room: number): Set<Piece> {
  const kept = new Set(pieces.filter(({ importance }) => importance === 0));
  let left = room;
  for (const piece of [...pieces].filter(({ importance }) => importance > 0).sort((one, other) => one.importance - other.importance)) {
    if (piece.text.length + 1 > left) continue;
    kept.add(piece);
    left -= piece.text.length + 1;
  }
  return kept;
}

/** A fold that nothing is left in stays closed and honest: its summary tells the counts. A heading without anything below it goes. */
function withoutEmptyFrames(pieces: readonly Piece[]): Piece[] {
  const isFrame = (piece: Piece | undefined) => piece === undefined || piece.importance === 0;
  return pieces.filter((piece, index) => !(piece.text.startsWith('#') && isFrame(pieces[index + 1])));
}

function note(missing: readonly Piece[], full: string | undefined): string {
  const counts = new Map<string, number>();
  for (const { kind } of missing) if (kind !== '') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const list = [...counts].map(([kind, number]) => `${number.toLocaleString('en')} ${kind}`).join(', ');
  const where = full === undefined ? 'The full report is the HTML one (`--format html`).' : `The full report: ${linked(full)}.`;
  return `✂️ **Cut to fit a comment**, the least important first; not shown: ${list}. ${where}\n`;
}

const linked = (full: string): string =>
  /^https:\/\/[\w./~:?#@!$&'*+,;=%-]+$/.test(full) ? `<${full}>` : `\`${full.replace(/[`\r\n]/g, '')}\``;
