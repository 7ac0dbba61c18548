import type { EnvironmentStackProps } from '../constructs/core';
import type { Environment } from '../configuration';

/** What every stack of an environment gets. */
export function stackProps(environment: Environment): EnvironmentStackProps {
  const { name, project, state } = environment;
  return {
    environmentName: name,
    projectId: project.id,
    region: environment.region,
    labels: environment.labels,
    quotaProject: environment.quotaProject,
    deployAs: environment.deployAs,
    state: state.backend === 'gcs' ? { ...state, prefix: state.prefix ?? name } : state,
    aws: environment.aws,
  };
}
