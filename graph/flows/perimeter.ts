import type { Block } from '../../policy/block';
import type { StackElement } from '../../policy/stack';
import type { Draft } from '../draft';
import type { Identities } from '../identities';
import type { Landscape } from '../landscape';
import { projectIds } from '../projects';
import { blockOf, blocksOf, flagOf, textOf, textsOf } from '../value';

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** What is enforced, or, where nothing is yet, what is tried. */
const configurationOf = (perimeter: StackElement): Block | undefined => blockOf(perimeter, 'status') ?? blockOf(perimeter, 'spec');

const linesOf = (perimeter: StackElement, configuration: Block): string[] => [
  blockOf(perimeter, 'status') === undefined ? 'tried only: nothing is denied yet' : 'enforced',
  [
    count(textsOf(configuration, 'restricted_services').length, 'service', 'services'),
    count(blocksOf(configuration, 'ingress_policies').length, 'way in', 'ways in'),
    count(blocksOf(configuration, 'egress_policies').length, 'way out', 'ways out'),
  ].join(' · '),
  ...(blockOf(perimeter, 'status') !== undefined && flagOf(perimeter, 'use_explicit_dry_run_spec') ? ['the next one is tried'] : []),
];

/** Frames around what is in a perimeter's projects; run before anything is put into stacks. */
export function drawPerimeters(draft: Draft, landscape: Landscape): ReadonlyMap<string, string> {
  const ids = projectIds(landscape);
  const frames = new Map<string, string>();
  for (const perimeter of perimetersOf(landscape)) {
    const configuration = configurationOf(perimeter);
    if (configuration === undefined) continue;
    const id = `perimeter:${perimeter.path}`;
    const title = (textOf(perimeter, 'title') ?? textOf(perimeter, 'name') ?? perimeter.address).replace(/^.*\//, '');
    draft.frames.set(id, { id, kind: 'perimeter', title: `Service perimeter ${title}`, lines: linesOf(perimeter, configuration) });
    const numbers = textsOf(configuration, 'resources').map((resource) => resource.replace(/^projects\//, ''));
    for (const number of numbers) {
      const project = ids.get(number);
      if (project !== undefined) frames.set(project, id);
    }
  }
  return frames;
}

const perimetersOf = (landscape: Landscape): StackElement[] =>
  landscape.resources().filter(({ type }) => type === 'google_access_context_manager_service_perimeter');

/** Whom a perimeter lets in who has no other way into it that is drawn. */
export function drawWaysIn(draft: Draft, landscape: Landscape, identities: Identities): void {
  for (const perimeter of perimetersOf(landscape)) {
    const to = `perimeter:${perimeter.path}`;
    const configuration = configurationOf(perimeter);
    if (configuration === undefined || !draft.frames.has(to)) continue;
    for (const policy of blocksOf(configuration, 'ingress_policies')) {
      const title = textOf(policy, 'title') ?? '…';
      for (const identity of textsOf(policy, 'ingress_from.identities')) {
        const from = identities.of(identity, perimeter.stack);
        if (from === undefined || isInside(draft, from, to)) continue;
        const drawn = draft.connections.some((arrow) => arrow.from === from && (arrow.to === to || isInside(draft, arrow.to, to)));
        if (!drawn) draft.connect({ from, to, flow: 'identity', label: 'let in', because: `ingress ${title}: ${perimeter.address}` });
      }
    }
  }
}

function isInside(draft: Draft, box: string, frame: string): boolean {
  let at = draft.boxes.get(box)?.frame;
  while (at !== undefined && at !== frame) at = draft.frames.get(at)?.parent;
  return at === frame;
}
