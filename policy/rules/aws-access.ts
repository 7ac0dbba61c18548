import { resource, type Rule } from '../rule';
import { allowed, principals } from './documents';

const REGISTRY_POLICY = 'aws_ecr_registry_policy';
const REPOSITORY_POLICY = 'aws_ecr_repository_policy';
const TEMPLATE = 'aws_ecr_repository_creation_template';
const ROLE = 'aws_iam_role';
const ROLE_POLICY = 'aws_iam_role_policy';
const ATTACHMENT = 'aws_iam_role_policy_attachment';
const KEY = 'aws_kms_key';

const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
const account = { AWS: ['arn:aws:iam::123450987654:root'] };
const replicate = ['ecr:CreateRepository', 'ecr:ReplicateImage'];
const approved = ['arn:aws:ecr:eu-central-1:432109876543:repository/approved/*'];
const role = (statement: object) =>
  resource(ROLE, { name: 'ecr-template', assume_role_policy: policy({ Action: 'sts:AssumeRole', ...statement }) });
const rolePolicy = (statement: object) => resource(ROLE_POLICY, { role: 'ecr-template', policy: policy(statement) });

/** Policies of AWS: registries, roles and keys. */
export const AWS_ACCESS: readonly Rule[] = [
  {
    id: 'AWS-001',
    level: 'error',
    title: 'Registries and repositories are not public',
    reason: 'A principal of `*` lets every account of AWS pull, push or fill the registry.',
    fix: 'Name the accounts or roles, or narrow the statement with a `Condition`.',
    types: [REGISTRY_POLICY, REPOSITORY_POLICY, TEMPLATE],
    maps: { checkov: ['CKV_AWS_32'], trivy: ['AWS-0032'] },
    check: (element, judge) => {
      const name = element.type === TEMPLATE ? 'repository_policy' : 'policy';
      judge.each(allowed(element.document(name)), (statement) => {
        if (statement.has('Condition')) return;
        judge.each(principals(statement), (each) => {
          if (each.is('*')) judge('allows everybody', each.place);
        });
      });
    },
    good: resource(REGISTRY_POLICY, { policy: policy({ Principal: account, Action: replicate, Resource: approved }) }),
    bad: resource(REGISTRY_POLICY, { policy: policy({ Principal: '*', Action: replicate, Resource: approved }) }),
  },
  {
    id: 'AWS-002',
    level: 'error',
    title: 'A registry opens a prefix, not itself',
    reason: 'With `*` as resource or action another account writes into every repository, also into the approved ones.',
    fix: 'Name the actions, and resources like `arn:aws:ecr:REGION:ACCOUNT:repository/approved/*`.',
    types: [REGISTRY_POLICY],
    maps: {},
    check: (element, judge) =>
      judge.each(allowed(element.document('policy')), (statement) => {
        judge.each(statement.texts('Action'), (action) => {
          if (action.is('*', 'ecr:*')) judge(`is ${action.known}`, action.place);
        });
        judge.each(statement.texts('Resource'), (target) => {
          if (target.is('*') || target.endsWith(':repository/*')) judge('is every repository', target.place);
        });
      }),
    good: resource(REGISTRY_POLICY, { policy: policy({ Principal: account, Action: replicate, Resource: approved }) }),
    bad: resource(REGISTRY_POLICY, {
      policy: policy({ Principal: account, Action: replicate, Resource: ['arn:aws:ecr:eu-central-1:432109876543:repository/*'] }),
    }),
  },
  {
    id: 'AWS-003',
    level: 'error',
    title: 'Roles are for somebody',
    reason: 'A role that everybody may take is open to every account of AWS.',
    fix: 'Name the service, the account or the role under `Principal`.',
    types: [ROLE],
    maps: { checkov: ['CKV_AWS_60'] },
    check: (element, judge) =>
      judge.each(allowed(element.document('assume_role_policy')), (statement) => {
        judge.each(principals(statement), (each) => {
          if (each.is('*')) judge('is for everybody', each.place);
        });
      }),
    good: role({ Principal: { Service: 'ecr.amazonaws.com' } }),
    bad: role({ Principal: { AWS: '*' } }),
  },
  {
    id: 'AWS-004',
    level: 'error',
    title: 'Roles do not allow everything',
    reason: 'A role that may do everything is the account; who takes it over has it.',
    fix: 'Name the actions and the resources.',
    types: [ROLE_POLICY, 'aws_iam_policy'],
    maps: { checkov: ['CKV_AWS_62', 'CKV_AWS_63', 'CKV2_AWS_40'], trivy: ['AWS-0057'] },
    check: (element, judge) =>
      judge.each(allowed(element.document('policy')), (statement) => {
        judge.each(statement.texts('Action'), (action) => {
          if (action.is('*')) judge('is every action', action.place);
        });
        const changing = statement.texts('Action').filter((action) => !action.matches(/:(Get|List|Describe|BatchGet|BatchCheck)\w*\*?$/));
        if (changing.some((action) => action.endsWith(':*')) && statement.texts('Resource').some((each) => each.is('*')))
          judge('allows every action of a service on every resource', statement.place);
      }),
    good: rolePolicy({ Action: ['ecr:CreateRepository'], Resource: approved }),
    bad: rolePolicy({ Action: '*', Resource: '*' }),
  },
  {
    id: 'AWS-005',
    level: 'error',
    title: 'Keys of AWS are rotated, and for somebody',
    reason:
      'A key that everybody may use protects nothing; one that never changes protects everything that was ever encrypted with it, at once.',
    fix: 'Set `enable_key_rotation = true` and name principals in `policy`.',
    types: [KEY],
    maps: { checkov: ['CKV_AWS_7', 'CKV_AWS_33'], trivy: ['AWS-0065'] },
    check: (element, judge) => {
      const symmetric = element.text('customer_master_key_spec')?.is('SYMMETRIC_DEFAULT') ?? true;
      if (symmetric && !element.flag('enable_key_rotation')) judge('is not true', 'enable_key_rotation');
      judge.each(allowed(element.document('policy')), (statement) => {
        if (!statement.has('Condition') && principals(statement).some((each) => each.is('*'))) judge('allows everybody', statement.place);
      });
    },
    good: resource(KEY, { enable_key_rotation: true }),
    bad: resource(KEY, {}),
  },
  {
    id: 'AWS-006',
    level: 'error',
    title: 'Nobody is given the whole account',
    reason: 'These policies of AWS are the account: who takes over such a role has everything, or can give it to itself.',
    fix: 'Write a policy with the actions and resources that the work needs.',
    types: [ATTACHMENT, ROLE],
    maps: { checkov: ['CKV_AWS_274', 'CKV2_AWS_56'] },
    check: (element, judge) => {
      const arn = element.text('policy_arn');
      judge.each([...(arn ? [arn] : []), ...element.texts('managed_policy_arns')], (policyArn) => {
        if (policyArn.endsWith(':policy/AdministratorAccess', ':policy/IAMFullAccess')) judge(`is ${policyArn.known}`, policyArn.place);
      });
    },
    good: resource(ATTACHMENT, { role: 'ecr-template', policy_arn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly' }),
    bad: resource(ATTACHMENT, { role: 'ecr-template', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
  },
];
