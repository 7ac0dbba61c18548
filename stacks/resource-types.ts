import type { IConstruct } from 'constructs';

/** Types of all resources and data sources in the stacks, each once: what whoever deploys them has to be able to do follows from these. */
export function resourceTypes(stacks: readonly IConstruct[]): string[] {
  const types = stacks
    .flatMap((stack) => stack.node.findAll())
    .flatMap((node) => ('terraformResourceType' in node ? [String(node.terraformResourceType)] : []));
  return [...new Set(types)].sort();
}
