import { createHash } from 'node:crypto';
import { CloudRunV2Job } from '@cdktf/provider-google/lib/cloud-run-v2-job';
import { Construct, type IDependable } from 'constructs';
import { Checks, dependOn, TerraformData } from '../../core';
import type { DatabaseAccount, DatabaseLogin } from './container-additions';
import { migrationCommand } from './migration-command';
import { StepRun } from './steps/step-run';

export interface GatewayMigrationsProps {
  /** 1 to 49 of a-z, 0-9 and dash. */
  readonly name: string;
  /** Project ID. */
  readonly projectId: string;
  /** Region, e.g. europe-west4. */
  readonly region: string;
  /** Image of LiteLLM, by digest: the one that the service is going to run. */
  readonly image: string;
  /** What the job runs as: the account that the service runs as. */
  readonly account: DatabaseAccount;
  /** How it gets into the database. */
  readonly login: DatabaseLogin;
  /** Where the job's addresses come from: all of its traffic goes that way. */
  readonly network: {
    /** projects/P/global/networks/N */
    readonly network: string;
    /** projects/P/regions/R/subnetworks/S */
    readonly subnetwork: string;
  };
  /**
   * GiB: LiteLLM is killed with less than 2 while Prisma starts. 2 to 32.
   * @default 4
   */
  readonly memoryGiB?: number;
  /**
   * Seconds that one attempt may take, 60 to 86400.
   * @default 1800
   */
  readonly timeoutSeconds?: number;
  /**
   * Further attempts, 0 to 3. A migration that failed is found as such, so more do not help.
   * @default 1
   */
  readonly retries?: number;
  /**
   * Full name of a key in the same region.
   * @default Google-managed
   */
  readonly encryptionKey?: string;
  /**
   * While true, a deploy that would delete the job fails. What it has done is in the database.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Raise it to migrate once more, e.g. after the database was brought back from a backup.
   * @default 1
   */
  readonly attempt?: number;
}

const DIGEST = /^[^\s@]+@sha256:[0-9a-f]{64}$/;

/**
 * Migrates the database, in the same apply and before the service takes the image: whatever depends on this construct waits for the end
 * of the migration. One that fails fails the apply, and the revision that serves goes on.
 *
 * It runs for every other image, and for every other login, which it so proves before the service relies on it.
 */
export class GatewayMigrations extends Construct {
  /** The job that migrates; it runs inside the apply. */
  readonly job: CloudRunV2Job;
  /** Of what is migrated to. Executions carry it as the label `migration`. */
  readonly key: string;
  /** Done when the migration is. */
  readonly done: IDependable;

  constructor(scope: Construct, id: string, props: GatewayMigrationsProps) {
    super(scope, id);
    const check = new Checks(this);
    check.matches('name', props.name, /^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/, 'at most 49 of a-z, 0-9 and dash, starting with a letter');
    check.matches('image', props.image, DIGEST, 'an image by digest: HOST/PROJECT/REPOSITORY/IMAGE@sha256:…');
    check.between('memoryGiB', props.memoryGiB, 2, 32);
    check.between('timeoutSeconds', props.timeoutSeconds, 60, 86_400);
    check.between('retries', props.retries, 0, 3);
    check.between('attempt', props.attempt, 1, 1_000_000);
    check.done();

    const { projectId, region, image, login, account, timeoutSeconds = 1800, retries = 1, attempt = 1 } = props;
    const inputs = { image, login: login.revision, attempt };
    this.key = createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
    this.job = this.makeJob(props, timeoutSeconds, retries);
    dependOn(this.job, ...account.ready, ...login.dependencies);

    const run = StepRun.of(this, 'migrate');
    const billing = run.billingProject === undefined ? {} : { billingProject: run.billingProject };
    this.done = new TerraformData(this, 'Run', {
      // For whoever reads the plan: why it runs.
      input: inputs,
      triggersReplace: {
        step: {
          job: `projects/${projectId}/locations/${region}/jobs/${props.name}`,
          key: this.key,
          seconds: timeoutSeconds * (retries + 1),
          ...billing,
        },
      },
      provisioners: [run.provisioner('self.triggers_replace.step', 'create')],
      dependsOn: [this.job],
    });
  }

  private makeJob(props: GatewayMigrationsProps, timeoutSeconds: number, retries: number): CloudRunV2Job {
    const { login, account, network } = props;
    const [sidecar] = login.sidecars;
    return new CloudRunV2Job(this, 'Resource', {
      name: props.name,
      project: props.projectId,
      location: props.region,
      deletionProtection: props.deletionProtection ?? true,
      template: {
        labels: { migration: this.key },
        taskCount: 1,
        template: {
          serviceAccount: account.email,
          executionEnvironment: 'EXECUTION_ENVIRONMENT_GEN2',
          timeout: `${timeoutSeconds}s`,
          maxRetries: retries,
          encryptionKey: props.encryptionKey,
          vpcAccess: { egress: 'ALL_TRAFFIC', networkInterfaces: [network] },
          containers: [
            {
              name: 'migrate',
              image: props.image,
              ...migrationCommand(login.sidecars),
              resources: { limits: { cpu: '1', memory: `${props.memoryGiB ?? 4}Gi` } },
              env: environmentOf(login),
              dependsOn: sidecar && login.sidecars.map(({ name }) => name),
            },
            ...login.sidecars.map(({ name, image, args, resources, startupProbe: { path, port } }) => ({
              name,
              image,
              args: [...args],
              resources: { limits: { ...resources } },
              startupProbe: { httpGet: { path, port }, periodSeconds: 2, failureThreshold: 30 },
            })),
          ],
        },
      },
    });
  }
}

/** Sorted, so that a plan shows only what has changed. LiteLLM would ask GitHub for prices at its start. */
function environmentOf({ variables, secrets }: DatabaseLogin) {
  const plain = { LITELLM_LOCAL_MODEL_COST_MAP: 'True', LITELLM_MODE: 'PRODUCTION', ...variables };
  return [
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    ...Object.entries(secrets).map(([name, { secret, version }]) => ({ name, valueSource: { secretKeyRef: { secret, version } } })),
  ].sort((one, other) => (one.name < other.name ? -1 : 1));
}
