export { type Extra, MASTER_KEY_VARIABLE } from './build-config';
export { ConfigurationLint, type ConfigurationLintProps } from './configuration-lint';
export { DEFAULT_REQUESTS, DEFAULT_USAGE, type RequestSettings } from './defaults';
export { isKnownKey, PINNED_VERSION } from './known-keys';
export { type Finding, LINT_RULES, type Rule } from './lint';
export { LiteLlmConfiguration, type LiteLlmConfigurationProps } from './litellm-configuration';
export type { Block, LiteLlmConfig } from './litellm-config';
export type {
  Caps,
  ModelAlias,
  ModelAliases,
  ModelDeployment,
  ModelGroup,
  ModelGroups,
  Price,
  Requests,
  Retries,
  Safety,
  SafetyThreshold,
} from './model-group';
export { type ModelKey, ModelSource } from './model-source';
export type { Usage, UsageCallbacks } from './usage';
