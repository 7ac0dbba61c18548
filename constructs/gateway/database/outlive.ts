import type { TerraformResource } from '../../core';

/**
 * When a login goes, because another takes its place, Terraform would take it away first and change the service afterwards. What was made
 * to be created before it is destroyed is also destroyed after what depended on it: so the revision that serves keeps its login.
 */
export function outlive(...resources: readonly TerraformResource[]): void {
  for (const resource of resources) resource.addOverride('lifecycle.create_before_destroy', true);
}
