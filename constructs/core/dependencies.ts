import type { IConstruct } from 'constructs';
import { type IAspect, TerraformResource, TerraformStack } from './cdktf';

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
