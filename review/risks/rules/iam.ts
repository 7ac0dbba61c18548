import { type ReviewInput } from '../../input';
import { at, isUnknown, same, type Value } from '../../plan';
import { allowedBy } from '../policies';
import { changesOf, place, type Located, type RiskRule, type RuleFinding } from '../rule';
import { added, textAt } from '../values';
import { quote, quoteAll } from '../words';

/** Roles with which somebody can give themselves any other. */
const COMMANDING =
  /^roles\/(owner|editor|.*[aA]dmin|iam\.(serviceAccountTokenCreator|serviceAccountKeyAdmin|serviceAccountUser|workloadIdentityUser)|resourcemanager\.\w+)$/;

const POLICIES = ['aws_iam_role_policy', 'aws_iam_policy', 'aws_iam_role', 'aws_secretsmanager_secret_policy'];

const widened: RiskRule = {
  id: 'iam-widened',
  title: 'Somebody gets more rights',
  level: 'medium',
  reason: 'A grant lasts until somebody takes it back, and is noticed by nobody while it is not used.',
  remedy:
    'Ask who needs it and for what. Prefer a narrower role, a single resource, a condition. Roles that can grant other roles, or act as others (high), need a second pair of eyes.',
  looksAt:
    'Grants (`*_iam_member`, `*_iam_binding`, `*_iam_policy`) that come, or get another role or member; what AWS policies allow; conditions of identity providers that go or change. Where many come at once, those of one member in one stack are one finding.',
  check: (input) => [...grants(input), ...awsPolicies(input), ...providers(input)],
};

function grants(input: ReviewInput): RuleFinding[] {
  const isGrant = ({ change }: Located) => /_iam_(member|binding|policy)$/.test(change.type) && change.type.startsWith('google_');
  const coming = changesOf(input).filter(isGrant).filter(widens);
  const high = coming.filter(isCommanding);
  return [
    ...gathered(high, 'high'),
    ...gathered(
      coming.filter((located) => !high.includes(located)),
      'medium',
    ),
  ];
}

const isCommanding = ({ change }: Located): boolean =>
  COMMANDING.test(textAt(change.after, 'role') ?? '') || isUnknown(at(change.after, 'role'));

function widens({ change }: Located): boolean {
  if (change.action === 'create') return true;
  if (change.action !== 'replace' && change.action !== 'update') return false;
  return ['role', 'member', 'members', 'policy_data', 'condition'].some((key) => !same(at(change.before, key), at(change.after, key)));
}

function grantOf(located: Located, level: 'high' | 'medium'): RuleFinding {
  const { after } = located.change;
  const role = at(after, 'role');
  const member = memberOf(after);
  const unknown = isUnknown(role) || isUnknown(member);
  return { ...place(located), level, ...(unknown && { unknown }), message: `${quote(member)} gets ${quote(role)}.` };
}

/** A new environment has a hundred grants: one line each would bury the ones that matter. */
const EACH = 5;

/** Where there are many, one finding tells all that a member gets in a stack. */
function gathered(grants: readonly Located[], level: 'high' | 'medium'): RuleFinding[] {
  if (grants.length <= EACH) return grants.map((located) => grantOf(located, level));
  const groups = new Map<string, Located[]>();
  for (const located of grants) {
    const group = `${located.stack} ${quote(memberOf(located.change.after))}`;
    groups.set(group, [...(groups.get(group) ?? []), located]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    if (group.length === 1) return grantOf(first!, level);
    const roles = [...new Set(group.map(({ change }) => textAt(change.after, 'role') ?? 'a role that is not known'))].sort();
    return {
      stack: first!.stack,
      construct: first!.stack,
      level,
      message: `${quote(memberOf(first!.change.after))} gets ${quoteAll(roles, 8)}.`,
    };
  });
}

const memberOf = (grant: Value): Value | undefined => at(grant, 'member') ?? at(grant, 'members');

const policyKey = (type: string): string => (type === 'aws_iam_role' ? 'assume_role_policy' : 'policy');

function awsPolicies(input: ReviewInput): RuleFinding[] {
  return changesOf(input, ...POLICIES).flatMap((located): RuleFinding[] => {
    const { change, stack } = located;
    if (change.before === null || change.action === 'delete') return [];
    const { redact } = input.stacks.find(({ plan }) => plan.stack === stack)!.plan;
    const [old, young] = [change.before, change.after].map((side) => at(side, policyKey(change.type)));
    if (same(old, young)) return [];
    const now = allowedBy(young, redact);
    if (now === undefined)
      return [{ ...place(located), unknown: true, message: 'What it will allow is known only after apply, or cannot be read.' }];
    const more = added(allowedBy(old, redact) ?? [], now);
    return more.length === 0
      ? []
      : [
          {
            ...place(located),
            level: more.some((line) => /\bmay \*|\b\w+:\* on/.test(line)) ? 'high' : 'medium',
            message: `It newly allows: ${quoteAll(more, 3)}.`,
          },
        ];
  });
}

/** A federation is as wide as the condition on it. */
function providers(input: ReviewInput): RuleFinding[] {
  return changesOf(input, 'google_iam_workload_identity_pool_provider').flatMap((located): RuleFinding[] => {
    const { before, after, action } = located.change;
    if (before === null || action === 'delete') return [];
    const [old, young] = [at(before, 'attribute_condition'), at(after, 'attribute_condition')];
    if (same(old, young)) return [];
    if (isUnknown(young))
      return [{ ...place(located), level: 'high', unknown: true, message: 'Whom it lets in is known only after apply.' }];
    const gone = isAbsent(young);
    return [
      {
        ...place(located),
        level: gone ? 'high' : 'medium',
        message: gone
          ? 'It lets in everybody whom the issuer knows: the condition goes.'
          : `It lets in others: ${quote(old)} → ${quote(young)}.`,
      },
    ];
  });
}

const isAbsent = (value: Value | undefined): boolean => value === undefined || value === null || value === '';

export const IAM_RULES: readonly RiskRule[] = [widened];
