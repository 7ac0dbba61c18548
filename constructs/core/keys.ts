const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Long-lived keys as Terraform resources: the private half would stand in the state, and work for whoever reads it until it is found. */
const KEYS: Readonly<Record<string, string>> = {
  google_service_account_key: 'GkeWorkloadIdentity for pods, WorkloadIdentityPool for everything outside Google Cloud',
  google_storage_hmac_key: 'the identity of the workload, with the JSON API of Cloud Storage',
  aws_iam_access_key: 'a role that the caller assumes',
};

/** Keys among the resources of a synthesized stack, however they came into it: what is wrong, and what to do. */
export function keyResources(synthesized: Readonly<Record<string, unknown>>): string[] {
  const { resource } = synthesized;
  if (!isObject(resource)) return [];
  return Object.entries(KEYS).flatMap(([type, instead]) => {
    const found = resource[type];
    return (isObject(found) ? Object.keys(found) : []).map(
      (name) =>
        `\`${type}.${name}\` is a key that lives until somebody deletes it, and its private half stands in the state. Use ${instead}.`,
    );
  });
}
