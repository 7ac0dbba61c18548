import { subjectPart } from '../values';
import { type Issuer, type IssuerSettings, isOneOf, type PoolSubject } from './issuer';

export interface AwsProps {
  /** 12 digits. */
  readonly accountId: string;
  /** Names of the roles that may come, without a path. Google asks for no condition here; without one, every role of the account could. */
  readonly roles: readonly string[];
}

/** A role, whoever has assumed it. */
export interface AwsSubject {
  /** Name of the role, without a path. */
  readonly role: string;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE = /^[\w+=,.@-]{1,64}$/;

/** An ARN without the name of the session, which is another in every session: as Google's own default writes it. */
const ROLE_OF_SESSION =
  "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + " +
  "assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn";

/** Roles of an AWS account: EC2, Lambda, ECS. Pods on EKS come by their cluster's own issuer instead: `Issuers.eks`. */
export class Aws implements Issuer<AwsSubject> {
  readonly settings: IssuerSettings;

  constructor(private readonly props: AwsProps) {
    this.settings = {
      aws: { accountId: props.accountId },
      mapping: { 'google.subject': 'assertion.arn', 'attribute.aws_role': ROLE_OF_SESSION },
      condition: isOneOf("assertion.arn.extract('assumed-role/{role_name}/')", props.roles),
    };
  }

  problems(): string[] {
    const { accountId, roles } = this.props;
    return [
      ...(/^\d{12}$/.test(accountId) ? [] : [`\`accountId\` must be 12 digits, got: ${JSON.stringify(accountId)}.`]),
      ...(roles.length === 0 ? ['`roles` must have at least one element.'] : []),
      ...roles.flatMap((role) => subjectPart('roles', role, ROLE, 'names of roles, without a path')),
    ];
  }

  identify({ role }: AwsSubject): PoolSubject {
    const { accountId, roles } = this.props;
    const unknown = roles.includes(role)
      ? []
      : [`the condition of the provider lets only ${roles.join(', ')} in, not ${JSON.stringify(role)}.`];
    return {
      kind: 'principalSet',
      path: `attribute.aws_role/arn:aws:sts::${accountId}:assumed-role/${role}`,
      problems: [...subjectPart('role', role, ROLE, 'the name of a role, without a path'), ...unknown],
    };
  }
}
