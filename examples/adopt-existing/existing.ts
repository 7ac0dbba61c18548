import { ArtifactRegistryRepository } from '@cdktf/provider-google/lib/artifact-registry-repository';
import { KmsCryptoKey } from '@cdktf/provider-google/lib/kms-crypto-key';
import { KmsKeyRing } from '@cdktf/provider-google/lib/kms-key-ring';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { App, TerraformStack } from 'cdktf-vertex-gateway/core';

// What somebody made by hand, as `gcloud … describe` shows it. Rehearsals put it into their cloud first; it is never deployed.
const PROJECT = 'acme-ai-dev';
const LOCATION = 'europe-west4';

const app = new App();
const stack = new TerraformStack(app, 'made-by-hand');
new GoogleProvider(stack, 'Google', { project: PROJECT, region: LOCATION });

const ring = new KmsKeyRing(stack, 'Ring', { name: 'models', location: LOCATION });
const key = new KmsCryptoKey(stack, 'Key', { keyRing: ring.id, name: 'images', rotationPeriod: '31536000s' });
new ArtifactRegistryRepository(stack, 'Images', {
  repositoryId: 'gateway',
  location: LOCATION,
  format: 'DOCKER',
  kmsKeyName: key.id,
  description: 'made for the demo',
});
new SecretManagerSecret(stack, 'VendorKey', {
  secretId: 'vendor-api-key',
  replication: { userManaged: { replicas: [{ location: LOCATION }] } },
});

app.synth();
