import { CloudRunV2Job } from '@cdktf/provider-google/lib/cloud-run-v2-job';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { Construct, type IDependable } from 'constructs';
import { Checks, dependOn, literal } from '../../core';
import { Target } from '../../workload-identity';
import type { GatewayAccount } from '../account';
import { carriedFiles } from '../service/carried-files';

export interface KeysJobProps {
  /** Project ID. */
  readonly projectId: string;
  /** Region, e.g. europe-west4. */
  readonly region: string;
  /** At most 49 of a-z, 0-9 and dash, starting with a letter. */
  readonly name: string;
  /** Image with Node 20.9 or newer, by digest. */
  readonly image: string;
  /** What it runs as: nothing else does. */
  readonly account: GatewayAccount;
  /** A program for Node without dependencies; its arguments are those of the execution. */
  readonly program: string;
  /** What the program is to make of the gateway, JSON without secrets. */
  readonly desired: string;
  /** The gateway whose keys it applies. */
  readonly gateway: {
    /** Its own address, which is reached from the network only. */
    readonly url: string;
    /** Name of the Cloud Run service. */
    readonly service: string;
  };
  /** Full name of the secret with the master key: projects/P/secrets/S. */
  readonly masterKeySecret: string;
  /** Secrets that get the values of keys, by the name of the key: full names. */
  readonly keySecrets: Readonly<Record<string, string>>;
  /** What must be there before anything is granted on it: these secrets, and the service. */
  readonly after: readonly IDependable[];
  /** Everything that it sends goes through this network. */
  readonly network: {
    /** projects/P/global/networks/N */
    readonly network: string;
    /** projects/P/regions/R/subnetworks/S */
    readonly subnetwork: string;
  };
  /**
   * Seconds that an execution may take, 60 to 3600.
   * @default 900
   */
  readonly timeoutSeconds?: number;
}

const DIGEST = /^[^\s@]+@sha256:[0-9a-f]{64}$/;

/** Reads the program from the variables that carry it (carried-files.ts): a path in the first line, then text. */
const LOADER = [
  `let text = '';`,
  `for (let n = 0; process.env['GATEWAY_FILE_' + n]; n++) text += process.env['GATEWAY_FILE_' + n].replace(/^.*\\n/, '');`,
  `eval(text);`,
].join(' ');

/**
 * Applies teams and keys from inside the network, where nobody else reaches the gateway's administration. An execution without arguments
 * only plans; one with `apply` and the id of a plan does exactly that plan. Its values go to Secret Manager, and into no log.
 */
export class KeysJob extends Construct {
  readonly resource: CloudRunV2Job;

  constructor(scope: Construct, id: string, props: KeysJobProps) {
    super(scope, id);
    const { account, projectId, region, name, gateway, timeoutSeconds = 900 } = props;
    const check = new Checks(this);
    check.matches('name', name, /^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/, 'at most 49 of a-z, 0-9 and dash, starting with a letter');
    check.matches('image', props.image, DIGEST, 'an image by digest: HOST/PROJECT/REPOSITORY/IMAGE@sha256:…');
    check.between('timeoutSeconds', timeoutSeconds, 60, 3600);
    check.done();

    const grants = [
      account.canRead(props.masterKeySecret),
      // Both: it compares what is there with what the gateway knows, before it adds anything.
      ...Object.entries(props.keySecrets).flatMap(([key, secret]) => [account.canRead(secret), this.canAdd(key, secret, account)]),
      Target.service({ projectId, location: region, name: gateway.service }).make(this, 'Calls', {
        role: 'roles/run.invoker',
        member: account.member,
        dependsOn: [account.resource],
      }),
    ];
    for (const grant of grants) dependOn(grant, ...props.after);
    this.resource = new CloudRunV2Job(this, 'Resource', {
      name,
      project: projectId,
      location: region,
      // It holds nothing.
      deletionProtection: false,
      template: {
        taskCount: 1,
        template: {
          serviceAccount: account.email,
          executionEnvironment: 'EXECUTION_ENVIRONMENT_GEN2',
          timeout: `${timeoutSeconds}s`,
          // Whoever reads the failure runs it again: it goes on from there.
          maxRetries: 0,
          vpcAccess: { egress: 'ALL_TRAFFIC', networkInterfaces: [{ ...props.network }] },
          containers: [
            {
              name: 'keys',
              image: props.image,
              command: ['node', '--eval', LOADER, '--', 'keys'],
              args: ['plan'],
              resources: { limits: { cpu: '1', memory: '512Mi' } },
              env: this.environment(props),
            },
          ],
        },
      },
    });
    dependOn(this.resource, ...account.ready, ...grants);
  }

  private canAdd(key: string, secretId: string, { member, resource }: GatewayAccount): SecretManagerSecretIamMember {
    const role = 'roles/secretmanager.secretVersionAdder';
    return new SecretManagerSecretIamMember(this, `Writes ${key}`, { secretId, role, member, dependsOn: [resource] });
  }

  /** Sorted, so that a plan shows only what has changed. */
  private environment(props: KeysJobProps) {
    const plain = {
      ...carriedFiles({ '/keys.cjs': props.program }),
      GATEWAY_KEYS: literal(props.desired),
      GATEWAY_URL: props.gateway.url,
    };
    return [
      ...Object.entries(plain).map(([name, value]) => ({ name, value })),
      { name: 'LITELLM_MASTER_KEY', valueSource: { secretKeyRef: { secret: props.masterKeySecret, version: 'latest' } } },
    ].sort((one, other) => (one.name < other.name ? -1 : 1));
  }
}
