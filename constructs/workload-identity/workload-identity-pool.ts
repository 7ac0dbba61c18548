import { IamWorkloadIdentityPool } from '@cdktf/provider-google/lib/iam-workload-identity-pool';
import { IamWorkloadIdentityPoolProvider } from '@cdktf/provider-google/lib/iam-workload-identity-pool-provider';
import { Construct } from 'constructs';
import { boundedName, Checks } from '../core';
import type { Issuer } from './issuers';
import { Principal } from './principal';
import { checkProject } from './values';

export interface WorkloadIdentityPoolProps {
  /** Project ID. */
  readonly projectId: string;
  /** Number of the same project: principals begin with it. */
  readonly projectNumber: string;
  /** 4 to 32 of a-z, 0-9 and dash, not beginning with gcp-. A longer one is shortened. */
  readonly name: string;
  /**
   * Raise it by one to make a pool again within 30 days of its deletion: until then Google keeps the id.
   * @default 1
   */
  readonly generation?: number;
  /**
   * At most 256 characters.
   * @default none
   */
  readonly description?: string;
}

/** https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools/create */
const MAX_ID = 32;
const ID = /^(?!gcp-)[a-z0-9-]{4,32}$/;
const ID_WORDS = '4 to 32 of a-z, 0-9 and dash, and not begin with gcp-, which is reserved';
const MAX_MAPPING = 2048;
const MAX_CONDITION = 4096;
const MAX_ATTRIBUTES = 50;

/** Identities from outside Google Cloud: no keys, and a condition on every way in. */
export class WorkloadIdentityPool extends Construct {
  /** The id that a pool of these settings has. */
  static idOf = ({ name, generation = 1 }: Pick<WorkloadIdentityPoolProps, 'name' | 'generation'>): string =>
    boundedName([name, ...(generation === 1 ? [] : [String(generation)])], MAX_ID);

  /** Full name with the project's number, as principals and audiences have it. */
  static nameOf = (props: Pick<WorkloadIdentityPoolProps, 'name' | 'generation' | 'projectNumber'>): string =>
    `projects/${props.projectNumber}/locations/global/workloadIdentityPools/${WorkloadIdentityPool.idOf(props)}`;

  readonly resource: IamWorkloadIdentityPool;
  /** Id of the pool; it has the generation in it. */
  readonly poolId: string;
  /** Project of the pool. */
  readonly projectId: string;
  /** Full name with the project's number, as principals and audiences have it. Known when synthesized. */
  readonly poolName: string;

  constructor(scope: Construct, id: string, props: WorkloadIdentityPoolProps) {
    super(scope, id);
    this.poolId = WorkloadIdentityPool.idOf(props);
    this.projectId = props.projectId;
    const check = new Checks(this);
    checkProject(check, props);
    check.matches('name', props.name, /^[a-z0-9-]{4,}$/, 'at least 4 of a-z, 0-9 and dash');
    check.matches('pool id', this.poolId, ID, ID_WORDS);
    check.between('generation', props.generation, 1, 999);
    check.matches('description', props.description, /^[\s\S]{0,256}$/, 'at most 256 characters');
    check.done();

    this.poolName = WorkloadIdentityPool.nameOf(props);
    this.resource = new IamWorkloadIdentityPool(this, 'Resource', {
      project: props.projectId,
      workloadIdentityPoolId: this.poolId,
      description: props.description,
    });
  }

  /** Lets an issuer vouch for its subjects. They have no access by that: `grantAccess` to a `principal` gives it. */
  addProvider<Subject>(providerId: string, issuer: Issuer<Subject>): FederatedProvider<Subject> {
    return new FederatedProvider(this, providerId, issuer);
  }
}

/** An issuer in a pool. */
export class FederatedProvider<Subject = unknown> extends Construct {
  readonly resource: IamWorkloadIdentityPoolProvider;
  /** Full name, projects/NUMBER/…/providers/ID. */
  readonly providerName: string;

  constructor(
    /** The pool that it is in. */
    readonly pool: WorkloadIdentityPool,
    providerId: string,
    private readonly issuer: Issuer<Subject>,
  ) {
    super(pool, providerId);
    const { aws, oidc, mapping, condition } = issuer.settings;
    const check = new Checks(this);
    check.matches('provider id', providerId, ID, ID_WORDS);
    for (const problem of issuer.problems()) check.add(problem);
    for (const problem of limitProblems(mapping, condition)) check.add(problem);
    check.done();

    this.providerName = `${pool.poolName}/providers/${providerId}`;
    this.resource = new IamWorkloadIdentityPoolProvider(this, 'Resource', {
      project: pool.projectId,
      workloadIdentityPoolId: pool.resource.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: providerId,
      attributeMapping: { ...mapping },
      attributeCondition: condition,
      aws,
      oidc,
    });
  }

  /** What a token of the issuer must be made for. */
  get audience(): string {
    return this.issuer.settings.oidc?.allowedAudiences?.[0] ?? `https://iam.googleapis.com/${this.providerName}`;
  }

  /** One subject, for grants. What is wrong with it, the grant reports. */
  principal(subject: Subject): Principal {
    const { kind, path, problems } = this.issuer.identify(subject);
    return Principal.federated(kind, `${this.pool.poolName}/${path}`, problems, [this.resource]);
  }
}

function limitProblems(mapping: Readonly<Record<string, string>>, condition: string): string[] {
  const entries = Object.entries(mapping);
  return [
    ...('google.subject' in mapping ? [] : ['the mapping must have google.subject: it is what the log calls a caller.']),
    ...(entries.length - 1 > MAX_ATTRIBUTES
      ? [`the mapping has ${entries.length - 1} attributes, and ${MAX_ATTRIBUTES} are allowed.`]
      : []),
    ...(condition.length > MAX_CONDITION ? [`the condition has ${condition.length} characters, and ${MAX_CONDITION} are allowed.`] : []),
    ...entries.flatMap(([key, expression]) => [
      ...(/^(google\.(subject|groups)|attribute\.[a-z0-9_]{1,100})$/.test(key)
        ? []
        : [`a mapping is google.subject, google.groups or attribute.NAME with a-z, 0-9 and underscore, got: ${JSON.stringify(key)}.`]),
      ...(expression.length > MAX_MAPPING
        ? [`the mapping of ${key} has ${expression.length} characters, and ${MAX_MAPPING} are allowed.`]
        : []),
    ]),
  ];
}
