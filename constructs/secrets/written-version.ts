import { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version';
import type { Construct } from 'constructs';
import type { Checks } from '../core';

/** https://cloud.google.com/secret-manager/quotas has no limit on versions of a secret; this one catches timestamps. */
const MAX_GENERATION = 1_000_000;

/**
 * What becomes of the version before, when a new one is written. `disable`: nobody reads it any more, until somebody enables it.
 * `keep`: who is pinned to it goes on; somebody disables it when nothing is left that is.
 */
export type PreviousVersion = 'disable' | 'keep';

export function checkGeneration(check: Checks, version: number | undefined): void {
  check.between('version', version, 1, MAX_GENERATION);
}

/**
 * The version that Terraform writes into a secret. A higher `generation` writes a new one first and then sees to the one before: what
 * still reads a disabled one can be given back its value with `gcloud secrets versions enable`, until somebody destroys it.
 *
 * Write-only and create-before-destroy belong together. Without the latter the provider would first disable the only version there is.
 * Terraform passes create-before-destroy on to everything the version depends on, so a container in the same stack has it too: a change
 * that would replace the container fails with "already exists" before anything is deleted.
 */
export function writeVersion(
  scope: Construct,
  secretName: string,
  generation: number,
  value: string,
  previous: PreviousVersion = 'disable',
): SecretManagerSecretVersion {
  return new SecretManagerSecretVersion(scope, 'Version', {
    secret: secretName,
    secretDataWo: value,
    secretDataWoVersion: generation,
    deletionPolicy: previous === 'keep' ? 'ABANDON' : 'DISABLE',
    lifecycle: { createBeforeDestroy: true },
  });
}
