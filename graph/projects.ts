import type { Landscape } from './landscape';
import { stringsIn, textOf } from './value';

/**
 * Ids of projects by their numbers, as far as the stacks tell: a pool has its project's id, and its members have the number; so have the
 * agents of Google, which are granted roles in their own project.
 */
export function projectIds(landscape: Landscape): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const pools = landscape.mains.filter(({ type }) => type.kind === 'pool');
  const own = new Set(landscape.mains.map(({ project }) => project).filter((project) => project !== ''));
  const grants = landscape.grants().map((resource) => ({ texts: [...stringsIn(resource.json)], project: textOf(resource, 'project') }));
  for (const { texts, project } of grants)
    for (const text of texts) {
      const agent = /^serviceAccount:(?:service|bq)-(\d+)@/.exec(text)?.[1];
      // Agents of other projects are granted roles too: one project alone, or nobody's word against it.
      const of = project ?? (own.size === 1 ? [...own][0] : undefined);
      if (agent !== undefined && of !== undefined && !ids.has(agent)) ids.set(agent, of);
    }
  for (const { texts } of grants)
    for (const text of texts) {
      const [, number, id] = /\/projects\/(\d+)\/locations\/global\/workloadIdentityPools\/([^/]+)\//.exec(text) ?? [];
      const pool = pools.find(({ names }) => names.includes(`workloadIdentityPools/${id}`));
      if (number !== undefined && pool && pool.project !== '') ids.set(number, pool.project);
    }
  for (const resource of landscape.resources().filter(({ type }) => type === 'google_project')) {
    const [number, id] = [textOf(resource, 'number'), textOf(resource, 'project_id')];
    if (number !== undefined && id !== undefined) ids.set(number, id);
  }
  return ids;
}
