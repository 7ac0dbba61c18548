import { isMap, type Pair, parseDocument, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import type { Environment } from '../configuration';
import { definePerimeter } from './definition';
import { type Evidence, shortcomings } from './evidence';

/** Days after which a log says little about what happens now. */
const FRESH_DAYS = 7;
const DAY = 86_400_000;

export type Promotion = { readonly text: string } | { readonly missing: readonly string[] };

/**
 * The environment file with what is tried now enforced, or what is missing until then.
 * @param text of the environment file
 * @param today ISO date
 */
export function promote(environment: Environment, text: string, evidence: Evidence | undefined, today: string): Promotion {
  const definition = definePerimeter(environment);
  if (!definition) return { missing: [`${environment.name} has no perimeter.`] };
  const { tried, mode } = definition;
  if (!tried) return { missing: [`Nothing is tried: the mode is ${mode}.`] };
  const missing = [...shortcomings(environment, definition, tried, evidence), ...stale(evidence, today)];
  if (missing.length > 0) return { missing };
  const edited = tried === 'candidate' ? withMode(withCandidate(text), 'enforced') : withMode(text, 'enforced');
  return edited === undefined
    ? {
        missing: [
          'What is tried does not stand in the file of this environment on lines of its own (but in shared.yaml, or in { }): write it there.',
        ],
      }
    : { text: edited };
}

function stale(evidence: Evidence | undefined, today: string): string[] {
  if (!evidence) return [];
  const { to } = evidence.window;
  const age = to === undefined ? 0 : Math.floor((Date.parse(today) - Date.parse(to.slice(0, 10))) / DAY);
  return [
    ...(age > FRESH_DAYS ? [`The log ends ${age} days ago: read it anew, no older than ${FRESH_DAYS} days.`] : []),
    ...evidence.waivers
      .filter(({ expires }) => expires < today)
      .map(({ rule, owner, expires }) => `The waiver of ${rule} expired on ${expires}: ask ${owner}, or settle it.`),
  ];
}

/*
 * The edits are made in the text, at the places that the parser names. Writing the parsed document out again would keep the comments too, but
 * not how people have laid out the rest of the file, and a promotion shall show in review as the lines that it is.
 */

type Entry = Pair<Scalar.Parsed, ParsedNode>;

/** The entries of `perimeter`; undefined unless they stand on lines of their own. */
function entriesOf(text: string): { readonly entries: readonly Entry[]; readonly find: (key: string) => Entry | undefined } | undefined {
  const section = parseDocument(text).get('perimeter');
  if (!isMap(section) || section.flow || section.items.length === 0) return undefined;
  const entries = (section as unknown as YAMLMap.Parsed).items as Entry[];
  return { entries, find: (key) => entries.find((entry) => entry.key.value === key) };
}

function withMode(text: string | undefined, mode: string): string | undefined {
  const section = text === undefined ? undefined : entriesOf(text);
  if (text === undefined || !section) return undefined;
  const given = section.find('mode')?.value;
  if (given) return text.slice(0, given.range[0]) + mode + text.slice(given.range[1]);
  // dry-run is the default, so the key may be missing.
  const first = section.entries[0]!.key.range[0];
  const indentation = text.slice(text.lastIndexOf('\n', first) + 1, first);
  return `${text.slice(0, first)}mode: ${mode}\n${indentation}${text.slice(first)}`;
}

/** The candidate takes the place of the configuration, with the comments in it. */
function withCandidate(text: string): string | undefined {
  const section = entriesOf(text);
  const candidate = section?.find('candidate');
  if (!section || !candidate?.value) return undefined;
  const settings = text.slice(candidate.key.range[1], candidate.value.range[1]);
  const config = section.find('config');
  if (!config?.value) return text.slice(0, candidate.key.range[0]) + 'config' + text.slice(candidate.key.range[1]);
  const edits = [
    { start: config.key.range[1], end: config.value.range[1], replacement: settings.trimEnd() },
    { start: lineStart(text, candidate.key.range[0]), end: candidate.value.range[2], replacement: '' },
  ];
  // From the end, so that places before stay right.
  return edits
    .sort((one, other) => other.start - one.start)
    .reduce((edited, { start, end, replacement }) => {
      const lineEnd = edited.slice(start, end).endsWith('\n') && replacement !== '' ? '\n' : '';
      return edited.slice(0, start) + replacement + lineEnd + edited.slice(end);
    }, text);
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset) + 1;
