/**
 * Ingress and egress policies as plain data, the same in an environment file, in a construct's props and in an evaluation.
 * https://cloud.google.com/vpc-service-controls/docs/ingress-egress-rules
 */

/** `any` includes callers without an identity. Cloud Storage's signed URLs and Cloud Run's callers match only `any`. */
export type IdentityType = 'any' | 'user' | 'service-account';

/** Who calls: named ones, or a type of identity; never both. */
export interface Callers {
  /**
   * `user:`, `group:`, `serviceAccount:`, `principal:` or `principalSet:` members.
   * @default none; then `identityType` says who
   */
  readonly identities?: readonly string[];
  /**
   * Everybody of a kind.
   * @default none; then `identities` says who
   */
  readonly identityType?: IdentityType;
}

/** From where; one of the sources is enough. */
export interface IngressFrom extends Callers {
  /**
   * Names of access levels of the same access policy.
   * @default none
   */
  readonly accessLevels?: readonly string[];
  /**
   * Numbers of projects.
   * @default none
   */
  readonly projects?: readonly string[];
  /**
   * Networks, `projects/P/global/networks/N`.
   * @default none
   */
  readonly networks?: readonly string[];
  /**
   * From everywhere; with no other source.
   * @default false
   */
  readonly anywhere?: boolean;
}

export interface EgressFrom extends Callers {
  /**
   * Names of access levels. With these or `projects`, only calls from there match; without, all from inside do.
   * @default none
   */
  readonly accessLevels?: readonly string[];
  /**
   * Numbers of projects.
   * @default none
   */
  readonly projects?: readonly string[];
}

/** What may be called of a service. Neither: everything. */
export interface Selectors {
  /**
   * e.g. `google.storage.objects.get`.
   * @default none
   */
  readonly methods?: readonly string[];
  /**
   * e.g. `bigquery.jobs.create`.
   * @default none
   */
  readonly permissions?: readonly string[];
}

/** To what: operations or roles, never both. */
export interface PolicyTo {
  /** Numbers of projects; `*` alone: all of them (ingress: all inside; egress: all outside). */
  readonly projects: readonly string[];
  /**
   * By service, e.g. `storage.googleapis.com`; `*` alone: every service.
   * @default none; then `roles` are needed
   */
  readonly operations?: Readonly<Record<string, Selectors>>;
  /**
   * IAM roles whose permissions may be used.
   * @default none; then `operations` are needed
   */
  readonly roles?: readonly string[];
}

export interface IngressPolicy {
  /** Who calls, from where. */
  readonly from: IngressFrom;
  /** What may be called inside. */
  readonly to: PolicyTo;
}

export interface EgressPolicy {
  /** Who calls out. */
  readonly from: EgressFrom;
  /** What may be called outside. */
  readonly to: PolicyTo & {
    /** Resources of other clouds, e.g. `s3://bucket`; for BigQuery Omni. */
    readonly externalResources?: readonly string[];
  };
}

export type IngressPolicies = Readonly<Record<string, IngressPolicy>>;
export type EgressPolicies = Readonly<Record<string, EgressPolicy>>;

/** Everything: of projects, of services. */
export const ALL = '*';
