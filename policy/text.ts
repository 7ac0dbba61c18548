/** A value that only Terraform knows: a reference that cannot be followed in the stack, or the result of an expression. */
export class Unresolved extends Error {
  constructor(
    /** Where it stands, e.g. `template.containers[0].image`. */
    readonly place: string,
    explanation = 'is known only to Terraform',
  ) {
    super(`\`${place}\` ${explanation}`);
    this.name = 'Unresolved';
  }
}

/** Ends of the interpolation that starts at `from` (its `${` or `%{`): braces in it are balanced, those in strings do not count. */
function endOfHole(raw: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let index = from + 1; index < raw.length; index += 1) {
    const character = raw[index];
    if (quoted && character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '{') depth += 1;
    else if (!quoted && character === '}' && (depth -= 1) === 0) return index + 1;
  }
  return raw.length;
}

/** The known parts of a Terraform template, in order; between two of them is a hole. `$${` and `%%{` are text. */
function knownParts(raw: string): { readonly parts: readonly string[]; readonly holes: readonly string[] } {
  const parts: string[] = [];
  const holes: string[] = [];
  let part = '';
  for (let index = 0; index < raw.length;) {
    const two = raw.slice(index, index + 2);
    if ((two === '$$' || two === '%%') && raw[index + 2] === '{') {
      part += `${raw[index]!}{`;
      index += 3;
    } else if (two === '${' || two === '%{') {
      const end = endOfHole(raw, index);
      holes.push(raw.slice(index, end));
      parts.push(part);
      part = '';
      index = end;
    } else {
      part += raw[index]!;
      index += 1;
    }
  }
  return { parts: [...parts, part], holes };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Text of a synthesized stack, of which parts may be known only to Terraform. It answers what the known parts decide, and throws
 * `Unresolved` where they do not: `serviceAccount:${…}` is not `allUsers`, whatever comes after the colon.
 */
export class Text {
  private readonly parts: readonly string[];
  /** The expressions in it, as they are written: `${google_service_account.runtime.email}`. */
  readonly holes: readonly string[];

  constructor(
    private readonly raw: string,
    readonly place: string,
  ) {
    const { parts, holes } = knownParts(raw);
    this.parts = parts;
    this.holes = holes;
  }

  /** All of it. */
  get known(): string {
    if (this.holes.length > 0) throw this.unresolved();
    return this.parts[0]!;
  }

  /** True if it is one of these. */
  is(...candidates: readonly string[]): boolean {
    if (this.holes.length === 0) return candidates.includes(this.parts[0]!);
    const shape = new RegExp(`^${this.parts.map(escaped).join('[^]*')}$`);
    if (candidates.some((candidate) => shape.test(candidate))) throw this.unresolved();
    return false;
  }

  startsWith(...prefixes: readonly string[]): boolean {
    const [first = ''] = this.parts;
    if (prefixes.some((prefix) => first.startsWith(prefix))) return true;
    if (this.holes.length > 0 && prefixes.some((prefix) => prefix.startsWith(first))) throw this.unresolved();
    return false;
  }

  endsWith(...suffixes: readonly string[]): boolean {
    const last = this.parts.at(-1)!;
    if (suffixes.some((suffix) => last.endsWith(suffix))) return true;
    if (this.holes.length > 0 && suffixes.some((suffix) => suffix.endsWith(last))) throw this.unresolved();
    return false;
  }

  /** True if a known part contains it; what stands in the holes may contain it too. */
  contains(needle: string): boolean {
    if (this.parts.some((part) => part.includes(needle))) return true;
    if (this.holes.length > 0) throw this.unresolved();
    return false;
  }

  /** For what cannot be decided on parts. */
  matches(pattern: RegExp): boolean {
    return pattern.test(this.known);
  }

  /** Nothing in it is literal: there is no secret to be read here. */
  get isReference(): boolean {
    return this.holes.length > 0 && this.parts.every((part) => part === '');
  }

  /** As it is written, expressions included. */
  toString(): string {
    return this.raw;
  }

  private unresolved(): Unresolved {
    const [hole = ''] = this.holes;
    return new Unresolved(this.place, /^\$\{[\w.[\]-]+\}$/.test(hole) ? `refers to ${hole}, which is not known in the stack` : undefined);
  }
}
