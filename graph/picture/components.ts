import type { Graph } from '../model';

/** The outermost frame around a box or frame, or itself. */
function outermost(graph: Graph): (id: string) => string {
  const parents = new Map<string, string | undefined>([
    ...graph.boxes.map(({ id, frame }) => [id, frame] as const),
    ...graph.frames.map(({ id, parent }) => [id, parent] as const),
  ]);
  return (id) => {
    let at = id;
    for (let parent = parents.get(at); parent !== undefined; parent = parents.get(at)) at = parent;
    return at;
  };
}

/** Parts of a graph without an arrow between them, the largest first: each is laid out on its own. */
export function componentsOf(graph: Graph): Graph[] {
  const top = outermost(graph);
  const group = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    for (let next = group.get(at); next !== undefined && next !== at; next = group.get(at)) at = next;
    return at;
  };
  for (const { id } of [...graph.boxes, ...graph.frames]) group.set(top(id), top(id));
  for (const { from, to } of graph.arrows) group.set(find(top(from)), find(top(to)));
  const parts = new Map<string, Graph>();
  const partOf = (id: string): string => find(top(id));
  for (const id of new Set([...graph.boxes, ...graph.frames].map((each) => partOf(each.id))))
    parts.set(id, {
      ...graph,
      boxes: graph.boxes.filter((box) => partOf(box.id) === id),
      frames: graph.frames.filter((frame) => partOf(frame.id) === id),
      arrows: graph.arrows.filter(({ from }) => partOf(from) === id),
    });
  return [...parts.values()].sort((one, other) => other.boxes.length - one.boxes.length);
}
