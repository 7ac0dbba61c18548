import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterCaller, type ClusterCallerProps, Principal } from '../../../constructs/workload-identity';
import { describeWith } from '../../support/requirements';
import { synthesize } from '../../support/template';

const SNIPPETS = join(__dirname, '../../../constructs/workload-identity');
const EMAIL = 'caretaker@acme-ai-test.iam.gserviceaccount.com';
const PROPS: ClusterCallerProps = {
  name: 'caretaker',
  serviceAccount: { email: EMAIL, principal: Principal.serviceAccount(EMAIL) },
  cluster: { projectId: 'acme-apps', location: 'europe-west4', name: 'apps' },
  namespace: 'support',
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
};

describe('ClusterCaller', () => {
  let made: ClusterCaller;
  const build = (props: Partial<ClusterCallerProps> = {}) =>
    synthesize((stack) => void (made = new ClusterCaller(stack, 'Caller', { ...PROPS, ...props })));

  it('lets the service into one cluster, and Kubernetes decide what it may do there', () => {
    const template = build();
    expect(template.resource('google_project_iam_member')).toMatchObject({
      project: 'acme-apps',
      role: 'roles/container.clusterViewer',
      member: `serviceAccount:${EMAIL}`,
      condition: { expression: 'resource.name == "projects/acme-apps/locations/europe-west4/clusters/apps"' },
    });
    const [role, binding] = made.manifests;
    expect(role).toMatchObject({ kind: 'Role', metadata: { namespace: 'support' }, rules: PROPS.rules });
    expect(binding).toMatchObject({ kind: 'RoleBinding', subjects: [{ kind: 'User', name: EMAIL }] });
  });

  it('tells where the cluster is, and whom to trust', () => {
    const { output } = build().json as { output: Record<string, { value: string }> };
    expect(output['caretaker_cluster_endpoint']!.value).toMatch(/^\$\{data\.google_container_cluster\.\w+\.endpoint\}$/);
    expect(output['caretaker_cluster_ca']!.value).toMatch(/master_auth\[0\]\.cluster_ca_certificate\}$/);
  });

  it.each<[string, Partial<ClusterCallerProps>, RegExp]>([
    ['everything', { rules: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }] }, /`rules` must name groups, resources and verbs/],
    ['nothing', { rules: [] }, /`rules` must have at least one element/],
    ['a name', { name: 'care-taker' }, /`name` must be letters, digits and underscores/],
    ['a project by number', { cluster: { ...PROPS.cluster, projectId: '123456789012' } }, /This is a project number/],
    ['a namespace', { namespace: '*' }, /`namespace` has a wildcard/],
  ])('refuses %s', (_, props, message) => {
    expect(() => build(props)).toThrow(message);
  });
});

const installed = (tool: string, argument: string): boolean => spawnSync(tool, [argument], { stdio: 'ignore' }).status === 0;
const TOOLS = { met: installed('python3', '--version') && installed('openssl', 'version'), reason: 'python3 or openssl is not on PATH' };

describeWith(TOOLS, 'cluster_api.py', () => {
  const asked: { url: string; flavor?: unknown; authorization?: string }[] = [];
  const note = ({ url, headers }: IncomingMessage) =>
    void asked.push({ url: url!, flavor: headers['metadata-flavor'], authorization: headers.authorization });
  const directory = mkdtempSync(join(tmpdir(), 'cluster-'));
  const servers: Server[] = [];
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
    const subject = ['-subj', '/CN=cluster', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
    const files = ['-keyout', key, '-out', certificate, '-nodes'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', ...files, ...subject], {
      stdio: 'ignore',
    });
    const metadata = createServer((request, response) => {
      note(request);
      response.end(JSON.stringify({ access_token: 'token-of-the-service', expires_in: 3599, token_type: 'Bearer' }));
    });
    const cluster = createTlsServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) => {
      note(request);
      response.end(JSON.stringify({ kind: 'PodList', items: [] }));
    });
    const [there, api] = await Promise.all([listen(metadata), listen(cluster)]);
    environment = {
      PATH: process.env['PATH'],
      PYTHONPATH: SNIPPETS,
      PYTHONDONTWRITEBYTECODE: '1',
      GCE_METADATA_HOST: there,
      CLUSTER_ENDPOINT: api,
      CLUSTER_CA: readFileSync(certificate).toString('base64'),
    };
  });
  afterAll(() => {
    servers.forEach((server) => server.close());
    rmSync(directory, { recursive: true });
  });

  async function listen(server: Server): Promise<string> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const python = (code: string, env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; out: string; error: string }> =>
    new Promise((resolve) => {
      const child = spawn('python3', ['-c', code], { env: { ...environment, ...env } });
      let [out, error] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
      child.on('close', (code) => resolve({ code, out, error }));
    });

  it('gets its token from the metadata server, keeps it, and shows it to the cluster that the certificate vouches for', async () => {
    const path = '/api/v1/namespaces/support/pods';
    const { out, error } = await python(`import cluster_api; cluster_api.get("${path}"); print(cluster_api.get("${path}")["kind"])`);
    expect({ out, error }).toEqual({ out: 'PodList\n', error: '' });
    const call = { url: path, flavor: undefined, authorization: 'Bearer token-of-the-service' };
    expect(asked).toEqual([
      { url: '/computeMetadata/v1/instance/service-accounts/default/token', flavor: 'Google', authorization: undefined },
      call,
      call,
    ]);
  });

  it('sends no token to a cluster that somebody else vouches for', async () => {
    asked.splice(0);
    const other = join(directory, 'other.pem');
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-keyout',
        join(directory, 'k'),
        '-out',
        other,
        '-nodes',
        '-subj',
        '/CN=other',
      ],
      { stdio: 'ignore' },
    );
    const { code, error } = await python('import cluster_api; cluster_api.get("/api")', {
      CLUSTER_CA: readFileSync(other).toString('base64'),
    });
    expect(code).not.toBe(0);
    expect(error).toContain('CERTIFICATE_VERIFY_FAILED');
    expect(asked.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  });
});
