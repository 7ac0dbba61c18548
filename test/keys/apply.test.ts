import { apply, GatewayApi, newValue, plan, SecretManager, type Desired } from '../../keys';
import { SecretManagerServer } from '../support/secret-manager';

const SECRET = 'projects/acme-ai-test/secrets/test-key-web';
const DESIRED: Desired = {
  environment: 'test',
  masterKeySecret: 'projects/acme-ai-test/secrets/master',
  teams: {},
  keys: { web: { secret: SECRET, version: 1, overlapHours: 24, models: ['assistant'] } },
};

describe('keys', () => {
  let server: SecretManagerServer;
  beforeAll(async () => {
    server = await SecretManagerServer.start('token');
  });
  afterAll(() => server.stop());

  it('are not made where somebody else has just written a value', async () => {
    server.make(SECRET);
    const secrets = new SecretManager({ accessToken: async () => 'token', idToken: async () => '' }, server.url);
    const { actions } = plan(DESIRED, { keys: [], teams: [], secrets: {} }, { delete: false, now: 0 });
    server.versions.get(SECRET)!.push(newValue(1));
    const gateway = new GatewayApi({ url: 'http://127.0.0.1:9', masterKey: 'sk-master' });
    await expect(apply(actions, { gateway, secrets, now: () => 0 }, () => undefined)).rejects.toThrow(/somebody else may be applying keys/);
    expect(server.values).toHaveLength(1);
  });

  it('go nowhere over plain http', () => {
    expect(() => new GatewayApi({ url: 'http://llm.example.com', masterKey: 'sk-master' })).toThrow(/the master key would go over/);
  });

  it('have 256 bits, and are never the same', () => {
    const values = Array.from({ length: 50 }, () => newValue(3));
    expect(new Set(values).size).toBe(50);
    for (const value of values) expect(value).toMatch(/^sk-3-[\w-]{43}$/);
  });
});
