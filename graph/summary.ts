import { mergeArrows } from './draft';
import type { Arrow, Box, Flow, Graph, Item, Kind } from './model';

/** Many of a kind in a stack tell a reader no more than one does: they share a box. */
const COLLECTED: ReadonlySet<Kind> = new Set(['secret', 'key', 'images', 'registry']);

/** Who acts: those with the same ways share a box. */
const ACTORS: ReadonlySet<Kind> = new Set(['people', 'workload', 'pipeline', 'account']);

const NOUNS: Partial<Record<Kind, string>> = {
  people: 'groups and people',
  workload: 'workloads',
  account: 'accounts',
  storage: 'stores',
  images: 'image repositories',
  registry: 'image registries',
};

/** Secret → secrets, Image repository → image repositories, Pod on GKE → pods on GKE; names of products stay as they are. */
function plural(what: string): string {
  const [, head = what, tail = ''] = /^(.+?)( (?:on|of|at|in) .+)$/.exec(what) ?? [];
  const many = /s$/.test(head) ? head : /[^aeiou]y$/.test(head) ? head.replace(/y$/, 'ies') : `${head}s`;
  return (/^[A-Z][a-z]+( [a-z]|$)/.test(many) ? many[0]!.toLowerCase() + many.slice(1) : many) + tail;
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

const itemsOf = (box: Box): readonly Item[] => box.items ?? [box];

/** One box for several. */
function together(id: string, boxes: readonly Box[]): Box {
  const [first] = boxes as [Box, ...Box[]];
  const items = boxes.flatMap(itemsOf);
  const titles = unique(items.map(({ title }) => title));
  const shared = { ...first, id, folded: boxes.flatMap(({ folded }) => folded), keys: unique(boxes.flatMap(({ keys }) => keys)), items };
  if (titles.length === 1) return { ...shared, lines: unique(items.flatMap(({ lines }) => lines)) };
  const kinds = unique(boxes.map(({ kind }) => kind));
  const whats = unique(items.map(({ what }) => what));
  const noun = whats.length === 1 ? plural(whats[0]!) : kinds.length > 1 ? 'identities' : (NOUNS[first.kind] ?? `${first.kind}s`);
  return { ...shared, what: '', title: `${items.length} ${noun}`, lines: items.map(kinds.length > 1 ? nameAndWhat : nameIn(first.kind)) };
}

/** A cache is nothing without what it caches. */
const nameIn =
  (kind: Kind) =>
  ({ title, lines }: Item): string =>
    kind === 'registry' && lines[0] !== undefined ? `${title} ${lines[0]}` : title;

/** Where a box holds different things, each says what it is. */
const nameAndWhat = ({ title, what }: Item): string => `${title}, ${what}`;

/** How many of those in a box an arrow is true for. */
const shareOf = (arrows: readonly Arrow[], box: Box, end: 'from' | 'to'): string => {
  const of = unique(arrows.map((arrow) => arrow[end])).length;
  const all = itemsOf(box).length;
  return ACTORS.has(box.kind) && box.what === '' && of < all ? `${of} of ${all}: ` : '';
};

/** Boxes with the same key become one; those without a key stay. */
function collapse(graph: Graph, keyOf: (box: Box) => string | undefined): Graph {
  const groups = new Map<string, Box[]>();
  for (const box of graph.boxes) {
    const key = keyOf(box);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), box]);
  }
  const into = new Map<string, Box>();
  for (const [key, boxes] of groups) {
    if (boxes.length < 2) continue;
    const all = together(`together:${key}`, boxes);
    for (const { id } of boxes) into.set(id, all);
  }
  const boxes = unique(graph.boxes.map((box) => into.get(box.id) ?? box));
  const endOf = (id: string): string => into.get(id)?.id ?? id;
  const byEnds = new Map<string, Arrow[]>();
  for (const arrow of graph.arrows) {
    const key = JSON.stringify([endOf(arrow.from), endOf(arrow.to)]);
    byEnds.set(key, [...(byEnds.get(key) ?? []), arrow]);
  }
  const arrows = [...byEnds.values()].map((same): Arrow => {
    const [from, to] = [endOf(same[0]!.from), endOf(same[0]!.to)];
    const [arrow] = mergeArrows(same.map((each) => ({ ...each, from, to })));
    const box = into.get(same[0]!.from);
    const share = box ? shareOf(same, box, 'from') : '';
    const [label = '', ...more] = arrow?.labels ?? [];
    return {
      from,
      to,
      flow: arrow?.flow ?? same[0]!.flow,
      labels: label === '' ? [] : [share + label, ...more],
      because: arrow?.because ?? [],
    };
  });
  return { ...graph, boxes, arrows: arrows.filter(({ from, to }) => from !== to) };
}

const waysOf = (graph: Graph, id: string, flows: readonly Flow[]): string[] =>
  graph.arrows.filter(({ from, flow }) => from === id && flows.includes(flow)).map(({ to }) => to);

const waysTo = (graph: Graph, id: string): string[] => graph.arrows.filter(({ to }) => to === id).map(({ from }) => from);

/** What stands alone in its stack becomes a list: the network, the keys, the repositories. */
function shelve(graph: Graph): Graph {
  const connected = new Set(graph.arrows.flatMap(({ from, to }) => [from, to]));
  const alone = graph.boxes.filter(({ id, frame }) => !connected.has(id) && frame !== undefined);
  const shelves = new Map<string, Box[]>();
  for (const box of alone) shelves.set(box.frame!, [...(shelves.get(box.frame!) ?? []), box]);
  const shelved = new Set([...shelves.values()].filter((boxes) => boxes.length > 1).flat());
  const made = [...shelves].flatMap(([frame, boxes]): Box[] => {
    if (boxes.length < 2) return [];
    const items = boxes.map(({ kind, what, title, lines }): Item => ({ kind, what, title, lines }));
    const [folded, keys] = [boxes.flatMap((box) => box.folded), unique(boxes.flatMap((box) => box.keys))];
    return [{ id: `rest:${frame}`, kind: 'rest', what: '', title: '', lines: [], frame, project: '', folded, keys, items }];
  });
  return { ...graph, boxes: [...graph.boxes.filter((box) => !shelved.has(box)), ...made] };
}

/**
 * What a picture of these stacks can do without: arrows to a pool, which only repeat who somebody is, and things of others. Somebody outside
 * to whom nothing leads then is not drawn either.
 */
function essence(graph: Graph): Graph {
  const dropped = new Set(graph.boxes.filter(({ kind, elsewhere }) => kind === 'pool' || elsewhere).map(({ id }) => id));
  const arrows = graph.arrows.filter(({ from, to }) => !dropped.has(from) && !dropped.has(to));
  const connected = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  return { ...graph, arrows, boxes: graph.boxes.filter(({ id, frame }) => frame !== undefined || connected.has(id)) };
}

export interface Look {
  /** Every box on its own, and arrows for keys, networks and images too. Default: a picture that is read in seconds. */
  readonly detail?: boolean;
}

/** What of a graph is drawn: without details, what is alike stands together. */
export function summarize(graph: Graph, { detail = false }: Look = {}): Graph {
  const known = new Set([...graph.boxes, ...graph.frames].map(({ id }) => id));
  const arrows = graph.arrows.filter(
    ({ from, to, flow }) => known.has(from) && known.has(to) && (detail || flow === 'data' || flow === 'identity'),
  );
  const all = { ...graph, arrows };
  if (detail) return all;
  const collected = collapse(essence(all), ({ kind, frame, title }) => {
    if (COLLECTED.has(kind)) return JSON.stringify([kind, frame]);
    return kind === 'pipeline' ? JSON.stringify([kind, title]) : undefined;
  });
  const callers = collapse(collected, ({ id, kind, frame }) => {
    const ways = ACTORS.has(kind) && frame === undefined ? waysOf(collected, id, ['data']) : [];
    return ways.length > 0 ? JSON.stringify(ways.sort()) : undefined;
  });
  const alike = collapse(callers, ({ id, kind, frame }) => {
    const ways = waysOf(callers, id, ['data', 'identity', 'encryption', 'network', 'images']).sort();
    const from = waysTo(callers, id).sort();
    return ACTORS.has(kind) && ways.length + from.length > 0 ? JSON.stringify([frame, ways, from]) : undefined;
  });
  return shelve(alike);
}
