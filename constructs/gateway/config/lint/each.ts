import type { ModelDeployment, ModelGroup, ModelGroups } from '../model-group';

/** Every deployment, with its place as an environment file has it. */
export const eachDeployment = (
  models: ModelGroups,
): { readonly group: string; readonly settings: ModelGroup; readonly deployment: ModelDeployment; readonly place: string }[] =>
  Object.entries(models).flatMap(([group, settings]) =>
    settings.deployments.map((deployment, index) => ({
      group,
      settings,
      deployment,
      place: `models.${group}.deployments[${index}]`,
    })),
  );

export const FALLBACK_KINDS = ['fallbacks', 'contextWindowFallbacks', 'contentPolicyFallbacks'] as const;
export type FallbackKind = (typeof FALLBACK_KINDS)[number];

/** Every list of fallbacks that is not empty. */
export const eachFallback = (
  models: ModelGroups,
): { readonly group: string; readonly kind: FallbackKind; readonly targets: readonly string[]; readonly place: string }[] =>
  Object.entries(models).flatMap(([group, settings]) =>
    FALLBACK_KINDS.flatMap((kind) => {
      const targets = settings[kind] ?? [];
      return targets.length > 0 ? [{ group, kind, targets, place: `models.${group}.${kind}` }] : [];
    }),
  );

/** The models that answer for a group in the end. */
export const basesOf = ({ deployments }: ModelGroup): string[] => [...new Set(deployments.map(({ source }) => source.base))];
