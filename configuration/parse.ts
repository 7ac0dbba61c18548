import { isAlias, isMap, isSeq, parseAllDocuments, Scalar, type Document, type ParsedNode, type YAMLMap } from 'yaml';
import { refusedMarks } from './marks';
import { location, type Place, type Problem } from './problem';
import type { Source } from './source';
import { syntaxProblems } from './syntax';
import { dotted, type Entry, type Path, type ScalarTree, type Tree } from './tree';

export interface Parsed {
  /** Undefined: the file says nothing that can be used. */
  readonly tree?: Tree;
  readonly problems: readonly Problem[];
}

/** Reads YAML 1.2 (core schema), one document, every key once, and nothing that makes a file mean something else than it shows. */
export function parseTree(source: Source): Parsed {
  const marks = refusedMarks(source);
  if (marks.tooDeep) return { problems: marks.problems };

  const documents = parseAllDocuments<ParsedNode>(source.text, {
    prettyErrors: false,
    logLevel: 'error',
    schema: 'core',
    version: '1.2',
    merge: false,
    resolveKnownTags: false,
    strict: true,
    stringKeys: true,
    // Found below, where the place of the first one is known too.
    uniqueKeys: false,
  });
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (!document) return { problems: marks.problems };
  if (second) {
    const help = 'One file is one environment: split it, or remove the line.';
    const problem = {
      place: source.placeOfWord(documentEnd(source, document)),
      path: '',
      message: 'a second document starts here',
      help,
    };
    return { problems: [...marks.problems, problem] };
  }
  const marked = new Set(marks.problems.map(({ place }) => place.span?.line));
  // Unknown tags are among the marks.
  const errors = document.errors.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED');
  const syntax = syntaxProblems(source, errors).filter(({ place }) => !marked.has(place.span?.line));
  if (errors.length > 0) return { problems: [...marks.problems, ...syntax] };

  const builder = new TreeBuilder(source);
  const tree = document.contents ? builder.tree(document.contents, []) : undefined;
  return { tree: tree?.kind === 'scalar' && tree.written === '' ? undefined : tree, problems: [...marks.problems, ...builder.problems] };
}

/** Where the line is that ends a document: `---`, or `...`. */
function documentEnd(source: Source, { contents }: Document.Parsed<ParsedNode>): number {
  const end = contents?.range[1] ?? 0;
  return end + Math.max(0, source.text.slice(end).search(/^(---|\.\.\.)/m));
}

class TreeBuilder {
  readonly problems: Problem[] = [];

  constructor(private readonly source: Source) {}

  /** An empty value has no place of its own: that of its key is where people look. */
  tree(node: ParsedNode | null, path: Path, keyPlace?: Place): Tree {
    if (!node) return { kind: 'scalar', place: keyPlace ?? this.source.place(0), value: null, written: '', plain: true };
    const [start, end] = node.range;
    const place = this.source.place(start, end);
    // Explicit tags and aliases were reported as marks.
    if (isAlias(node) || node.tag !== undefined) return { kind: 'refused', place };
    if (isMap(node)) return this.map(node as YAMLMap.Parsed, path, place);
    if (isSeq(node))
      return { kind: 'list', place, items: node.items.map((item, index) => this.tree(item as ParsedNode, [...path, index])) };
    const written = this.source.text.slice(start, end);
    return {
      kind: 'scalar',
      place: written === '' && keyPlace ? keyPlace : place,
      value: node.value as ScalarTree['value'],
      written,
      plain: node.type === Scalar.PLAIN,
    };
  }

  private map(node: YAMLMap.Parsed, path: Path, place: Place): Tree {
    const entries = new Map<string, Entry>();
    for (const { key, value } of node.items as { key: Scalar.Parsed; value: ParsedNode | null }[]) {
      const name = String(key.value ?? '');
      const here = [...path, name];
      const keyPlace = this.source.place(key.range[0], key.range[1]);
      const entry = { place: keyPlace, plain: key.type === Scalar.PLAIN, value: this.tree(value, here, keyPlace) };
      const known = entries.get(name);
      if (known) {
        this.report(keyPlace, here, `the key stands twice, first at ${location(known.place)}`, 'Remove one of the two.');
      } else if (name === '__proto__') {
        this.report(keyPlace, here, 'this name means something to JavaScript', 'Choose another.');
      } else if (name === '<<' && entry.plain) {
        this.report(
          keyPlace,
          here,
          'merge keys are not used here',
          'Write the values; what environments have in common goes into shared.yaml.',
        );
      } else {
        entries.set(name, entry);
      }
    }
    const first = entries.values().next().value;
    return { kind: 'map', place: first?.place ?? place, entries };
  }

  private report(place: Place, path: Path, message: string, help: string): void {
    this.problems.push({ place, path: dotted(path), message, help });
  }
}
