import type { IConstruct, IDependable } from 'constructs';
import { Aspects, type IAspect, TerraformResource, TerraformStack } from './cdktf';

const resourcesIn = (root: IConstruct): TerraformResource[] => root.node.findAll().filter(TerraformResource.isTerraformResource);

/**
 * Gives `construct.node.addDependency(other)` its meaning: every resource in `construct` gets a `depends_on` for every resource in
 * `other`. CDKTF records these dependencies and ignores them.
 */
export class ConstructDependencies implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    const stack = TerraformStack.of(node);
    const own = new Set(node.dependsOn);
    for (const scope of node.node.scopes) {
      for (const dependency of scope.node.dependencies) {
        for (const resource of resourcesIn(dependency)) {
          if (resource !== node && TerraformStack.of(resource) === stack)
            own.add(`${resource.terraformResourceType}.${resource.friendlyUniqueId}`);
        }
      }
    }
    if (own.size > 0) node.dependsOn = [...own];
  }
}

/**
 * `construct.node.addDependency(...others)`, which also holds in a stack that is no `EnvironmentStack`. Constructs say with it what they wait
 * for, so that they can stand in anybody's stack.
 */
export function dependOn(construct: IConstruct, ...others: readonly IDependable[]): void {
  heedDependencies(TerraformStack.of(construct));
  construct.node.addDependency(...others);
}

/** Makes `node.addDependency` hold in a stack of your own. An `EnvironmentStack` has it done. */
export function heedDependencies(stack: TerraformStack): void {
  const aspects = Aspects.of(stack);
  if (!aspects.all.some((aspect) => aspect instanceof ConstructDependencies)) aspects.add(new ConstructDependencies());
}
