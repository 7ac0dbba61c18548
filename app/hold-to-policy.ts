import type { Environment } from '../configuration';
import { Annotations, type EnvironmentStack } from '../constructs/core';
import { advice, checkPolicy, errorsOf, PolicyError, type Report } from '../policy';
import { policyOf } from '../stacks';

/**
 * What the policy says of an environment. Here, and not in a validation: those run when some of the stacks are written already. What stops
 * the environment is thrown, unless it is only asked for.
 */
export function holdToPolicy(
  environment: Environment,
  stacks: readonly EnvironmentStack[],
  { reportOnly }: { reportOnly: boolean },
): Report {
  const { stops, ...policy } = policyOf(environment);
  const documents = stacks.map((stack) => ({ name: stack.node.id, json: stack.toTerraform() }));
  const report = checkPolicy(documents, policy);
  const errors = stops && !reportOnly ? errorsOf(report) : [];
  if (errors.length > 0) throw new PolicyError(environment.name, errors);
  const constructs = new Map(stacks.flatMap((stack) => stack.node.findAll()).map((construct) => [construct.node.path, construct]));
  for (const finding of report.findings.filter(({ level }) => level !== 'note'))
    Annotations.of(constructs.get(finding.path) ?? stacks[0]!).addWarning(advice(finding));
  return report;
}
