import { at, isUnknown, same, type Value } from '../../plan';
import { changesOf, place, type Located, type RiskRule, type RuleFinding } from '../rule';
import { elements, textAt, texts } from '../values';
import { allowedBy, isAnybody } from '../policies';
import { quote } from '../words';
import { type ReviewInput } from '../../input';

const EVERYBODY = ['allUsers', 'allAuthenticatedUsers'];
const ANYWHERE = ['0.0.0.0/0', '::/0'];

/** What makes a thing reachable for everybody: a phrase for each way that is open, a phrase that begins with "?" for one that is not known. */
type Openings = (value: Value, input: ReviewInput, stack: string) => string[];

const when = (value: Value | undefined, open: (value: Value | undefined) => boolean, phrase: string): string[] =>
  isUnknown(value) ? [`?${phrase}`] : open(value) ? [phrase] : [];

const OPENINGS: readonly (readonly [RegExp, Openings])[] = [
  [
    /_iam_(member|binding)$/,
    (value) =>
      [...texts(at(value, 'members')), textAt(value, 'member') ?? '']
        .filter((member) => EVERYBODY.includes(member))
        .map((member) => `granted to ${quote(member)}`),
  ],
  [
    /^google_cloud_run_v2_service$/,
    (value) => [
      ...when(at(value, 'ingress'), (ingress) => ingress === 'INGRESS_TRAFFIC_ALL', 'requests come in straight from the internet'),
      ...when(at(value, 'invoker_iam_disabled'), (disabled) => disabled === true, 'nobody is asked who they are'),
    ],
  ],
  [
    /^google_sql_database_instance$/,
    (value) => [
      ...when(
        at(value, 'settings', 0, 'ip_configuration', 0, 'ipv4_enabled'),
        (enabled) => enabled === true,
        'the database has a public address',
      ),
      ...elements(at(value, 'settings', 0, 'ip_configuration', 0, 'authorized_networks'))
        .filter((network) => ANYWHERE.includes(textAt(network, 'value') ?? ''))
        .map(() => 'the database takes connections from anywhere'),
    ],
  ],
  [
    /^google_compute_firewall$/,
    (value) =>
      at(value, 'direction') === 'EGRESS' || elements(at(value, 'allow')).length === 0 || at(value, 'disabled') === true
        ? []
        : texts(at(value, 'source_ranges'))
            .filter((range) => ANYWHERE.includes(range))
            .map((range) => `connections from ${quote(range)} are let in`),
  ],
  [
    /^google_storage_bucket$/,
    (value) => when(at(value, 'public_access_prevention'), (prevention) => prevention !== 'enforced', 'it may be made public'),
  ],
  [
    /^google_vertex_ai_endpoint$/,
    (value) => {
      const isPrivate =
        elements(at(value, 'private_service_connect_config')).length > 0 ||
        textAt(value, 'network') !== undefined ||
        isUnknown(at(value, 'network'));
      return isPrivate ? [] : ['the endpoint has a public address'];
    },
  ],
  [
    /^aws_(ecr_registry_policy|ecr_repository_policy|secretsmanager_secret_policy|s3_bucket_policy)$/,
    (value, input, stack) =>
      (allowedBy(at(value, 'policy'), input.stacks.find(({ plan }) => plan.stack === stack)!.plan.redact) ?? [])
        .filter(isAnybody)
        .map((line) => quote(line)),
  ],
];

const exposed: RiskRule = {
  id: 'public-exposure',
  title: 'Something can be reached by everybody',
  level: 'high',
  reason: 'From the moment it is applied the whole internet may try it, and what it holds may be read by people whom nobody has named.',
  remedy:
    'Put it behind the load balancer or Private Service Connect, and name who may use it. If it is meant, write down who decided that.',
  looksAt:
    'Grants to `allUsers` and `allAuthenticatedUsers`; ingress and invoker check of Cloud Run; public addresses of databases; firewall rules from anywhere; buckets that may be made public; Vertex AI endpoints without private connection; AWS policies for everybody. Only what was not so before.',
  check: (input) => changesOf(input).flatMap((located) => newlyOpen(located, input)),
};

function newlyOpen(located: Located, input: ReviewInput): RuleFinding[] {
  const { type, before, after, action } = located.change;
  if (action === 'delete' || action === 'forget' || same(before, after)) return [];
  return OPENINGS.filter(([types]) => types.test(type)).flatMap(([, openings]) => {
    const known = before === null ? [] : openings(before, input, located.stack);
    return openings(after, input, located.stack)
      .filter((phrase) => !known.includes(phrase))
      .map((phrase): RuleFinding =>
        phrase.startsWith('?')
          ? { ...place(located), unknown: true, message: `Known only after apply: whether ${phrase.slice(1)}.` }
          : { ...place(located), message: `From now on: ${phrase}.` },
      );
  });
}

export const PUBLIC_RULES: readonly RiskRule[] = [exposed];
