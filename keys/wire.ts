import type { KeySettings, Limits, TeamSettings } from './settings';
import type { RawItem } from './gateway-api';

/**
 * Settings in LiteLLM's fields: only what can be compared and set again. `null` is no limit. The end of a key is here as an instant; LiteLLM
 * is told how long it is until then.
 */
export type Wire = Readonly<Record<string, string | number | null | readonly string[]>>;

/** So that a key never administers the gateway. */
const API_ROUTES = ['llm_api_routes'];

/** LiteLLM's word for it. An empty list says the same; this says it in words. */
export const OF_THE_TEAM = ['all-team-models'];

const limits = ({ budget, requestsPerMinute, tokensPerMinute }: Limits): Wire => ({
  max_budget: budget?.usd ?? null,
  budget_duration: budget?.every ?? null,
  rpm_limit: requestsPerMinute ?? null,
  tpm_limit: tokensPerMinute ?? null,
});

const sorted = (names: readonly string[]): readonly string[] => [...names].sort();

export const teamWire = (team: TeamSettings): Wire => ({ models: sorted(team.models), ...limits(team) });

export const keyWire = (key: KeySettings): Wire => ({
  team_id: key.team ?? null,
  models: key.models.length > 0 ? sorted(key.models) : OF_THE_TEAM,
  ...limits(key),
  max_parallel_requests: key.parallelRequests ?? null,
  allowed_routes: API_ROUTES,
  expires: key.expires === undefined ? null : endOf(key.expires),
});

/** The first instant at which it does not work any more. @param date the last day, YYYY-MM-DD */
const endOf = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString();

/** The same fields as LiteLLM has them. */
export function observedWire(item: RawItem, fields: Wire): Wire {
  return Object.fromEntries(
    Object.keys(fields).map((field) => {
      const value = item[field];
      if (field === 'expires' && typeof value === 'string') return [field, new Date(value).toISOString()];
      if (Array.isArray(value)) return [field, sorted(value as string[])];
      return [field, (value ?? (Array.isArray(fields[field]) ? [] : null)) as Wire[string]];
    }),
  );
}

/** LiteLLM counts from the moment of the request: the same end comes out a little different each time. */
const TOLERANCE_MS = 5 * 60_000;

export function sameValue(field: string, one: Wire[string], other: Wire[string]): boolean {
  if (field === 'expires' && typeof one === 'string' && typeof other === 'string') {
    return Math.abs(Date.parse(one) - Date.parse(other)) <= TOLERANCE_MS;
  }
  return JSON.stringify(one) === JSON.stringify(other);
}

/** As a request wants them. @param now milliseconds since 1970 */
export function requestOf({ expires, ...fields }: Wire, now: number): Record<string, unknown> {
  if (expires === undefined) return fields;
  return { ...fields, duration: expires === null ? null : `${Math.max(1, Math.round((Date.parse(expires as string) - now) / 1000))}s` };
}
