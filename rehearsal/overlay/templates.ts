/**
 * The template language of the overlays: text with `{{…}}` holes, kept as small as the facts need (`README.md` lists the holes).
 * Everything is worked out from the object and its seed, so the same run gives the same numbers.
 */
import { createHash } from 'node:crypto';
import type { Template } from '../schema/types';

/** What a template is evaluated against. */
export interface TemplateContext {
  /** The object as far as it is known: configuration, plan, and what was computed before. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Settings of the provider, for objects that do not say them. `account` is AWS's; default 123456789012. */
  readonly settings: { readonly project?: string; readonly region?: string; readonly zone?: string; readonly account?: string };
  /** Time of the object's creation, RFC 3339, from the store's clock. */
  readonly created: string;
  /** What numbers are made of: unique to the object. Its id, or while the id is being made anything that is never given twice. */
  readonly seed: string;
  /** The next number among the objects of the type with this scope, from 1; a number is never given twice, not even after a delete. */
  counter(scope: string): number;
}

const HOLE = /\{\{\s*([a-z][a-z0-9_.]*)(?::([^|}]*))?(?:\|([a-z]+))?\s*\}\}/g;
const SETTINGS = ['project', 'region', 'zone', 'account'] as const;

type Generator = (context: TemplateContext, argument: string) => unknown;

/** Holes that are no attribute. */
const GENERATORS: Readonly<Record<string, Generator>> = {
  created: (context) => context.created,
  number: ({ seed }, digits) => decimal(seed, Number(digits || 19)),
  hex: ({ seed }, digits) => digest(seed).slice(0, Number(digits || 16)),
  uuid: ({ seed }) => digest(seed).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5'),
  octet: ({ seed }, salt) => parseInt(digest(`${seed} ${salt}`).slice(0, 2), 16),
  project_number: (context) => decimal(String(attribute(context, 'project') ?? ''), 12),
  counter: (context, scope) => context.counter(String(attribute(context, scope) ?? '')),
};

/** What a filter makes of a value that is there. `path` speaks to imports only: the hole takes slashes. */
const FILTERS: Readonly<Record<string, (value: string) => string>> = {
  path: (value) => value,
  basename: (value) => value.replace(/^.*[/|]/s, ''),
  noscheme: (url) => url.replace(/^\w+:\/\//, ''),
  segment: (value) => `/${value}`,
  gateway: (range) => range.replace(/^(.*\.)(\d+)\/\d+$/, (_, network: string, host: string) => `${network}${Number(host) + 1}`),
};

/** What a template makes of an object. A template that is one hole keeps the type of its value; a hole in text without a value is empty. */
export function evaluate(template: Template, context: TemplateContext): unknown {
  if (typeof template === 'string') {
    return evaluateText(template, context);
  }
  if (Array.isArray(template)) {
    return template.map((item: Template) => evaluate(item, context));
  }
  if (template !== null && typeof template === 'object') {
    return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, evaluate(value as Template, context)]));
  }
  return template;
}

/** The attributes of the object that a template names, the settings of the provider among them. */
export function attributesIn(template: Template): string[] {
  if (typeof template === 'string') {
    return [...template.matchAll(HOLE)].flatMap(([, name = '', argument]) => {
      if (name === 'project_number') return ['project'];
      if (name === 'counter') return [argument ?? ''];
      return name in GENERATORS || name === 'account' ? [] : [name];
    });
  }
  return template !== null && typeof template === 'object' ? Object.values(template).flatMap((item) => attributesIn(item as Template)) : [];
}

/** The attributes that an import id gives by a template of `importIds`; undefined: the id has another form. */
export function parseImportId(template: string, id: string): Record<string, string> | undefined {
  const names: string[] = [];
  // An id in words (`PROJECT ROLE MEMBER`) has slashes inside the words; in any other a slash separates.
  const word = template.includes(' ') ? '(\\S+)' : '([^/]+)';
  let pattern = '';
  let end = 0;
  for (const hole of template.matchAll(HOLE)) {
    pattern += literal(template.slice(end, hole.index)) + (hole[3] === 'path' ? '(.+)' : word);
    names.push(hole[1] ?? '');
    end = hole.index + hole[0].length;
  }
  const match = new RegExp(`^${pattern}${literal(template.slice(end))}$`).exec(id);
  return match ? Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])) : undefined;
}

/** What is wrong with the holes of a text; empty: nothing. */
export function holeProblems(text: string): string[] {
  const rest = text.replace(HOLE, '');
  const unread = rest.includes('{{') || rest.includes('}}') ? [`"${text}" has a hole that cannot be read`] : [];
  const filters = [...text.matchAll(HOLE)].map(([, , , filter]) => filter);
  const unknown = filters
    .filter((filter) => filter && !FILTERS[filter])
    .map((filter) => `"${text}" has no filter ${filter}: ${Object.keys(FILTERS).join(', ')}`);
  return [...unread, ...unknown];
}

function evaluateText(text: string, context: TemplateContext): unknown {
  const [only] = text.matchAll(HOLE);
  if (only && only[0] === text) {
    return fill(only, context);
  }
  return text.replace(HOLE, (...match) => String(fill(match as unknown as RegExpMatchArray, context) ?? ''));
}

function fill([, name = '', argument = '', filter]: RegExpMatchArray, context: TemplateContext): unknown {
  const value = GENERATORS[name] ? GENERATORS[name](context, argument) : attribute(context, name);
  return filter && typeof value === 'string' && value !== '' ? (FILTERS[filter]?.(value) ?? value) : value;
}

/** The value at a dotted path, through the first element of each list; for the settings also what the provider says. */
function attribute(context: TemplateContext, path: string): unknown {
  let value: unknown = context.attributes;
  for (const step of path.split('.')) {
    const object: unknown = Array.isArray(value) ? value[0] : value;
    value = object !== null && typeof object === 'object' ? (object as Record<string, unknown>)[step] : undefined;
  }
  if (value !== undefined && value !== null && value !== '') {
    return value;
  }
  const setting = SETTINGS.find((name) => name === path);
  return (setting && (context.settings[setting] ?? (setting === 'account' ? '123456789012' : undefined))) ?? value ?? null;
}

function digest(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}

/** A number of so many digits, as text: 64 bits do not fit a JavaScript number. */
function decimal(seed: string, digits: number): string {
  const number = BigInt(`0x${digest(seed)}`)
    .toString()
    .slice(0, digits - 1);
  return `1${number}`;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
