import { Construct } from 'constructs';
import { EnvironmentStack, Testing } from '../../../constructs/core';
import { GeneratedValue, type GeneratedValueProps, ProvidedValue } from '../../../constructs/secrets';
import { Template } from '../../support/template';

const NAME = 'projects/acme-ai-dev/secrets/dev-key';

const stack = (): EnvironmentStack =>
  new EnvironmentStack(Testing.app(), 'dev-gateway', {
    environmentName: 'dev',
    projectId: 'acme-ai-dev',
    region: 'europe-west4',
    labels: {},
    state: { backend: 'gcs', bucket: 'acme-state', prefix: 'dev' },
  });

function generated(props: Partial<GeneratedValueProps> = {}): Template {
  const scope = stack();
  new GeneratedValue(new Construct(scope, 'Secrets'), 'key', { secretName: NAME, ...props });
  return new Template(scope);
}

describe('a value for a secret of another stack', () => {
  it('is generated, written only, and leaves the version before to those pinned to it', () => {
    const template = generated({ version: 4, prefix: 'sk-', length: 48 });
    expect(template.resource('google_secret_manager_secret_version')).toMatchObject({
      secret: NAME,
      secret_data_wo: expect.stringMatching(/^sk-\$\{ephemeral\.random_password\.\w+\.result\}$/),
      secret_data_wo_version: 4,
      deletion_policy: 'ABANDON',
      lifecycle: { create_before_destroy: true },
    });
    expect(template.types()).toEqual(['google_secret_manager_secret_version']);
  });

  it('can disable the version before', () => {
    expect(generated({ previous: 'disable' }).resource('google_secret_manager_secret_version')['deletion_policy']).toBe('DISABLE');
  });

  it('is provided, from a variable that is never stored', () => {
    const scope = stack();
    new ProvidedValue(scope, 'key', { secretName: NAME, variableName: 'dev_key' });
    const template = new Template(scope);
    expect(template.variables()['dev_key']).toMatchObject({ ephemeral: true, sensitive: true, default: '' });
    expect(template.resource('google_secret_manager_secret_version')).toMatchObject({ secret_data_wo: '${var.dev_key}' });
  });

  it.each([
    [{ secretName: 'dev-key' }, '`secretName` must be the full name of a secret'],
    [{ version: 0 }, '`version` must be a whole number between 1 and 1000000, got: 0.'],
    [{ length: 8 }, '`length` must be a whole number between 16 and 512, got: 8.'],
  ])('refuses %j', (props, message) => expect(() => generated(props)).toThrow(message));

  it('refuses a variable that no shell can export', () => {
    expect(() => new ProvidedValue(stack(), 'key', { secretName: NAME, variableName: 'dev-key' })).toThrow(
      /`variableName` must be letters/,
    );
  });
});
