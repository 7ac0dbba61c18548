/** How a character looks: what stands in the escape sequences before it, e.g. `33` or `1;31`; empty for plain text. */
export interface Run {
  readonly text: string;
  readonly style: string;
}

interface Cell {
  readonly char: string;
  readonly style: string;
}

/** Everything that a program may send: text, line ends, and the sequences below. */
const PIECES = /\x1b\[([?0-9;]*)([A-Za-z])|\r|\n|[^\x00-\x1f\x7f]|([^])/gu;

/** Ends of a style: all of them, weight and dimness, foreground, background. */
const RESETS: Readonly<Record<string, RegExp>> = { '0': /./, '': /./, '22': /^[12]$/, '39': /^[39]\d$/, '49': /^(4|10)\d$/ };

/**
 * What a terminal shows of the output of a program. It knows what the commands here send; anything else is an error, so that a picture
 * is never silently another than what people see.
 */
export class Screen {
  private readonly rows: Cell[][] = [[]];
  private row = 0;
  private column = 0;
  private style: string[] = [];

  constructor(
    private readonly columns: number,
    private readonly height: number,
  ) {}

  write(output: string): void {
    for (const [piece, parameters, command, unknown] of output.matchAll(PIECES)) {
      if (unknown !== undefined) throw new Error(`a control character that is not drawn: ${JSON.stringify(unknown)}`);
      if (command !== undefined) this.obey(command, parameters!);
      else if (piece === '\r') this.column = 0;
      else if (piece === '\n') this.down();
      else this.put(piece);
    }
  }

  /** The lines, without what is empty at their ends and below the last. */
  lines(): Run[][] {
    const lines = this.rows.map((cells) => runsOf(cells));
    while (lines.at(-1)?.length === 0) lines.pop();
    return lines;
  }

  private put(char: string): void {
    if (this.column === this.columns) {
      this.column = 0;
      this.down();
    }
    const cells = this.rows[this.row]!;
    while (cells.length < this.column) cells.push({ char: ' ', style: '' });
    cells[this.column] = { char, style: this.style.join(';') };
    this.column += 1;
  }

  private down(): void {
    this.row += 1;
    if (this.row === this.rows.length) this.rows.push([]);
    if (this.rows.length > this.height) {
      this.rows.shift();
      this.row -= 1;
    }
  }

  private obey(command: string, parameters: string): void {
    const count = Number(parameters || '1');
    if (command === 'm') parameters.split(';').forEach((each) => this.restyle(each));
    else if (command === 'A') this.row = Math.max(0, this.row - count);
    else if (command === 'G') this.column = count - 1;
    else if (command === 'K' && parameters === '2') this.rows[this.row] = [];
    else if (command === 'K' && /^0?$/.test(parameters)) this.rows[this.row]!.length = Math.min(this.column, this.rows[this.row]!.length);
    else if (command === 'J' && /^0?$/.test(parameters)) this.rows.splice(this.row + 1);
    // The cursor is not drawn.
    else if (!(/^[hl]$/.test(command) && parameters === '?25'))
      throw new Error(`a sequence that is not drawn: ESC[${parameters}${command}`);
  }

  private restyle(code: string): void {
    const reset = RESETS[code];
    this.style = reset ? this.style.filter((each) => !reset.test(each)) : [...this.style.filter((each) => each[0] !== code[0]), code];
  }
}

function runsOf(cells: readonly Cell[]): Run[] {
  const runs: { text: string; style: string }[] = [];
  for (const { char, style } of cells) {
    const last = runs.at(-1);
    if (last?.style === style) last.text += char;
    else runs.push({ text: char, style });
  }
  const last = runs.at(-1);
  if (last !== undefined) last.text = last.text.trimEnd();
  return last?.text === '' ? runs.slice(0, -1) : runs;
}
