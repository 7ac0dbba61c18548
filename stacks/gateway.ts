import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { EnvironmentStack } from '../constructs/core';
import { ProjectServices } from '../constructs/project';
import { stackId } from './names';
import { stackProps } from './stack-props';

const RUN = 'run.googleapis.com';

/** The section `gateway` of an environment file. */
export type GatewaySection = NonNullable<Environment['gateway']>;

/** The gateway: database, front door, configuration, and the service that runs between them. */
export class GatewayStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, _gateway: GatewaySection) {
    super(scope, stackId(environment, 'gateway'), stackProps(environment));
    new ProjectServices(this, 'Services', { services: [RUN] });
  }
}
