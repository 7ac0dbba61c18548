/** Terraform's values are some ten levels deep. Deeper than this is no plan, and would exhaust the stack of whatever walks it. */
export const DEEPEST = 200;

/** Walks without recursion, so that it cannot itself be exhausted. */
export function isTooDeep(value: unknown): boolean {
  const waiting: [unknown, number][] = [[value, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [here, depth] = next;
    if (typeof here !== 'object' || here === null) continue;
    if (depth > DEEPEST) return true;
    for (const inner of Object.values(here)) if (typeof inner === 'object' && inner !== null) waiting.push([inner, depth + 1]);
  }
  return false;
}
