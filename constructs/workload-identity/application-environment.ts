export interface ApplicationSettings {
  /** Project whose models are called. */
  readonly projectId: string;
  /** Location of the models, e.g. `eu` or `europe-west4`. */
  readonly location: string;
  /**
   * Project charged for API quota. The workload needs serviceusage.services.use on it.
   * @default none is named, and the resource's own is charged
   */
  readonly quotaProject?: string;
}

/** The environment variables that SDKs with Application Default Credentials read. None of them is secret. */
export function applicationEnvironment({ projectId, location, quotaProject }: ApplicationSettings): Record<string, string> {
  return {
    GOOGLE_CLOUD_PROJECT: projectId,
    GOOGLE_CLOUD_LOCATION: location,
    ...(quotaProject === undefined ? {} : { GOOGLE_CLOUD_QUOTA_PROJECT: quotaProject }),
  };
}
