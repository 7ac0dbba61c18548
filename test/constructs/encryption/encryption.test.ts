import { EncryptionKey, type EncryptionKeyProps, KeyRing } from '../../../constructs/encryption';
import { serviceAgent } from '../../../constructs/project';
import { synthesize, type Template } from '../../support/template';

const key = (props: Partial<EncryptionKeyProps> = {}, ringName = 'test'): Template =>
  synthesize((stack) => {
    const keyRing = new KeyRing(stack, 'KeyRing', { name: ringName, location: 'europe-west4' });
    const made = new EncryptionKey(stack, 'Key', { keyRing, name: 'secrets', ...props });
    made.grantEncryptDecrypt(serviceAgent('secretmanager.googleapis.com', '123456789012'));
  });

describe('EncryptionKey', () => {
  it('rotates every 90 days in software and refuses to be destroyed, unless told otherwise', () => {
    expect(key().resource('google_kms_crypto_key')).toMatchObject({
      name: 'secrets',
      purpose: 'ENCRYPT_DECRYPT',
      rotation_period: '7776000s',
      version_template: { algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION', protection_level: 'SOFTWARE' },
      lifecycle: { prevent_destroy: true },
    });
    const other = key({ rotationDays: 1, protectionLevel: 'hsm', preventDestroy: false }).resource('google_kms_crypto_key');
    expect(other).toMatchObject({ rotation_period: '86400s', version_template: { protection_level: 'HSM' } });
    expect(other).not.toHaveProperty('lifecycle');
  });

  it('lets a service encrypt and decrypt, beside whoever else may', () => {
    expect(key().resource('google_kms_crypto_key_iam_member')).toMatchObject({
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member: 'serviceAccount:service-123456789012@gcp-sa-secretmanager.iam.gserviceaccount.com',
    });
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'a name',
      () => key({ name: 'a.b' }),
      /^test-stack\/Key: `name` must be 1 to 63 letters, digits, dashes and underscores, got: "a\.b"\.$/,
    ],
    ['a ring', () => key({}, ''), /^test-stack\/KeyRing: `name` must be 1 to 63/],
    ['a rotation', () => key({ rotationDays: 0 }), /`rotationDays` must be a whole number between 1 and 3650, got: 0\./],
  ])('refuses %s', (_, build, message) => {
    expect(build).toThrow(message);
  });
});
