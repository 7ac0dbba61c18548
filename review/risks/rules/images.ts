import { at, same } from '../../plan';
import { allowedBy } from '../policies';
import { changesOf, place, type Located, type RiskRule, type RuleFinding } from '../rule';
import { added, elements, textAt, texts } from '../values';
import { quote, quoteAll } from '../words';
import { type ReviewInput } from '../../input';

const widened: RiskRule = {
  id: 'cache-widened',
  title: 'Images come from more places, or go to more',
  level: 'medium',
  reason:
    'Whatever an upstream serves can be run under a name of our own registry, and whoever may push or promote into it decides what production runs.',
  remedy:
    'Ask whether the upstream is trusted and what its images are checked for. Into production only images that were promoted should come.',
  looksAt:
    'Pull-through cache rules and remote repositories that come or get another upstream; what registry and repository policies newly allow; replication to more places; creation templates that apply to more; tags that become mutable.',
  check: (input) => [...upstreams(input), ...policies(input), ...templates(input), ...replication(input)],
};

function upstreams(input: ReviewInput): RuleFinding[] {
  const rules = changesOf(input, 'aws_ecr_pull_through_cache_rule').filter(({ change }) => change.action !== 'delete');
  const remotes = changesOf(input, 'google_artifact_registry_repository').filter(
    ({ change }) => change.action !== 'delete' && at(change.after, 'mode') === 'REMOTE_REPOSITORY',
  );
  const keysOf = ({ change }: Located) =>
    change.type === 'aws_ecr_pull_through_cache_rule'
      ? ['upstream_registry_url', 'ecr_repository_prefix', 'upstream_repository_prefix']
      : ['remote_repository_config', 'mode'];
  return [...rules, ...remotes].flatMap((located): RuleFinding[] => {
    const { before, after } = located.change;
    const changed = keysOf(located).filter((key) => !same(at(before, key), at(after, key)));
    if (changed.length === 0) return [];
    const [prefix, url] = [textAt(after, 'ecr_repository_prefix'), textAt(after, 'upstream_registry_url')];
    const what = url === undefined ? quote(textAt(after, 'repository_id') ?? '?') : `${quote(prefix ?? '?')} from ${quote(url)}`;
    return [
      {
        ...place(located),
        message: before === null ? `A new upstream: ${what}.` : `Another upstream: ${what} (was ${quote(at(before, changed[0]!))}).`,
      },
    ];
  });
}

const POLICIES = ['aws_ecr_registry_policy', 'aws_ecr_repository_policy'];

function policies(input: ReviewInput): RuleFinding[] {
  return changesOf(input, ...POLICIES).flatMap((located): RuleFinding[] => {
    const { change, stack } = located;
    if (change.action === 'delete' || same(at(change.before, 'policy'), at(change.after, 'policy'))) return [];
    const { redact } = input.stacks.find(({ plan }) => plan.stack === stack)!.plan;
    const now = allowedBy(at(change.after, 'policy'), redact);
    if (now === undefined)
      return [{ ...place(located), unknown: true, message: 'What the policy will allow is known only after apply, or cannot be read.' }];
    const more = added(allowedBy(at(change.before, 'policy'), redact) ?? [], now);
    return more.length === 0 ? [] : [{ ...place(located), message: `It newly allows: ${quoteAll(more, 3)}.` }];
  });
}

function templates(input: ReviewInput): RuleFinding[] {
  return changesOf(input, 'aws_ecr_repository_creation_template').flatMap((located): RuleFinding[] => {
    const { before, after, action } = located.change;
    if (before === null || action === 'delete') return [];
    const more = added(texts(at(before, 'applied_for')), texts(at(after, 'applied_for')));
    const mutable = at(before, 'image_tag_mutability') === 'IMMUTABLE' && at(after, 'image_tag_mutability') !== 'IMMUTABLE';
    return [
      ...(more.length > 0 ? [{ ...place(located), message: `Repositories are now also made for ${quoteAll(more)}.` }] : []),
      ...(mutable ? [{ ...place(located), message: 'Tags of new repositories can be moved to other images.' }] : []),
    ];
  });
}

function replication(input: ReviewInput): RuleFinding[] {
  return changesOf(input, 'aws_ecr_replication_configuration').flatMap((located): RuleFinding[] => {
    const targets = (side: 'before' | 'after') =>
      elements(at(located.change[side], 'replication_configuration', 0, 'rule')).flatMap((rule) =>
        elements(at(rule, 'destination')).map((to) => `${textAt(to, 'registry_id') ?? '?'} in ${textAt(to, 'region') ?? '?'}`),
      );
    const more = added(targets('before'), targets('after'));
    return more.length === 0 ? [] : [{ ...place(located), message: `Images are now copied to ${quoteAll(more)}.` }];
  });
}

export const IMAGE_RULES: readonly RiskRule[] = [widened];
