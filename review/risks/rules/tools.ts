import { type ReviewInput, type StackPlan } from '../../input';
import { type RiskRule, type RuleFinding } from '../rule';
import { quote } from '../words';

type Json = unknown;

const under = (value: Json, ...keys: readonly string[]): Json =>
  keys.reduce<Json>(
    (here, key) =>
      typeof here === 'object' && here !== null && Object.hasOwn(here, key) ? (here as Record<string, Json>)[key] : undefined,
    value,
  );

/** Compares a part of the synthesized stacks of base and head. A stack that is new has nothing to be compared with. */
function compare(input: ReviewInput, what: string, differences: (before: Json, after: Json) => string[]): RuleFinding[] {
  if (input.base === undefined) {
    const stacks = input.stacks.map(({ plan }) => plan.stack).join(', ');
    return input.stacks.length === 0
      ? []
      : [
          {
            stack: stacks,
            construct: 'terraform',
            level: 'low',
            unknown: true,
            message: `Whether ${what} changes is not known: no base revision was given (${quote('--base')}).`,
          },
        ];
  }
  const both = input.stacks.filter((stack): stack is Required<StackPlan> => stack.base !== undefined && stack.head !== undefined);
  const found = both.map(({ plan, head, base }) => ({
    stack: plan.stack,
    texts: differences(under(base.configuration, 'terraform'), under(head.configuration, 'terraform')),
  }));
  // The same change in every stack is one change.
  const messages = new Map<string, string[]>();
  for (const { stack, texts } of found) for (const text of texts) messages.set(text, [...(messages.get(text) ?? []), stack]);
  return [...messages].map(([message, stacks]) => ({
    stack: stacks[0]!,
    construct: stacks.length === 1 ? stacks[0]! : `${stacks[0]!} and ${stacks.length - 1} more`,
    message,
  }));
}

const provider: RiskRule = {
  id: 'provider-changed',
  title: 'A provider changes',
  level: 'medium',
  reason:
    'Another release has other defaults and checks. It may change resources that nobody has touched, and write states that the old one cannot read.',
  remedy: 'Read its release notes. Apply it alone, with a plan that is empty but for what the notes announce.',
  looksAt: '`terraform.required_providers` of the synthesized stacks, on the base revision and now.',
  check: (input) =>
    compare(input, 'a provider', (before, after) => {
      const [old, young] = [before, after].map((side) => under(side, 'required_providers') as Record<string, Json> | undefined);
      const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(young ?? {})])].sort();
      const told = (value: Json) =>
        value === undefined
          ? 'nothing'
          : quote(`${String(under(value, 'source') ?? '?')} ${String(under(value, 'version') ?? 'of any version')}`);
      return names
        .filter((name) => told(under(old, name)) !== told(under(young, name)))
        .map((name) => `${quote(name)}: ${told(under(old, name))} → ${told(under(young, name))}.`);
    }),
};

const engine: RiskRule = {
  id: 'engine-changed',
  title: 'Another engine is asked for',
  level: 'medium',
  reason: 'A newer Terraform or OpenTofu writes states that an older one refuses: whoever still has the old one can no longer plan.',
  remedy: 'Bring every runner and every machine to the new version first.',
  looksAt: '`terraform.required_version` of the synthesized stacks, on the base revision and now.',
  check: (input) =>
    compare(input, 'the engine', (before, after) => {
      const [old, young] = [before, after].map((side) => under(side, 'required_version'));
      return old === young
        ? []
        : [`${quote(typeof old === 'string' ? old : 'any version')} → ${quote(typeof young === 'string' ? young : 'any version')}.`];
    }),
};

/** The directory of a local state is that of the checkout, which differs from one revision to the other without any meaning. */
const placeOf = (kind: string | undefined, value: Json): string =>
  kind === 'local' && typeof value === 'string' ? value.replace(/^.*[\\/]/, '') : (JSON.stringify(value) ?? '');

const backend: RiskRule = {
  id: 'backend-changed',
  title: 'The state moves',
  level: 'high',
  reason:
    'With another backend, bucket, prefix or key Terraform finds no state unless it is moved first: it then plans to make everything anew, beside what exists.',
  remedy: 'Move the state (`terraform init -migrate-state`) in the same step, with applies stopped, and see that the plan is empty.',
  looksAt: '`terraform.backend` of the synthesized stacks, on the base revision and now.',
  check: (input) =>
    compare(input, 'the backend', (before, after) => {
      const [old, young] = [before, after].map((side) => (under(side, 'backend') ?? {}) as Record<string, Json>);
      const [oldKind, youngKind] = [Object.keys(old!)[0], Object.keys(young!)[0]];
      if (oldKind !== youngKind) return [`${quote(oldKind ?? 'local')} → ${quote(youngKind ?? 'local')}.`];
      const [from, to] = [old, young].map((side) => (oldKind === undefined ? {} : (under(side, oldKind) ?? {})) as Record<string, Json>);
      const keys = [...new Set([...Object.keys(from!), ...Object.keys(to!)])]
        .filter((key) => placeOf(oldKind, from![key]) !== placeOf(oldKind, to![key]))
        .sort();
      return keys.length === 0
        ? []
        : [`${quote(oldKind ?? 'local')}: ${keys.map((key) => quote(key)).join(', ')} ${keys.length === 1 ? 'changes' : 'change'}.`];
    }),
};

export const TOOL_RULES: readonly RiskRule[] = [provider, engine, backend];
