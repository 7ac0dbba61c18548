/** A statement of a policy, with the names that AWS gives its parts. */
export interface Statement {
  /** Whether it allows or denies. */
  readonly Effect: 'Allow' | 'Deny';
  /**
   * Who it is about.
   * @default nobody in particular
   */
  readonly Principal?: { readonly AWS: readonly string[] } | { readonly Service: string };
  /** e.g. `ecr:BatchGetImage`. */
  readonly Action: readonly string[];
  /**
   * ARNs. Not in the policy of a repository, which is about that repository.
   * @default what the policy belongs to
   */
  readonly Resource?: readonly string[];
  /**
   * What must hold, by operator and key.
   * @default none
   */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Who a statement is about. */
export const accounts = (...arns: readonly string[]): Statement['Principal'] => ({ AWS: arns });

export const policyJson = (statements: readonly Statement[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** What a role may be assumed by. */
export const trustJson = (service: string): string =>
  policyJson([{ Effect: 'Allow', Principal: { Service: service }, Action: ['sts:AssumeRole'] }]);

const union = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])];

/** The statements with as few as say the same: the policy of a registry has 10,240 characters. */
export function merged(statements: readonly Statement[]): Statement[] {
  const byResource = combine(statements, ({ Principal: _, ...rest }) => rest, samePrincipals);
  return combine(
    byResource,
    ({ Resource: _, ...rest }) => rest,
    (one, other) => ({ ...one, Resource: union(one.Resource ?? [], other.Resource ?? []) }),
  );
}

/** Statements that agree in what `key` leaves of them become one. */
function combine(
  statements: readonly Statement[],
  key: (statement: Statement) => object,
  join: (one: Statement, other: Statement) => Statement,
): Statement[] {
  const combined = new Map<string, Statement>();
  for (const statement of statements) {
    const name = JSON.stringify([key(statement), kindOf(statement)]);
    const before = combined.get(name);
    combined.set(name, before === undefined ? statement : join(before, statement));
  }
  return [...combined.values()];
}

/** Only statements about accounts, with resources, can be joined: others keep to themselves by what they are about. */
const kindOf = ({ Principal, Resource }: Statement): unknown =>
  Principal !== undefined && 'AWS' in Principal && Resource !== undefined ? 'accounts' : [Principal, Resource];

function samePrincipals(one: Statement, other: Statement): Statement {
  const arns = [one, other].flatMap(({ Principal }) => (Principal !== undefined && 'AWS' in Principal ? Principal.AWS : []));
  return arns.length === 0 ? one : { ...one, Principal: { AWS: union(arns, []) } };
}
