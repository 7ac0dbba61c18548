/** Arguments of a resource in synthesized JSON. */
type Block = Readonly<Record<string, unknown>>;

/** What the environment file says on purpose. */
export interface Intended {
  /** An external front door. */
  readonly door: boolean;
  /** Everybody may call the service through its door. */
  readonly everybody: boolean;
}

const WORLD = ['allUsers', 'allAuthenticatedUsers'];
const ANYWHERE = ['0.0.0.0/0', '::/0', '*'];

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);
const first = (value: unknown): Block => (list(value)[0] ?? {}) as Block;
const isExternal = ({ load_balancing_scheme: scheme }: Block): boolean => scheme === undefined || String(scheme).startsWith('EXTERNAL');

/** By type, what would let somebody in who does not come through the front door; nothing: fine. */
const RULES: Readonly<Record<string, (block: Block, intended: Intended) => (string | false)[]>> = {
  google_cloud_run_v2_service: ({ ingress, invoker_iam_disabled: open, template, launch_stage: stage }) => [
    ingress !== 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER' && `ingress is ${String(ingress)}`,
    open !== undefined && open !== false && 'nobody asks who calls',
    first(first(template)['vpc_access'])['egress'] !== 'ALL_TRAFFIC' && 'its traffic does not go through the network',
    stage !== undefined && 'has features that are not generally available',
  ],
  google_sql_database_instance: ({ settings }) => {
    const ip = first(first(settings)['ip_configuration']);
    return [
      ip['ipv4_enabled'] !== false && 'has an address of the internet',
      list(ip['authorized_networks']).length > 0 && 'lets networks in by their addresses',
      !['ENCRYPTED_ONLY', 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED'].includes(String(ip['ssl_mode'])) && 'can be spoken to without TLS',
    ];
  },
  google_redis_instance: ({ connect_mode: mode, auth_enabled: auth, transit_encryption_mode: tls }) => [
    mode !== 'PRIVATE_SERVICE_ACCESS' && 'is not private',
    auth !== true && 'asks for no password',
    tls !== 'SERVER_AUTHENTICATION' && 'can be spoken to without TLS',
  ],
  google_redis_cluster: ({ authorization_mode: auth, transit_encryption_mode: tls, psc_configs: psc }) => [
    list(psc).length === 0 && 'is in no network',
    auth !== 'AUTH_MODE_IAM_AUTH' && 'does not ask who calls',
    tls !== 'TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION' && 'can be spoken to without TLS',
  ],
  google_compute_global_forwarding_rule: (block, { door }) => [
    isExternal(block) && !door && 'is a door to the internet that nobody asked for',
    isExternal(block) && String(block['port_range']) !== '443' && `listens on ${String(block['port_range'])}`,
    isExternal(block) && !/google_compute_target_https_proxy\./.test(String(block['target'])) && 'does not lead to a proxy that ends TLS',
  ],
  google_compute_forwarding_rule: (block) => [
    // An empty one is that of Private Service Connect: an address inside the network.
    block['load_balancing_scheme'] !== '' && isExternal(block) && 'is a door to the internet within a region',
    block['load_balancing_scheme'] === 'INTERNAL_MANAGED' && String(block['port_range']) !== '443' && 'listens without TLS',
  ],
  google_compute_backend_service: (block) => [
    isExternal(block) && block['security_policy'] === undefined && 'is reached from the internet without a policy of Cloud Armor',
  ],
  google_compute_target_http_proxy: () => ['answers without TLS'],
  google_compute_region_target_http_proxy: () => ['answers without TLS'],
  google_compute_target_tcp_proxy: () => ['passes TCP on as it is'],
  google_compute_service_attachment: () => ['publishes something to other networks'],
  google_compute_firewall: ({ direction, allow, source_ranges: sources }) => [
    direction !== 'EGRESS' &&
      list(allow).length > 0 &&
      list(sources).some((range) => ANYWHERE.includes(String(range))) &&
      'lets everybody in',
  ],
  google_compute_address: ({ address_type: type }) => [type !== 'INTERNAL' && 'is an address of the internet'],
};

/** Whoever is given access, and to what. */
function grants(type: string, block: Block, { everybody }: Intended): (string | false)[] {
  const members = [...list(block['member']), ...list(block['members'])].map(String);
  const world = members.some((member) => WORLD.includes(member));
  const calls = type === 'google_cloud_run_v2_service_iam_member' && block['role'] === 'roles/run.invoker';
  return [
    /_iam_(binding|policy)$/.test(type) && 'takes away what others were given',
    world && !calls && 'is given to the world',
    world && calls && !everybody && 'everybody may call, which nobody asked for',
  ];
}

/** Ways past the front door in a synthesized stack, a sentence each. */
export function openings(json: Readonly<Record<string, unknown>>, intended: Intended): string[] {
  const resources = (json['resource'] ?? {}) as Readonly<Record<string, Readonly<Record<string, Block>>>>;
  return Object.entries(resources).flatMap(([type, blocks]) =>
    Object.entries(blocks).flatMap(([name, block]) =>
      [...(RULES[type]?.(block, intended) ?? []), ...grants(type, block, intended)]
        .filter((problem) => problem !== false)
        .map((problem) => `${type}.${name} ${problem}`),
    ),
  );
}
