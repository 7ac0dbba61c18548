import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { GcsBackend, TerraformStack } from 'cdktf';
import { heedDependencies } from 'cdktf-vertex-gateway/core';
import type { Construct } from 'constructs';

export type Landscape = 'prod' | 'test';

/** What every stack of this team is built on: their names, their labels, their backend. It knows nothing of cdktf-vertex-gateway. */
export class AcmeStack extends TerraformStack {
  readonly project: string;
  readonly region = 'europe-west4';

  constructor(
    scope: Construct,
    readonly component: string,
    readonly landscape: Landscape,
  ) {
    super(scope, `${component}-${landscape}`);
    this.project = `acme-search-${landscape}`;
    new GcsBackend(this, { bucket: 'acme-terraform-state', prefix: `search/${component}/${landscape}` });
    new GoogleProvider(this, 'Google', {
      project: this.project,
      region: this.region,
      defaultLabels: { component, landscape, team: 'search' },
    });
    // Without this line, CDKTF ignores what `node.addDependency` says in this stack.
    heedDependencies(this);
  }

  /** search-prod-index */
  nameOf(thing: string): string {
    return `search-${this.landscape}-${thing}`;
  }
}
