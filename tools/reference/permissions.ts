import { deployNeeds } from '../../constructs/workload-identity';
import { apiOf } from './apis';
import { table } from './documentation';
import type { Created } from './example';

/** Roles that whoever plans and applies needs for these types, and the APIs behind them. */
export function permissionsOf(created: readonly Created[]): string {
  const types = [...new Set(created.map(({ type }) => type))].filter((type) => /^(data\.)?google_/.test(type));
  if (types.length === 0) return 'For its resources: no role of Google Cloud.';
  const { above, unknown } = deployNeeds(types);
  const without = [...unknown, ...types.filter((type) => apiOf(type.replace(/^data\./, '')) === undefined)];
  if (without.length > 0) {
    throw new Error(
      `${without.join(', ')}: no roles in constructs/workload-identity/deploy-roles.ts, or no API in tools/reference/apis.ts. Add them.`,
    );
  }
  const rows = rowsOf(types);
  const apis = [...new Set(types.map((type) => apiOf(type.replace(/^data\./, ''))))].sort();
  const parts = [
    rows.length > 0 ? table(['Role', 'To', 'Because of'], rows) : undefined,
    above.length > 0 ? `Beyond the project: ${above.map(spoken).join('; ')}.` : undefined,
    `APIs: ${apis.map((api) => `\`${api}\``).join(', ')}.`,
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** `a and b take roles/c`, of types and roles as code; one type takes. */
const spoken = (sentence: string): string =>
  (sentence.includes(' and ') ? sentence : sentence.replace(' take ', ' takes ')).replace(/\b(google_\w+|roles\/[\w.]+)/g, '`$1`');

/** A row a role: first those to apply, then those to plan. */
function rowsOf(types: readonly string[]): string[][] {
  const rows = new Map<string, Set<string>>();
  for (const purpose of ['admin', 'view'] as const) {
    const all = types.flatMap((type) => deployNeeds([type])[purpose].map((role) => [role, type.replace(/^data\./, '')] as const));
    for (const [role, type] of all.sort(([one], [other]) => one.localeCompare(other))) {
      const key = `\`${role}\`|${purpose === 'admin' ? 'apply' : 'plan'}`;
      rows.set(key, (rows.get(key) ?? new Set()).add(`\`${type}\``));
    }
  }
  return [...rows].map(([key, because]) => [...key.split('|'), [...because].join(', ')]);
}
