import { loadEnvironments } from '../../configuration';
import { App, withoutTokenTraces } from '../../constructs/core';
import { buildGraph, type Graph, summarize, type SynthesizedStack } from '../../graph';
import { readEvidence } from '../../perimeter';
import { buildEnvironment } from '../../stacks';

type Block = Record<string, unknown>;

/** Terraform's JSON of a stack: kind, type, name. */
export type Json = Record<string, Record<string, Record<string, Block>>>;

/** The stacks of an environment of this repository, as CDKTF writes them. */
export function synthesized(name: string): SynthesizedStack[] {
  const environment = loadEnvironments('environments').find((each) => each.name === name)!;
  return withoutTokenTraces(() =>
    buildEnvironment(new App({ stackTraces: false }), environment, { perimeterEvidence: readEvidence('environments', name) })
      .map((stack) => ({ name: stack.node.id, json: JSON.parse(JSON.stringify(stack.toTerraform())) as Json, dependencies: [] }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  );
}

/** The same stacks with a change in one of them. */
export const changed = (stacks: readonly SynthesizedStack[], name: string, change: (json: Json) => void): SynthesizedStack[] =>
  stacks.map((stack) => {
    if (stack.name !== name) return stack;
    const json = structuredClone(stack.json) as Json;
    change(json);
    return { ...stack, json };
  });

/** A stack that nobody of us wrote: resources by type and name, without a construct path. */
export const foreign = (resource: Record<string, Record<string, Block>>, name = 'app'): SynthesizedStack => ({
  name,
  json: { provider: { google: [{ project: 'acme', region: 'europe-west4' }] }, resource },
  dependencies: [],
});

const called = (graph: Graph, id: string): string => {
  const box = graph.boxes.find((each) => each.id === id);
  if (box) return [box.what, box.title].filter((text) => text !== '').join(' ');
  return graph.frames.find((frame) => frame.id === id)?.title ?? `nothing: ${id}`;
};

/** Who → what (flow: labels), a line an arrow, sorted. */
export const told = (graph: Graph): string[] =>
  graph.arrows.map(({ from, to, flow, labels }) => `${called(graph, from)} → ${called(graph, to)} (${flow}: ${labels.join(', ')})`).sort();

export const summaryOf = (stacks: readonly SynthesizedStack[]): Graph => summarize(buildGraph('test', stacks));
