import { ServiceAccountKey } from '@cdktf/provider-google/lib/service-account-key';
import { StorageHmacKey } from '@cdktf/provider-google/lib/storage-hmac-key';
import { TerraformElement } from '../../../constructs/core';
import { synthesize } from '../../support/template';

describe('keys of service accounts', () => {
  it('are refused, whoever makes them, and what to do instead is told', () => {
    const build = () =>
      synthesize((stack) => {
        new ServiceAccountKey(stack, 'Key', { serviceAccountId: 'a' });
        new StorageHmacKey(stack, 'Hmac', { serviceAccountEmail: 'a@b' });
      });
    expect(build).toThrow(
      /^test-stack: `google_service_account_key\.Key` is a key[^\n]*Use GkeWorkloadIdentity[^\n]*\ntest-stack: `google_storage_hmac_key\.Hmac`/,
    );
  });

  it('are refused as raw JSON too', () => {
    class Raw extends TerraformElement {
      override toTerraform(): object {
        return { resource: { google_service_account_key: { raw: { service_account_id: 'a' } } } };
      }
    }
    expect(() => synthesize((stack) => new Raw(stack, 'Raw'))).toThrow(/`google_service_account_key\.raw` is a key/);
    expect(() => synthesize((stack) => stack.addOverride('resource.google_service_account_key.late', { service_account_id: 'a' }))).toThrow(
      /`google_service_account_key\.late` is a key/,
    );
  });
});
