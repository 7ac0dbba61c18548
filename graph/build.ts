import type { StackElement } from '../policy/stack';
import type { SynthesizedStack } from './app';
import { Draft } from './draft';
import { drawDoors } from './flows/doors';
import { drawGrants, sendCallersThroughDoors } from './flows/grants';
import { drawModels } from './flows/models';
import { drawPerimeters, drawWaysIn } from './flows/perimeter';
import { drawReferences } from './flows/references';
import { drawRegistries } from './flows/registry';
import { Identities } from './identities';
import { Landscape, type Main } from './landscape';
import type { Graph } from './model';

/** Boxes of a stack that a perimeter does not surround stand in a frame of their own. */
const frameOf = (stack: string, perimeter: string | undefined): string => JSON.stringify([stack, perimeter ?? '']);

const count = (number: number): string => `${number} ${number === 1 ? 'resource' : 'resources'}`;

/** google_compute_url_map Routes */
const partName = (part: StackElement): string => `${part.type} ${part.path.split('/').slice(1).join('/')}`;

/** Each minor resource belongs to the main one whose path its own begins with, or else to the only one that refers to it. */
function partsOf(landscape: Landscape): Map<Main, StackElement[]> {
  const parts = new Map<Main, StackElement[]>();
  for (const resource of landscape.resources()) {
    if (landscape.mainOf(resource)) continue;
    const owner = landscape.ownerOf(resource);
    const users = owner ? [owner] : landscape.wholesOf(resource);
    if (users.length === 1) parts.set(users[0]!, [...(parts.get(users[0]!) ?? []), resource]);
  }
  return parts;
}

function drawMains(draft: Draft, landscape: Landscape, perimeters: ReadonlyMap<string, string>, except: ReadonlySet<string>): void {
  const parts = partsOf(landscape);
  for (const main of landscape.mains.filter(({ id }) => !except.has(id))) {
    const { id, resource, type, project } = main;
    const perimeter = perimeters.get(project);
    const frame = frameOf(resource.stack.name, perimeter);
    const sizes = count(
      landscape.resources().filter(({ stack }) => stack === resource.stack).length +
        landscape.grants().filter(({ stack }) => stack === resource.stack).length,
    );
    if (!draft.frames.has(frame))
      draft.frames.set(frame, { id: frame, kind: 'stack', title: resource.stack.name, lines: [sizes], parent: perimeter });
    const lines = (type.lines?.(resource) ?? []).filter((line) => line !== '');
    const folded = (parts.get(main) ?? []).map(partName);
    draft.add({ id, kind: type.kind, what: type.what(resource), title: type.title(resource), lines, frame, project, folded, keys: [] });
  }
}

/**
 * What synthesized stacks say of themselves: their main resources, who may do what with them, and where data flows. Everything is read
 * from Terraform's JSON; nothing is known of the program that wrote it.
 */
export function buildGraph(title: string, stacks: readonly SynthesizedStack[]): Graph {
  const landscape = new Landscape(stacks);
  const draft = new Draft();
  const identities = new Identities(draft, landscape);
  const perimeters = drawPerimeters(draft, landscape);
  drawMains(draft, landscape, perimeters, new Set([...identities.carried, ...[...identities.helpers.keys()].map(({ id }) => id)]));
  for (const [job, service] of identities.helpers) {
    draft.drawAs(job.id, service.id);
    draft.change(service.id, ({ lines, folded }) => ({
      lines: [...lines, `and job ${job.type.title(job.resource)}`],
      folded: [...folded, partName(job.resource)],
    }));
  }
  drawReferences(draft, landscape);
  drawDoors(draft, landscape);
  drawModels(draft, landscape, perimeters);
  drawGrants(draft, landscape, identities);
  sendCallersThroughDoors(draft);
  drawRegistries(draft, landscape, identities);
  drawWaysIn(draft, landscape, identities);
  return draft.graph(title);
}
