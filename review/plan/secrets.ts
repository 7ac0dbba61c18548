import { secretsIn } from './mask';
import { type ChangeJson, type PlanJson } from './schema';

type Json = unknown;

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : []);
const under = (value: Json, key: string): Json => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);

/** Every secret text that a plan holds anywhere, so that it can be taken out wherever else it appears. */
export function secretsOf(plan: PlanJson): Set<string> {
  const found = new Set<string>();
  for (const change of changesOf(plan)) {
    secretsIn(change.before, change.before_sensitive, found);
    secretsIn(change.after, change.after_sensitive, found);
  }
  const root = under(plan.configuration, 'root_module');
  secretVariables(plan.variables, under(root, 'variables'), found);
  inModuleConfiguration(root, found);
  inState(under(under(plan.prior_state, 'values'), 'root_module'), found);
  for (const output of Object.values(asObject(under(under(plan.prior_state, 'values'), 'outputs')))) {
    secretsIn(under(output, 'value'), under(output, 'sensitive') === true, found);
  }
  return found;
}

const asObject = (value: Json): Record<string, Json> => (isObject(value) ? value : {});

const changesOf = (plan: PlanJson): ChangeJson[] => [
  ...(plan.resource_changes ?? []).map(({ change }) => change),
  ...(plan.resource_drift ?? []).map(({ change }) => change),
  ...(plan.deferred_changes ?? []).map(({ resource_change }) => resource_change.change),
  ...Object.values(plan.output_changes ?? {}),
];

function secretVariables(values: Json, declarations: Json, found: Set<string>): void {
  for (const [name, declaration] of Object.entries(asObject(declarations))) {
    const secret = under(declaration, 'sensitive') === true || under(declaration, 'ephemeral') === true;
    if (!secret) continue;
    secretsIn(under(under(values, name), 'value'), true, found);
    secretsIn(under(declaration, 'default'), true, found);
  }
}

/** A literal of a write-only argument is nowhere in the changes, and in clear in the configuration. */
function inModuleConfiguration(module: Json, found: Set<string>): void {
  for (const resource of listOf(under(module, 'resources'))) inExpressions(under(resource, 'expressions'), found);
  for (const call of Object.values(asObject(under(module, 'module_calls')))) inModuleConfiguration(under(call, 'module'), found);
}

function inExpressions(expressions: Json, found: Set<string>): void {
  if (Array.isArray(expressions)) expressions.forEach((inner) => inExpressions(inner, found));
  for (const [name, expression] of Object.entries(asObject(expressions))) {
    if (name.endsWith('_wo')) secretsIn(under(expression, 'constant_value'), true, found);
    else inExpressions(expression, found);
  }
}

function inState(module: Json, found: Set<string>): void {
  for (const resource of listOf(under(module, 'resources')))
    secretsIn(under(resource, 'values'), under(resource, 'sensitive_values'), found);
  for (const inner of listOf(under(module, 'child_modules'))) inState(inner, found);
}
