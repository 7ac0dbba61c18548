import { type Difference, type Line } from '../diff';
import { type Change, isUnknown } from '../plan';
import { pairText, valueText } from './value-text';
import { name, visible } from './visible';

/** A difference as every format shows it: texts in which nothing hides, not yet escaped for a format. */
export interface Entry {
  readonly sign: '+' | '-' | '~';
  readonly path: string;
  /** Undefined: there is nothing to show on this side. */
  readonly before?: string;
  readonly after?: string;
  readonly note?: string;
  readonly forces: boolean;
  readonly lines?: readonly Line[];
  /** What differs in the document that the text holds. */
  readonly inside?: readonly Entry[];
}

export interface Entries {
  readonly entries: readonly Entry[];
  /** Attributes of which nothing can be said before apply, and that matter only as such. */
  readonly unknown: readonly string[];
}

/** Attributes that repeat others: the provider's own sums of labels, and what `terraform_data` stores of its input. */
const REPEATS = /^terraform_labels(\.|\[|$)/;

/** The differences of a change; `of` tells what goes without saying: that what is computed is made anew with the rest of the resource. */
export function entriesOf(differences: readonly Difference[], of?: Pick<Change, 'action' | 'type'>): Entries {
  const computed = ({ before, path }: Difference) =>
    before === undefined || (of?.action === 'replace' && /^\w+$/.test(path)) || (of?.type === 'terraform_data' && path === 'output');
  const idle = (difference: Difference) => isUnknown(difference.after) && !difference.forces && computed(difference);
  const told = differences.filter(({ path }) => !REPEATS.test(path));
  return {
    entries: told.filter((each) => !idle(each)).map(entry),
    unknown: told.filter(idle).map(({ path }) => name(path)),
  };
}

function entry(difference: Difference): Entry {
  const { before, after, forces, note } = difference;
  const sign = before === undefined ? '+' : after === undefined ? '-' : '~';
  const common = {
    sign,
    path: name(difference.path) || 'value',
    forces,
    note: note === undefined ? undefined : visible(note),
  } as const;
  if (difference.inside !== undefined) {
    const { format, differences } = difference.inside;
    const what = differences.length === 0 ? `${format}: written differently, means the same` : format;
    return { ...common, note: what, inside: differences.map(entry) };
  }
  if (difference.lines !== undefined) return { ...common, lines: difference.lines.map(line) };
  if (before !== undefined && after !== undefined) return { ...common, ...pairText(before, after) };
  return {
    ...common,
    before: before === undefined ? undefined : valueText(before),
    after: after === undefined ? undefined : valueText(after),
  };
}

/** Longest line of a text that is shown. */
const LONGEST_LINE = 400;

const line = (each: Line): Line =>
  each.kind === 'gap' ? each : { ...each, text: name(each.text.replaceAll('\t', '  ')).slice(0, LONGEST_LINE) };
