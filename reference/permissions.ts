import { deployNeeds } from '../constructs/workload-identity';
import { apiOf } from './apis';
import { table } from './documentation';
import type { Created } from './example';

/** Roles that whoever plans and applies needs for these types, and the APIs behind them. */
export function permissionsOf(created: readonly Created[]): string {
  const types = [...new Set(created.map(({ type }) => type))].filter((type) => /^(data\.)?google_/.test(type));
  if (types.length === 0) return 'No role of Google Cloud.';
  const { above, unknown } = deployNeeds(types);
  const without = [...unknown, ...types.filter((type) => apiOf(type.replace(/^data\./, '')) === undefined)];
  if (without.length > 0) {
    throw new Error(
      `${without.join(', ')}: no roles in constructs/workload-identity/deploy-roles.ts, or no API in reference/apis.ts. Add them.`,
    );
  }
  const parts = [
    table(
      ['To apply', 'To plan', 'Because of'],
      byRoles(types).map(([admin, view, causes]) => [admin, view, causes]),
    ),
    above.length > 0
      ? `Beyond the project: ${above.map((sentence) => sentence.replace(/google_\w+/g, '`$&`').replace(/roles\/[\w.]+/g, '`$&`')).join('; ')}.`
      : undefined,
    `APIs: ${[...new Set(types.map((type) => apiOf(type.replace(/^data\./, ''))))]
      .sort()
      .map((api) => `\`${api}\``)
      .join(', ')}.`,
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** Rows of roles, each with all types that need just these. */
function byRoles(types: readonly string[]): [string, string, string][] {
  const rows = new Map<string, string[]>();
  for (const type of types) {
    const { admin, view } = deployNeeds([type]);
    if (admin.length + view.length === 0) continue;
    const key = [admin, view].map((roles) => roles.map((role) => `\`${role}\``).join(', ')).join('\n');
    rows.set(key, [...(rows.get(key) ?? []), `\`${type.replace(/^data\./, '')}\``]);
  }
  return [...rows]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([key, causes]) => [...(key.split('\n') as [string, string]), causes.join(', ')]);
}
