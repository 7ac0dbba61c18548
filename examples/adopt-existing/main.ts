import { App, EnvironmentStack } from 'cdktf-vertex-gateway/core';
import { EncryptionKey, KeyRing } from 'cdktf-vertex-gateway/encryption';
import { ImageRepository } from 'cdktf-vertex-gateway/images';
import { ProvidedSecret, Replication } from 'cdktf-vertex-gateway/secrets';

const PROJECT = 'acme-ai-dev';
const LOCATION = 'europe-west4';
const AT = `projects/${PROJECT}/locations/${LOCATION}`;

const app = new App();
const stack = new EnvironmentStack(app, 'dev-adopted', {
  environmentName: 'dev',
  projectId: PROJECT,
  region: LOCATION,
  labels: { team: 'ai-platform' },
  state: { backend: 'gcs', bucket: 'acme-terraform-state', prefix: 'dev-adopted' },
});

// Each id is what the console, or `gcloud … describe`, calls the full name. When the import has been applied, its line may go.
const keyRing = new KeyRing(stack, 'KeyRing', { name: 'models', location: LOCATION });
keyRing.resource.importFrom(`${AT}/keyRings/models`);

const key = new EncryptionKey(stack, 'Key', { keyRing, name: 'images' });
key.resource.importFrom(`${AT}/keyRings/models/cryptoKeys/images`);

const images = new ImageRepository(stack, 'Images', {
  name: 'gateway',
  location: LOCATION,
  // As it was made: with another key, or none, Terraform would have to replace the repository.
  kmsKey: key.keyName,
  immutableTags: false,
  keepVersions: 20,
});
images.resource.importFrom(`${AT}/repositories/gateway`);

// The value stays where it is, in the versions of the secret: by hand means that no deploy reads or writes one.
const vendorKey = new ProvidedSecret(stack, 'VendorKey', {
  secretId: 'vendor-api-key',
  value: 'by-hand',
  replication: Replication.userManaged([{ location: LOCATION }]),
});
vendorKey.resource.importFrom(`projects/${PROJECT}/secrets/vendor-api-key`);

// New, beside what was there.
images.grantRead('serviceAccount:gateway@acme-ai-dev.iam.gserviceaccount.com');
vendorKey.grantRead('serviceAccount:gateway@acme-ai-dev.iam.gserviceaccount.com');

app.synth();
