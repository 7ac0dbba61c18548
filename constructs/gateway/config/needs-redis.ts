import type { ModelGroups } from './model-group';

/** Limits that each instance would count for itself without Redis, each as a phrase. */
export const needsRedis = (models: ModelGroups): string[] =>
  Object.entries(models).flatMap(([name, { deployments }]) =>
    deployments.flatMap(({ source, caps }) => {
      const limits = [
        ...(caps?.requestsPerMinute === undefined ? [] : [`${caps.requestsPerMinute} requests a minute`]),
        ...(caps?.tokensPerMinute === undefined ? [] : [`${caps.tokensPerMinute} tokens a minute`]),
      ];
      return limits.length > 0 ? [`${source.base} of group \`${name}\`: ${limits.join(', ')}`] : [];
    }),
  );
