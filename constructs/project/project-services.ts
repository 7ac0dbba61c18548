import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import { Construct } from 'constructs';
import { Checks, dependOn, ValidationError } from '../core';

/** What the provider itself calls to switch on the others. */
const FIRST = ['serviceusage.googleapis.com', 'cloudresourcemanager.googleapis.com'];

export interface ProjectServicesProps {
  /** Names as in `gcloud services list`, e.g. `compute.googleapis.com`. The two that the provider itself needs are always added. */
  readonly services: readonly string[];
}

/**
 * The APIs of a project, switched on and never off: another stack, or somebody who works beside Terraform, may use the same one, and
 * switching an API off deletes what was made with it.
 */
export class ProjectServices extends Construct {
  private readonly enabled = new Map<string, ProjectService>();

  constructor(scope: Construct, id: string, props: ProjectServicesProps) {
    super(scope, id);
    const check = new Checks(this);
    for (const service of props.services) {
      check.matches('services', service, /^[a-z0-9-]+(\.[a-z0-9-]+)*\.googleapis\.com$/, 'names that end in .googleapis.com');
    }
    check.done();

    const first = FIRST.map((service) => this.enable(service));
    for (const service of new Set(props.services)) {
      if (!FIRST.includes(service)) dependOn(this.enable(service), ...first);
    }
  }

  /** The services of these names, for `construct.node.addDependency(...services.of('compute.googleapis.com'))`. */
  of(...services: readonly string[]): ProjectService[] {
    return services.map((service) => {
      const found = this.enabled.get(service);
      if (!found) throw new ValidationError(this, `${service} is not among the services: ${[...this.enabled.keys()].sort().join(', ')}.`);
      return found;
    });
  }

  private enable(service: string): ProjectService {
    const resource = new ProjectService(this, service.replace('.googleapis.com', ''), { service, disableOnDestroy: false });
    this.enabled.set(service, resource);
    return resource;
  }
}
