import { at, isObject, isUnknown, type Plan, type Value } from '../../plan';
import { gatewayConfigurationIn } from '../gateway-configuration';
import { changesOf, place, type Located, type RiskRule, type RuleFinding } from '../rule';
import { elements, textAt } from '../values';
import { lastPart, quote } from '../words';
import { type ReviewInput } from '../../input';

/** Per cent by what answers, for one endpoint or one group of the gateway. Undefined: known only after apply. */
interface Split {
  readonly located: Located;
  readonly name: string;
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number> | undefined;
}

/** Points that move at once past which a mistake reaches too many callers to be called a trial. */
const FAR = 25;
const VERY_FAR = 50;

const reconciling = (value: Value): Value | undefined => {
  const spec = at(value, 'triggers_replace', 'spec');
  return textAt(spec, 'mode') === 'reconcile' ? spec : undefined;
};

/** Deployed models go by their display name, `<key>-<id>`: the key alone says who answers, the model what. */
function endpointSplit(spec: Value | undefined): Map<string, number> {
  const models = elements(at(spec, 'models'));
  const traffic = at(spec, 'traffic');
  const shares = models.map((model) => {
    const id = textAt(model, 'id') ?? '?';
    const key = (textAt(model, 'displayName') ?? id).replace(new RegExp(`-${/^\d+$/.test(id) ? id : '\\d+'}$`), '');
    const percent = at(traffic, id);
    return [
      `${key} (${lastPart(textAt(model, 'model') ?? '?')})`,
      isObject(traffic) ? (typeof percent === 'number' ? percent : 0) : 100,
    ] as const;
  });
  return new Map(shares);
}

function endpointSplitOf(located: Located, spec: Value): Split {
  const { construct, after } = located.change;
  const now = at(after, 'triggers_replace', 'spec');
  return {
    located,
    name: endpointName(construct, lastPart(textAt(spec, 'endpoint') ?? construct)),
    before: endpointSplit(spec),
    after: isUnknown(now) || isUnknown(at(now, 'traffic')) ? undefined : endpointSplit(now),
  };
}

function splitsOf(input: ReviewInput): Split[] {
  const redactors = new Map<string, Plan['redact']>(input.stacks.map(({ plan }) => [plan.stack, plan.redact]));
  return changesOf(input).flatMap((located): Split[] => {
    const { change, stack } = located;
    if (change.before === null || change.action === 'delete') return [];
    const spec = change.type === 'terraform_data' ? reconciling(change.before) : undefined;
    if (spec !== undefined) return [endpointSplitOf(located, spec)];
    const redact = redactors.get(stack)!;
    const before = gatewayConfigurationIn(change.before, redact);
    if (before === undefined) return [];
    const after = gatewayConfigurationIn(change.after, redact);
    return [...before.groups].map(([name, shares]) => ({
      located,
      name,
      before: shares,
      after: after?.groups.get(name) ?? (after === undefined ? undefined : new Map()),
    }));
  });
}

/** `prod-inference/Endpoints/chat/Serving` is about the endpoint `chat`; an endpoint without a construct goes by its id. */
const endpointName = (construct: string, id: string): string => /\/([^/]+)\/Serving$/.exec(construct)?.[1] ?? id;

const percent = (share: number): string => `${Math.round(share * 10) / 10} %`;

/** "assistant: 5 % → 20 % to gemini-x". */
const moves = ({ before, after }: Split): string[] =>
  [...new Set([...before.keys(), ...(after?.keys() ?? [])])]
    .filter((model) => Math.abs((before.get(model) ?? 0) - (after?.get(model) ?? 0)) >= 0.05)
    .map((model) => `${percent(before.get(model) ?? 0)} → ${percent(after?.get(model) ?? 0)} to ${quote(model)}`);

/** Points that change hands. */
const distance = ({ before, after }: Split): number =>
  [...new Set([...before.keys(), ...(after?.keys() ?? [])])].reduce(
    (sum, model) => sum + Math.max(0, (after?.get(model) ?? 0) - (before.get(model) ?? 0)),
    0,
  );

const about = (split: Split): string => `${quote(split.name)}: ${moves(split).join(', ')}.`;

const unknownSplit = (split: Split): RuleFinding => ({
  ...place(split.located),
  unknown: true,
  message: `${quote(split.name)}: where its traffic goes is known only after apply.`,
});

const moved: RiskRule = {
  id: 'split-moved',
  title: 'Traffic moves to another model',
  level: 'medium',
  reason:
    'These calls are answered by another model from one moment to the next. Where it answers worse, is slower or has less quota, that many callers notice at the same time.',
  remedy: 'Go in small steps, and look at errors, latency and answers after each. With half of the calls or more have a way back ready.',
  looksAt:
    'Traffic of Vertex AI endpoints (what the reconciler is asked for), and weights in the `model_list` of a LiteLLM configuration. 25 points of 100 or more: medium; 50 or more: high; less: low.',
  check: (input) =>
    splitsOf(input).flatMap((split): RuleFinding[] => {
      if (split.after === undefined) return [unknownSplit(split)];
      const far = distance(split);
      return far < 0.5
        ? []
        : [{ ...place(split.located), level: far >= VERY_FAR ? 'high' : far >= FAR ? 'medium' : 'low', message: about(split) }];
    }),
};

const toNewModel: RiskRule = {
  id: 'split-to-new-model',
  title: 'A model that nobody has called here gets traffic',
  level: 'medium',
  reason:
    'A model that is new to an endpoint or a group has not yet answered these callers: its quota, latency and answers are not known here.',
  remedy: 'Begin with a few per cent, and compare before raising them. Past 25 per cent at once the level is high.',
  looksAt: 'The same splits as `split-moved`: models with a share that were not there before, or had none.',
  check: (input) =>
    splitsOf(input).flatMap((split): RuleFinding[] => {
      if (split.after === undefined) return [unknownSplit(split)];
      return [...split.after]
        .filter(([model, share]) => share > 0 && !((split.before.get(model) ?? 0) > 0))
        .map(([model, share]) => ({
          ...place(split.located),
          level: share >= FAR ? 'high' : 'medium',
          message: `${quote(split.name)}: 0 % → ${percent(share)} to ${quote(model)}.`,
        }));
    }),
};

export const SPLIT_RULES: readonly RiskRule[] = [moved, toNewModel];
