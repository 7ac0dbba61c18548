import type { Construct } from 'constructs';
import type { Environment } from '../configuration';
import { Annotations, Checks, EnvironmentStack } from '../constructs/core';
import { assessModel } from '../constructs/model-catalog';
import { ProjectServices } from '../constructs/project';
import { AcceleratorQuota, EndpointGuards } from '../constructs/vertex-endpoint';
import { EnvironmentEndpoints } from './environment-endpoints';
import { EnvironmentModelGarden } from './environment-model-garden';
import { stackId } from './names';
import { RequestLog } from './request-log';
import { stackProps } from './stack-props';

const VERTEX = 'aiplatform.googleapis.com';
const BIGQUERY = 'bigquery.googleapis.com';
const QUOTAS = 'cloudquotas.googleapis.com';

export interface InferenceStackOptions {
  /** ISO date at which models are judged retired. Default: today. It decides whether the stack builds, never what is in it. */
  readonly today?: string;
}

/** Models: those on endpoints and in Model Garden are deployed; those that Google serves are only called, and held against the catalogue. */
export class InferenceStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment, options: InferenceStackOptions = {}) {
    super(scope, stackId(environment, 'inference'), stackProps(environment));
    this.checkManagedModels(environment, options.today);
    const { acceleratorQuota, endpoints: declared, project, region } = environment;
    const logs = Object.values(declared).some(({ requestLogging }) => requestLogging !== undefined);
    const services = new ProjectServices(this, 'Services', {
      services: [VERTEX, ...(logs ? [BIGQUERY] : []), ...(acceleratorQuota ? [QUOTAS] : [])],
    });

    // Also without endpoints: the guard of the last one must outlive it.
    EndpointGuards.of(this);
    const requestLog = logs ? new RequestLog(this, 'RequestLog', environment) : undefined;
    requestLog?.node.addDependency(...services.of(BIGQUERY));

    const endpoints = new EnvironmentEndpoints(this, 'Endpoints', environment, requestLog);
    const garden = new EnvironmentModelGarden(this, 'ModelGarden', environment);
    for (const construct of [endpoints, garden]) construct.node.addDependency(...services.of(VERTEX));
    if (!acceleratorQuota) return;

    const quota = new AcceleratorQuota(this, 'Quota', {
      projectId: project.id,
      region,
      demands: [...endpoints.demands, ...garden.demands],
      contactEmail: acceleratorQuota.contactEmail,
    });
    quota.node.addDependency(...services.of(QUOTAS, VERTEX));
    for (const construct of [endpoints, garden]) construct.node.addDependency(quota);
  }

  private checkManagedModels({ managedModels }: Environment, today: string | undefined): void {
    const check = new Checks(this);
    for (const [id, { location }] of Object.entries(managedModels)) {
      for (const { level, message } of assessModel(id, { today, location }).findings) {
        if (level === 'error') check.add(`managedModels: ${message}`);
        else if (level === 'warning') Annotations.of(this).addWarning(message);
        else Annotations.of(this).addInfo(message);
      }
    }
    check.done();
  }
}
