import type { IConstruct } from 'constructs';
import { TerraformResource } from '../constructs/core';

/**
 * Types of all resources in the stacks, and of data sources with `data.` before it, each once: what whoever deploys them has to be able to do
 * follows from these.
 */
export function resourceTypes(stacks: readonly IConstruct[]): string[] {
  const types = stacks
    .flatMap((stack) => stack.node.findAll())
    .flatMap((node) => {
      if (TerraformResource.isTerraformResource(node)) return [node.terraformResourceType];
      return 'terraformResourceType' in node ? [`data.${String(node.terraformResourceType)}`] : [];
    });
  return [...new Set(types)].sort();
}
