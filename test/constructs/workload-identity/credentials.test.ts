import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  applicationEnvironment,
  credentialConfiguration,
  type CredentialConfigurationProps,
  Issuers,
  WorkloadIdentityPool,
} from '../../../constructs/workload-identity';
import { stackWith } from '../../support/template';

type Configuration = Record<string, unknown>;

function configuration(props: Pick<CredentialConfigurationProps, 'source' | 'impersonate'>): Configuration {
  let made: Configuration = {};
  stackWith((stack) => {
    const pool = new WorkloadIdentityPool(stack, 'Pool', {
      projectId: 'acme-ai-test',
      projectNumber: '123456789012',
      name: 'federation-test',
    });
    const issuer = Issuers.kubernetes({ issuerUri: 'https://k8s.acme.example', namespaces: ['orders'] });
    made = credentialConfiguration({ provider: pool.addProvider('orders', issuer), ...props });
  });
  return made;
}

const AUDIENCE = '//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/federation-test/providers/orders';
const file = { kind: 'file', path: '/var/run/google/token/token' } as const;
const aws = { kind: 'aws' } as const;

/** An application: it knows nothing but its environment, as Application Default Credentials want it. */
const APPLICATION = `
const { GoogleAuth } = require('google-auth-library');
const auth = new GoogleAuth({ scopes: 'https://www.googleapis.com/auth/cloud-platform' });
(async () => {
  const client = await auth.getClient();
  const report = { client: client.constructor.name, project: await auth.getProjectId(), quotaProject: client.quotaProjectId };
  if (process.argv[1] === 'call') report.token = (await client.getAccessToken()).token;
  console.log(JSON.stringify(report));
})();
`;

describe('a credential configuration, in a program that uses google-auth-library', () => {
  const directory = mkdtempSync(join(tmpdir(), 'credentials-'));
  const seen: { url: string; body: string; authorization?: string }[] = [];
  let server: Server;
  let address: string;

  beforeAll(async () => {
    writeFileSync(join(directory, 'token'), 'the-token-of-the-pod');
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({ url: request.url!, body, authorization: request.headers.authorization });
        const type = 'urn:ietf:params:oauth:token-type:access_token';
        const exchanged = { access_token: 'exchanged', issued_token_type: type, token_type: 'Bearer', expires_in: 3600 };
        const become = { accessToken: 'become', expireTime: '2099-01-01T00:00:00Z' };
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(request.url!.endsWith(':generateAccessToken') ? become : exchanged));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => void seen.splice(0));
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(directory, { recursive: true });
  });

  async function run(config: Configuration, action: 'call' | 'load', environment: NodeJS.ProcessEnv = {}): Promise<Configuration> {
    const credentials = join(directory, 'credentials.json');
    writeFileSync(credentials, JSON.stringify(config));
    const env = { PATH: process.env['PATH'], HOME: directory, GOOGLE_APPLICATION_CREDENTIALS: credentials, ...environment };
    const settings = applicationEnvironment({ projectId: 'acme-ai-test', location: 'eu' });
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', APPLICATION, action], { env: { ...settings, ...env } });
    return JSON.parse(stdout) as Configuration;
  }

  /** The same, with the token service and the token on this machine. */
  const here = (config: Configuration): Configuration => ({
    ...config,
    token_url: `${address}/v1/token`,
    credential_source: { ...(config['credential_source'] as object), file: join(directory, 'token') },
  });

  it('is accepted as it is', async () => {
    const environment = { GOOGLE_CLOUD_QUOTA_PROJECT: 'acme-ai-operations' };
    expect(await run(configuration({ source: file }), 'load', environment)).toEqual({
      client: 'IdentityPoolClient',
      project: 'acme-ai-test',
      quotaProject: 'acme-ai-operations',
    });
    expect(await run(configuration({ source: aws }), 'load')).toEqual({ client: 'AwsClient', project: 'acme-ai-test' });
  });

  it("exchanges the pod's own token, for the provider and nobody else", async () => {
    expect(await run(here(configuration({ source: file })), 'call')).toMatchObject({ token: 'exchanged' });
    expect(Object.fromEntries(new URLSearchParams(seen[0]!.body))).toMatchObject({
      audience: AUDIENCE,
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: 'the-token-of-the-pod',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    });
  });

  it('becomes the service account, where one is named', async () => {
    const email = 'orders@acme-ai-test.iam.gserviceaccount.com';
    const config = configuration({ source: file, impersonate: email });
    const path = `/v1/projects/-/serviceAccounts/${email}:generateAccessToken`;
    expect(config['service_account_impersonation_url']).toBe(`https://iamcredentials.googleapis.com${path}`);
    const redirected = { ...here(config), service_account_impersonation_url: address + path };
    expect(await run(redirected, 'call')).toMatchObject({ token: 'become' });
    expect(seen[1]).toMatchObject({ url: path, authorization: 'Bearer exchanged' });
  });

  it('signs a request to AWS that is good for this provider only', async () => {
    const role = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'not-a-key', AWS_SECRET_ACCESS_KEY: 'not-a-secret' };
    const config = { ...configuration({ source: aws }), token_url: `${address}/v1/token` };
    expect(await run(config, 'call', role)).toMatchObject({ token: 'exchanged' });
    const request = JSON.parse(decodeURIComponent(new URLSearchParams(seen[0]!.body).get('subject_token')!)) as {
      url: string;
      headers: { key: string; value: string }[];
    };
    expect(request.url).toBe('https://sts.eu-central-1.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15');
    expect(request.headers).toContainEqual({ key: 'x-goog-cloud-target-resource', value: AUDIENCE });
  });
});
