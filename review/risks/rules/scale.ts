import { at, isUnknown, type Value } from '../../plan';
import { changesOf, place, type Located, type RiskRule, type RuleFinding } from '../rule';
import { elements, numberAt, textAt } from '../values';
import { lastPart, quote } from '../words';

interface Bound {
  readonly what: string;
  readonly value: Value | undefined;
}

/** The smallest and largest number of machines or instances that something may have. */
interface Scale {
  readonly name: string;
  readonly min: Bound;
  readonly max: Bound;
}

type Reader = (value: Value) => Scale[];

const READERS: Readonly<Record<string, Reader>> = {
  terraform_data: (value) =>
    elements(at(value, 'triggers_replace', 'spec', 'models')).map((model) => ({
      name: (textAt(model, 'displayName') ?? '?').replace(/-\d+$/, ''),
      min: { what: 'replicas at least', value: at(model, 'dedicatedResources', 'minReplicaCount') },
      max: { what: 'replicas at most', value: at(model, 'dedicatedResources', 'maxReplicaCount') },
    })),
  google_vertex_ai_endpoint_with_model_garden_deployment: (value) => [
    {
      name: lastPart(textAt(value, 'publisher_model_name') ?? textAt(value, 'hugging_face_model_id') ?? '?').replace(/@.*$/, ''),
      min: { what: 'replicas at least', value: at(value, 'deploy_config', 0, 'dedicated_resources', 0, 'min_replica_count') },
      max: { what: 'replicas at most', value: at(value, 'deploy_config', 0, 'dedicated_resources', 0, 'max_replica_count') },
    },
  ],
  google_cloud_run_v2_service: (value) => [
    {
      name: textAt(value, 'name') ?? '?',
      min: { what: 'instances at least', value: at(value, 'template', 0, 'scaling', 0, 'min_instance_count') },
      max: { what: 'instances at most', value: at(value, 'template', 0, 'scaling', 0, 'max_instance_count') },
    },
    {
      name: textAt(value, 'name') ?? '?',
      min: { what: 'instances of all revisions at least', value: at(value, 'scaling', 0, 'min_instance_count') },
      max: { what: 'instances of all revisions at most', value: at(value, 'scaling', 0, 'max_instance_count') },
    },
  ],
};

const belowToday: RiskRule = {
  id: 'scale-below-today',
  title: 'Fewer machines than today',
  level: 'medium',
  reason:
    'With a smaller minimum the first callers of a rush wait for machines. With a maximum below today’s minimum (high) what runs today is taken away for good.',
  remedy: 'Look at how many ran in the busiest hour of the last weeks, and keep the minimum above what an hour of waiting would cost.',
  looksAt: 'Replicas of models on Vertex AI endpoints, instances of Cloud Run services.',
  check: (input) => changesOf(input, ...Object.keys(READERS)).flatMap(lowered),
};

function lowered(located: Located): RuleFinding[] {
  const { before, after, type, action } = located.change;
  if (before === null || action === 'delete') return [];
  const read = READERS[type]!;
  const young = read(after);
  return read(before).flatMap((old, index) => {
    const now = type === 'terraform_data' ? young.find(({ name }) => name === old.name) : young[index];
    return now === undefined ? [] : compare(located, old, now);
  });
}

function compare(located: Located, old: Scale, now: Scale): RuleFinding[] {
  const today = numberAt(old.min.value);
  if (today === undefined || today === 0) return [];
  if (isUnknown(now.min.value) || isUnknown(now.max.value)) {
    return [
      {
        ...place(located),
        unknown: true,
        message: `${quote(old.name)}: how many there will be at least is known only after apply (today ${today}).`,
      },
    ];
  }
  // An absent minimum is none.
  const min = numberAt(now.min.value) ?? 0;
  const max = numberAt(now.max.value);
  if (max !== undefined && max > 0 && max < today)
    return [{ ...place(located), level: 'high', message: `${quote(old.name)}: ${now.max.what} ${max}, and today at least ${today} run.` }];
  return min < today ? [{ ...place(located), message: `${quote(old.name)}: ${old.min.what} ${today} → ${min}.` }] : [];
}

export const SCALE_RULES: readonly RiskRule[] = [belowToday];
