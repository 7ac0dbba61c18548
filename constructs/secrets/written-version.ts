import { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version';
import type { Checks } from '../core';
import type { Secret } from './secret';

/** https://cloud.google.com/secret-manager/quotas has no limit on versions of a secret; this one catches timestamps. */
const MAX_GENERATION = 1_000_000;

export function checkGeneration(check: Checks, version: number | undefined): void {
  check.between('version', version, 1, MAX_GENERATION);
}

/**
 * The version that Terraform writes into a secret. A higher `generation` writes a new one first and then disables the one before: what
 * still reads it can be given back its value with `gcloud secrets versions enable`, until somebody destroys it.
 *
 * Write-only and create-before-destroy belong together. Without the latter the provider would first disable the only version there is.
 * Terraform passes create-before-destroy on to everything the version depends on, so the container has it too: a change that would
 * replace the container fails with "already exists" before anything is deleted.
 */
export function writeVersion(secret: Secret, generation: number, value: string): SecretManagerSecretVersion {
  return new SecretManagerSecretVersion(secret, 'Version', {
    secret: secret.resource.id,
    secretDataWo: value,
    secretDataWoVersion: generation,
    deletionPolicy: 'DISABLE',
    lifecycle: { createBeforeDestroy: true },
  });
}
