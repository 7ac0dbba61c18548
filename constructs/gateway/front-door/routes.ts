import { ADMINISTRATION_PREFIXES, type ApiFamily, opens } from './api-paths';

/** A URL map takes ten paths a rule: https://cloud.google.com/load-balancing/docs/quotas#url_maps */
const PATHS_PER_RULE = 10;
/** And a hundred tests. */
const MAX_TESTS = 100;

export interface RouteProps {
  /**
   * Which of LiteLLM's APIs the public may call.
   * @default `openai` and `gemini`
   */
  readonly open?: readonly ApiFamily[];
  /**
   * Paths besides, e.g. /key/info. `*` stands only at the end, after a slash.
   * @default none
   */
  readonly alsoOpen?: readonly string[];
}

/** Rules of a path matcher that send the open paths to this backend service. */
export function pathRules(paths: readonly string[], service: string): { paths: string[]; service: string }[] {
  const rules: { paths: string[]; service: string }[] = [];
  for (let first = 0; first < paths.length; first += PATHS_PER_RULE) {
    rules.push({ paths: paths.slice(first, first + PATHS_PER_RULE), service });
  }
  return rules;
}

/** Requests with which the load balancer itself checks a URL map before it takes it: no administration reaches the API's backend. */
export function routeTests(paths: readonly string[], host: string, api: string, administration: string) {
  const requests = ['/', '/key/generate', ...ADMINISTRATION_PREFIXES].filter((path) => !opens(paths, path));
  const open = paths.find((path) => !path.endsWith('/*'));
  return [
    ...requests.map((path) => ({ host, path, service: administration })),
    ...(open === undefined ? [] : [{ host, path: open, service: api }]),
  ].slice(0, MAX_TESTS);
}
