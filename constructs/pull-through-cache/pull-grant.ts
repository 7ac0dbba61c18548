import type { Checks } from '../core';
import { accounts, type Statement } from './policy';
import type { PrivateRegistry } from './private-registry';

export interface PullGrant {
  /**
   * The principal may pull what nobody has pulled before: ECR then makes a repository. Of principals who may not, somebody else's first pull
   * has to come first.
   */
  readonly firstPull: boolean;
}

const PRINCIPAL = /^arn:aws[a-z-]*:iam::(\d{12}):(role|user)\/.+$/;
const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** Lets a principal pull. To get a token at all (`ecr:GetAuthorizationToken`) is for a policy of its own: that is not about a repository. */
export function pullStatement(registry: PrivateRegistry, prefix: string, principal: string, further: readonly string[]): Statement {
  return {
    Effect: 'Allow',
    Principal: accounts(principal),
    Action: [...PULL, ...further],
    Resource: [registry.repositories(prefix)],
  };
}

export function checkPrincipal(check: Checks, principal: string, registry: PrivateRegistry, firstPull: boolean): void {
  check.matches('principal', principal, PRINCIPAL, 'the ARN of a role or user: arn:aws:iam::ACCOUNT:role/NAME');
  const account = PRINCIPAL.exec(principal)?.[1];
  check.that(
    () => !firstPull || account === undefined || account === registry.accountId,
    `\`firstPull\`: ECR makes repositories only for principals of the registry's account ${registry.accountId}, but ${principal} is in ` +
      `${account}. Let a principal of the registry's account pull first, or give that account a cache of its own.`,
    principal,
  );
}
