import { z } from 'zod';
import { given } from './given';
import { location, type Place, type Problem } from './problem';
import { bare, discriminator, knownPaths, schemaAt, validKeys } from './shape';
import { nearest } from './suggest';
import { at, child, dotted, enclosing, keyPlace, type Path, type Tree } from './tree';

export interface Subject {
  readonly tree: Tree;
  readonly schema: z.ZodObject;
  /** Where a missing key has to be added. */
  readonly file: string;
}

type Issue = z.core.$ZodIssue;

/** What the schema found, in words, at its place. */
export function explain(issues: readonly Issue[], subject: Subject): { problems: Problem[]; missing: Problem[] } {
  const problems: Problem[] = [];
  const missing: Problem[] = [];
  const meant = new Set<string>();
  for (const path of issues.flatMap((issue) => unknownKeys(issue, subject))) {
    const { problem, suggestion } = unknownKey(path, subject);
    problems.push(problem);
    if (suggestion) meant.add(dotted([...path.slice(0, -1), suggestion]));
  }
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') continue;
    const part = at(subject.tree, issue.path);
    if (part?.kind === 'refused') continue;
    if (issue.code === 'invalid_key') problems.push(invalidKey(issue, subject));
    else if (part) problems.push(invalidValue(issue, part, subject));
    // The key is there, misspelt: that one answer is enough.
    else if (!meant.has(dotted(issue.path))) missing.push(missingKey(issue.path, subject));
  }
  return { problems, missing };
}

function unknownKeys(issue: Issue, { tree, schema }: Subject): Path[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...issue.path, key]);
  if (issue.code !== 'invalid_union') return [];
  // Without knowing which kind of map it is, the schema has not looked at the keys; some fit no kind.
  const path = issue.path.slice(0, -1);
  const holder = at(tree, path);
  const valid = validKeys(schemaAt(schema, tree, path)!, holder);
  return holder?.kind === 'map' ? [...holder.entries.keys()].filter((key) => !valid.includes(key)).map((key) => [...path, key]) : [];
}

function unknownKey(path: Path, { tree, schema }: Subject): { problem: Problem; suggestion?: string } {
  const key = String(path.at(-1));
  const holder = at(tree, path.slice(0, -1));
  const holderSchema = schemaAt(schema, tree, path.slice(0, -1))!;
  const valid = validKeys(holderSchema, holder);
  const free = valid.filter((candidate) => !holder || !child(holder, candidate));
  const suggestion = nearest(key, free);
  const elsewhere = suggestion
    ? undefined
    : knownPaths(schema)
        .find((known) => known.at(-1) === key)
        ?.join('.');
  const kind = discriminator(holderSchema);
  const chosen = kind !== undefined && holder && child(holder, kind);
  const context = chosen && chosen.kind === 'scalar' ? `Allowed with ${kind}: ${String(chosen.value)}` : 'Allowed here';
  const other = elsewhere === dotted(path) ? `It belongs to another ${kind}. ` : elsewhere && `Did you mean ${elsewhere}? `;
  const hint = suggestion ? `Did you mean ${suggestion}? ` : (other ?? '');
  const place = keyPlace(tree, path) ?? tree.place;
  return { problem: { place, path: dotted(path), message: 'unknown key', help: `${hint}${context}: ${valid.join(', ')}.` }, suggestion };
}

function missingKey(path: Path, { tree, schema, file }: Subject): Problem {
  const { place, path: holder } = enclosing(tree, path.slice(0, -1), file);
  const expected = schemaAt(schema, tree, path);
  const description = expected && (expected.description ?? bare(expected).description);
  const under = holder.length > 0 ? ` under ${dotted(holder)}` : '';
  const sharedHolder = keyPlace(tree, path.slice(0, -1));
  const because = sharedHolder && sharedHolder.file !== file ? ` (${dotted(path.slice(0, -1))} begins at ${location(sharedHolder)})` : '';
  const help = [`Add it${under}${because}`, expected && allowed(expected)].filter(Boolean).join(': ');
  return {
    place,
    path: dotted(path),
    message: 'is missing',
    help: [help, description?.replace(/\.$/, '')].filter(Boolean).join('. ') + '.',
  };
}

function invalidKey(issue: Extract<Issue, { code: 'invalid_key' }>, { tree }: Subject): Problem {
  const place = keyPlace(tree, issue.path) ?? tree.place;
  const message = `${JSON.stringify(String(issue.path.at(-1)))} is not ${issue.issues[0]?.message ?? 'allowed as a name'}`;
  return { place, path: dotted(issue.path), message };
}

function invalidValue(issue: Issue, part: Tree, { tree, schema }: Subject): Problem {
  const { words, confidential } = given(part, issue.path);
  const expected = schemaAt(schema, tree, issue.path);
  // The line of a map is that of its key, not that of the first thing in it.
  const place: Place = (part.kind === 'scalar' ? undefined : keyPlace(tree, issue.path)) ?? part.place;
  const base = { place, path: dotted(issue.path), confidential };

  const options = optionsOf(issue);
  if (options) {
    if (part.kind !== 'scalar') return { ...base, message: `${words} stands here, and ${oneOf(options)} is needed` };
    const near = nearest(String(part.value), options);
    const message = `${near ? part.written : words} is not ${oneOf(options)}`;
    return near ? { ...base, confidential: false, message, help: `Did you mean ${near}?` } : { ...base, message };
  }
  if (issue.code === 'invalid_format' || issue.code === 'custom') {
    return { ...base, message: part.kind === 'scalar' ? `${words} is not ${issue.message}` : `allowed here is ${issue.message}` };
  }
  if ((issue.code === 'too_big' || issue.code === 'too_small') && issue.origin === 'string') {
    const limit = issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
    return { ...base, message: `${words} has ${String(part.kind === 'scalar' ? part.value : '').length} characters: ${limit} are allowed` };
  }
  const needed = (expected && allowed(expected)) ?? 'text';
  return { ...base, message: part.kind === 'scalar' ? `${words} is not ${needed}` : `${words} stands here, and ${needed} is needed` };
}

function optionsOf(issue: Issue): string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' && 'options' in issue ? issue.options?.map(String) : undefined;
}

const oneOf = (options: readonly string[]): string => (options.length === 1 ? options[0]! : `one of ${options.join(', ')}`);

/** What may stand somewhere, as a noun phrase; undefined where only the description can tell. */
function allowed(schema: z.ZodType): string | undefined {
  const expected = bare(schema);
  if (expected instanceof z.ZodEnum) return oneOf(expected.options.map(String));
  if (expected instanceof z.ZodLiteral) return oneOf([...expected.values].map(String));
  if (expected instanceof z.ZodBoolean) return 'true or false';
  if (expected instanceof z.ZodNumber) {
    return `a ${expected.isInt ? 'whole ' : ''}number from ${expected.minValue} to ${expected.maxValue}`;
  }
  if (expected instanceof z.ZodArray) return 'a list';
  if (expected instanceof z.ZodRecord) return 'a map from names to values';
  const keys = validKeys(expected, undefined);
  return keys.length > 0 ? `a map with ${keys.join(', ')}` : undefined;
}
