import { type Line } from '../diff';
import { type Entry, entriesOf } from './entries';
import { code, fenced } from './markdown-text';
import { type ChangeReport } from './model';
import { actionWord, circumstances, SIGNS } from './words';
import { name } from './visible';

/** Attributes of a new resource beyond which only their number is told: they are all in the configuration that is reviewed beside. */
const NEW_ATTRIBUTES = 40;

/** One change with everything that differs. */
export function changeText({ change, differences }: ChangeReport, stack: string): string {
  const path = name(change.construct);
  const shown = path.startsWith(`${stack}/`) ? path.slice(stack.length + 1) : path;
  const address = change.construct === change.address ? '' : ` · ${code(name(change.address))}`;
  const about = circumstances(change)
    .map((each) => ` · ${each}`)
    .join('');
  const head = `**${SIGNS[change.action]} ${actionWord(change)}** ${code(shown)}${address || ` · ${code(name(change.type))}`}${about}`;
  return [head, ...came(change), ...body(change, differences)].join('\n') + '\n';
}

function came({ movedFrom, importing, deposed }: ChangeReport['change']): string[] {
  return [
    ...(movedFrom === undefined ? [] : [`- moved from ${code(name(movedFrom))}`]),
    ...(importing === undefined
      ? []
      : [`- exists already, and is taken over${importing.id === undefined ? '' : `: ${code(name(importing.id))}`}`]),
    ...(deposed === undefined ? [] : [`- an old object (${code(name(deposed))}) that an earlier replacement left behind`]),
  ];
}

function body(change: ChangeReport['change'], differences: ChangeReport['differences']): string[] {
  const { action } = change;
  if (action === 'delete' || action === 'forget') return [];
  const { entries, unknown } = entriesOf(differences, change);
  const shown = action === 'create' ? entries.slice(0, NEW_ATTRIBUTES) : entries;
  return [
    ...shown.flatMap((entry) => entryText(entry, '')),
    ...(entries.length > shown.length ? [`- … and ${entries.length - shown.length} more attributes`] : []),
    ...(unknown.length > 0 ? [`- known after apply: ${list(unknown)}`] : []),
    ...(action === 'update' && differences.length === 0 ? ['- only in what is empty either way (null, "", [])'] : []),
  ];
}

const list = (names: readonly string[]): string =>
  [...names.slice(0, 12).map(code), ...(names.length > 12 ? [`and ${names.length - 12} more`] : [])].join(', ');

/** An entry, and what is inside it, as lines of a list. */
export function entryText(entry: Entry, indent: string): string[] {
  const forces = entry.forces ? ' **forces the replacement**' : '';
  const note = entry.note === undefined ? '' : ` _(${escapeNote(entry.note)})_`;
  const head = `${indent}- ${entry.sign === '~' ? '' : `${entry.sign === '+' ? 'new' : 'gone'} `}${code(entry.path)}`;
  if (entry.inside !== undefined) return [`${head}${forces}${note}`, ...entry.inside.flatMap((inner) => entryText(inner, `${indent}  `))];
  if (entry.lines !== undefined) return [`${head}${forces}${note}`, '', ...lineBlock(entry.lines).map((line) => `${indent}  ${line}`), ''];
  const values = [entry.before, entry.after].flatMap((value) => (value === undefined ? [] : [code(value)])).join(' → ');
  return [`${head}: ${values}${forces}${note}`];
}

/** Notes hold argument names and formats, no free text; still nothing in them may be taken for Markdown. */
const escapeNote = (note: string): string => note.replace(/[\\`*_{}[\]<>|~@#&]/g, (character) => `&#${character.charCodeAt(0)};`);

const MOST_LINES = 60;

const lineBlock = (lines: readonly Line[]): string[] => {
  const shown = lines.slice(0, MOST_LINES).map((line) => {
    if (line.kind === 'gap') return `@@ ${line.lines} lines alike @@`;
    return `${{ same: ' ', removed: '-', added: '+' }[line.kind]}${line.text}`;
  });
  const rest = lines.length > MOST_LINES ? [`@@ and ${lines.length - MOST_LINES} more lines @@`] : [];
  return fenced([...shown, ...rest], 'diff').split('\n');
};
