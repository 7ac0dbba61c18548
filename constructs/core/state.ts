import { join, relative } from 'node:path';
import { App, GcsBackend, LocalBackend, type TerraformStack } from './cdktf';

/** Where Terraform keeps the state of a stack. Each stack has its own file, named after it. */
export type StateLocation = GcsState | LocalState;

export interface GcsState {
  /** A bucket of Cloud Storage. */
  readonly backend: 'gcs';
  /** Bucket with versioning on: it is the only way back from a broken state. */
  readonly bucket: string;
  /** Folder in the bucket. */
  readonly prefix: string;
  /**
   * Cloud KMS key, projects/P/locations/L/keyRings/R/cryptoKeys/K.
   * @default Google-managed encryption
   */
  readonly kmsKey?: string;
}

export interface LocalState {
  /** A file on the machine that applies. */
  readonly backend: 'local';
  /** Directory, absolute or relative to the working directory of the synthesis. */
  readonly directory: string;
}

/** Adds the backend to the stack; `deployAs` is impersonated for the state too. */
export function addStateBackend(stack: TerraformStack, state: StateLocation, deployAs: string | undefined): void {
  if (state.backend === 'gcs') {
    new GcsBackend(stack, {
      bucket: state.bucket,
      prefix: `${state.prefix}/${stack.node.id}`,
      kmsEncryptionKey: state.kmsKey,
      impersonateServiceAccount: deployAs,
    });
    return;
  }
  // Terraform runs in the stack's own folder. A path relative to it keeps this machine's directories out of the synthesized JSON.
  const workingDirectory = join(App.of(stack).outdir, 'stacks', stack.node.id);
  new LocalBackend(stack, { path: join(relative(workingDirectory, state.directory), `${stack.node.id}.tfstate`) });
}
