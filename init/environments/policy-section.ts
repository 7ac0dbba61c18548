import { has, type Choices, type EnvironmentName } from '../choices';

/** Findings of the policy that the choices bring with them, each with why it may be so. */
export const policySection = (choices: Choices, name: EnvironmentName): string | undefined =>
  name === 'prod' && has(choices, 'gateway')
    ? `policy:
  suppressions:
    replaceable-keys:
      rule: SEC-009
      path: prod-gateway/Keys/*/Resource
      reason: A key that is lost is replaced with its next version, without a deploy. Nothing is encrypted with it.
      owner: ${choices.group}
`
    : undefined;
