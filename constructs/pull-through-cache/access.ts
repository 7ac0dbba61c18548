import type { Checks } from '../core';
import type { PrivateRegistry } from './private-registry';

/** What ECR needs to pull from an upstream. A rule cannot go from one kind to another: see `CacheRule`. */
export type Access = NoAccess | SecretAccess | RoleAccess;

/** The upstream serves everybody, or belongs to the same account. */
export interface NoAccess {
  /** Kind of access. */
  readonly needs: 'nothing';
}

/** The upstream wants a user name and a token. */
export interface SecretAccess {
  /** Kind of access. */
  readonly needs: 'secret';
  /** What ECR shows the upstream. */
  readonly credentials: UpstreamCredentials;
}

/** The upstream lets in a role of the account that has the cache. */
export interface RoleAccess {
  /** Kind of access. */
  readonly needs: 'role';
}

/** ECR's service-linked role may read secrets of this name only. */
export const SECRET_PREFIX = 'ecr-pullthroughcache/';

/** CreatePullThroughCacheRule, `credentialArn`: 50 to 612 characters. */
const SECRET_ARN = /^(?=.{50,612}$)arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):(\d{12}):secret:ecr-pullthroughcache\/[a-zA-Z0-9/_+=.@-]+$/;
const USERNAME = /^[^\s"\\$%\p{Cc}]{1,200}$/u;

export interface WrittenCredentials {
  /** User name at the upstream. It is no secret. */
  readonly username: string;
  /** Name of the variable that carries the token: set `TF_VAR_<name>`. Letters, digits and underscores. */
  readonly variable: string;
  /**
   * Raise it by one to write another token.
   * @default 1
   */
  readonly version?: number;
  /**
   * Days during which a deleted secret can be brought back, and its name is taken: 7 to 30, or 0.
   * @default 30
   */
  readonly recoveryDays?: number;
}

/** The user name and token with which ECR pulls from an upstream. */
export class UpstreamCredentials {
  /**
   * A secret made beside the rule, whose token is given in an ephemeral variable by the deploy that writes it. It stands in no
   * synthesized JSON, plan or state.
   */
  static fromVariable(written: WrittenCredentials): UpstreamCredentials {
    return new UpstreamCredentials({ kind: 'variable', written });
  }

  /**
   * A secret that exists already, in the account and region of the cache, with the JSON keys `username` and `accessToken`, encrypted with
   * the default key: ECR has no access to others.
   * @param arn of the secret, with its six random characters
   */
  static existingSecret(arn: string): UpstreamCredentials {
    return new UpstreamCredentials({ kind: 'existing', arn });
  }

  private constructor(
    readonly source:
      { readonly kind: 'variable'; readonly written: WrittenCredentials } | { readonly kind: 'existing'; readonly arn: string },
  ) {}

  /** @param registry where the cache is: a secret of another account or region is refused by ECR when somebody pulls, not before. */
  check(check: Checks, registry: PrivateRegistry): void {
    if (this.source.kind === 'variable') {
      const { username, variable, version, recoveryDays } = this.source.written;
      check.matches('username', username, USERNAME, '1 to 200 characters without spaces, quotes, backslashes, $ and %');
      check.matches('variable', variable, /^[A-Za-z_]\w*$/, 'the name of a variable: letters, digits and underscores');
      check.between('version', version, 1, 1_000_000);
      if (recoveryDays !== 0) check.between('recoveryDays', recoveryDays, 7, 30);
      return;
    }
    const { arn } = this.source;
    const rule = `the ARN of a secret whose name begins with ${SECRET_PREFIX}: ECR reads no other`;
    check.matches('credentials', arn, SECRET_ARN, rule);
    const [, region, account] = SECRET_ARN.exec(arn) ?? [];
    check.that(
      () => region === undefined || (region === registry.region && account === registry.accountId),
      `\`credentials\` must be in the account and region of the cache, ${registry.toString()}, but the secret is in ${account} in ${region}.`,
      arn,
      registry.region,
      registry.accountId,
    );
  }
}
