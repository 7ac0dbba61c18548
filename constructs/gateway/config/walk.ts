import type { ModelGroups, Requests } from './model-group';
import { mostRetries } from './retry-policy';

/** LiteLLM waits as long as an answer's Retry-After says, up to this; more than that, it waits by its own back-off, at most 8 seconds. */
const LONGEST_WAIT_SECONDS = 60;

/** All groups that a request to a group can get to, itself first. LiteLLM asks each once a request. */
export function reachable(groups: ModelGroups, start: string): string[] {
  const seen = new Set([start]);
  for (const name of seen) {
    const group = groups[name];
    const next = [...(group?.fallbacks ?? []), ...(group?.contextWindowFallbacks ?? []), ...(group?.contentPolicyFallbacks ?? [])];
    for (const other of next) if (groups[other]) seen.add(other);
  }
  return [...seen];
}

/** Groups after the first that a request can be sent to: LiteLLM's own limit, 5, would end some chains early and silently. */
export const mostFallbacks = (groups: ModelGroups): number =>
  Math.max(1, ...Object.keys(groups).map((name) => reachable(groups, name).length - 1));

/** Longest that one request may take: every try times out, every wait is the longest, in every group that it can get to. Seconds. */
export function longestRequestSeconds(groups: ModelGroups, requests: Requests): number {
  const ofGroup = (name: string): number => {
    const { timeoutSeconds = requests.timeoutSeconds, retries } = groups[name]!;
    const more = mostRetries({ ...requests.retries, ...retries });
    return (1 + more) * timeoutSeconds + more * LONGEST_WAIT_SECONDS;
  };
  const ofRequest = (name: string): number => reachable(groups, name).reduce((sum, each) => sum + ofGroup(each), 0);
  return Math.max(0, ...Object.keys(groups).map(ofRequest));
}
