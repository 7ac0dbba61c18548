/* eslint-disable @typescript-eslint/no-require-imports -- `import()` is a promise, and a constructor cannot wait for one. */
import type * as aws from '@cdktf/provider-aws/lib/provider';
import type * as google from '@cdktf/provider-google/lib/provider';

/** Loaded by the stack that uses one: who imports a construct for Google Cloud loads nothing of AWS, and the other way round. */
export const providers = {
  aws: (): typeof aws.AwsProvider => (require('@cdktf/provider-aws/lib/provider') as typeof aws).AwsProvider,
  google: (): typeof google.GoogleProvider => (require('@cdktf/provider-google/lib/provider') as typeof google).GoogleProvider,
};
