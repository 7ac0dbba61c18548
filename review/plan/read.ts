import { z } from 'zod';
import { actionOf } from './actions';
import { DEEPEST, isTooDeep } from './depth';
import { isRealDrift } from './drift';
import { Masker } from './mask';
import { type Change, type Check, type OutputChange, type Plan } from './model';
import { PlanError } from './plan-error';
import { redactorFor } from './redact';
import { planSchema, type PlanJson, type ResourceChangeJson } from './schema';
import { secretsOf } from './secrets';
import { constructPaths, type SynthesizedStack } from './stacks';

export interface ReadOptions {
  /** File the plan is from, for messages. */
  readonly source: string;
  /** Id of the stack. Default: the source. */
  readonly stack?: string;
  /** The synthesized stack, and the one before it: what was deleted is only there. They give the construct paths. */
  readonly synthesized?: readonly SynthesizedStack[];
}

const WHAT_TO_DO = 'Give the output of `terraform show -json <plan file>` (or `tofu show -json`).';

/** Parses the text of a plan. Throws a PlanError. */
export function parsePlan(text: string, options: ReadOptions): Plan {
  let json: unknown;
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    // V8's message would quote the text, and with it whatever secret is there.
    throw new PlanError(options.source, `this is not JSON. ${WHAT_TO_DO}`);
  }
  return readPlan(json, options);
}

/** Reads a plan that is parsed already. Throws a PlanError. */
export function readPlan(json: unknown, options: ReadOptions): Plan {
  const plan = checked(json, options.source);
  const redact = redactorFor(secretsOf(plan));
  const masker = new Masker(redact);
  const paths = new Map([...(options.synthesized ?? [])].reverse().flatMap(({ configuration }) => [...constructPaths(configuration)]));
  const change = (resource: ResourceChangeJson) => changeOf(resource, masker, paths);
  const all = (plan.resource_changes ?? []).map(change);
  const relevant = new Set((plan.relevant_attributes ?? []).map(({ resource }) => resource));
  return {
    stack: redact(options.stack ?? options.source),
    source: options.source,
    engine: engineOf(plan),
    changes: [
      ...all.filter(happens),
      ...(plan.deferred_changes ?? []).map(({ reason, resource_change }) => ({ ...change(resource_change), deferred: word(reason) })),
    ],
    standing: all.filter((each) => !happens(each) && each.mode === 'managed'),
    drift: (plan.resource_drift ?? []).map(change).filter((each) => isRealDrift(each, relevant)),
    outputs: outputsOf(plan, masker),
    checks: checksOf(plan, redact),
    ephemeral: ephemeralOf(plan.configuration).map(redact),
    invocations: (plan.action_invocations ?? []).map(({ address }) => redact(address)),
    errored: plan.errored ?? false,
    // Older engines do not say: then nothing was deferred.
    complete: plan.complete ?? (plan.deferred_changes ?? []).length === 0,
    redact,
  };
}

function checked(json: unknown, source: string): PlanJson {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new PlanError(source, `this is no plan. ${WHAT_TO_DO}`);
  if (isTooDeep(json)) throw new PlanError(source, `values are nested more than ${DEEPEST} levels deep; no engine writes such a plan.`);
  const version = (json as { format_version?: unknown }).format_version;
  if (typeof version !== 'string') {
    const stream = 'type' in json && '@level' in json;
    throw new PlanError(source, `it has no format_version${stream ? ': this is the log of `plan -json`' : ''}. ${WHAT_TO_DO}`);
  }
  if (!/^1\.\d+$/.test(version)) {
    throw new PlanError(
      source,
      `its format_version is ${/^[\d.]{1,20}$/.test(version) ? version : 'no number'}; this program reads 1.x. A newer release of it may read that.`,
    );
  }
  if (!('resource_changes' in json) && !('planned_values' in json) && 'values' in json) {
    throw new PlanError(source, `this is a state, not a plan. ${WHAT_TO_DO}`);
  }
  const parsed = planSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new PlanError(source, `it is not as Terraform and OpenTofu write plans:\n${problems(parsed.error)}\n${WHAT_TO_DO}`);
}

/** Where and what, never the value itself. */
function problems(error: z.ZodError): string {
  const lines = error.issues.map(({ path, message }) => `  ${z.core.toDotPath(path).slice(0, 200) || 'the plan'}: ${message}`);
  return [...lines.slice(0, 10), ...(lines.length > 10 ? [`  … and ${lines.length - 10} more`] : [])].join('\n');
}

function changeOf(resource: ResourceChangeJson, masker: Masker, paths: ReadonlyMap<string, string>): Change {
  const { change } = resource;
  const { redact } = masker;
  const mode = resource.mode === 'data' ? 'data' : 'managed';
  const path = resource.module_address ? undefined : paths.get(`${mode === 'data' ? 'data.' : ''}${resource.type}.${resource.name}`);
  const index = resource.index == null ? '' : `[${JSON.stringify(resource.index)}]`;
  const moved = resource.previous_address != null && resource.previous_address !== resource.address;
  return {
    address: redact(resource.address),
    construct: redact(path === undefined ? resource.address : `${path}${index}`),
    mode,
    type: redact(resource.type),
    name: redact(resource.name),
    provider: redact(resource.provider_name ?? 'unknown'),
    ...actionOf(change.actions),
    actions: change.actions.map(word),
    reason: resource.action_reason == null ? undefined : word(resource.action_reason),
    replacePaths: (change.replace_paths ?? []).map((steps) => steps.map((step) => (typeof step === 'string' ? redact(step) : step))),
    movedFrom: moved ? redact(resource.previous_address!) : undefined,
    importing: change.importing == null ? undefined : { id: change.importing.id == null ? undefined : redact(change.importing.id) },
    deposed: resource.deposed == null ? undefined : redact(resource.deposed),
    before: masker.value(change.before, change.before_sensitive),
    after: masker.value(change.after, change.after_sensitive, change.after_unknown),
  };
}

/** Reasons and actions are words of the engine's, and stand in reports as such. Whatever else is there is not repeated. */
const word = (text: string | null | undefined): string => (text != null && /^[a-z][a-z_-]{0,60}$/.test(text) ? text : 'not known');

const happens = ({ action, movedFrom, importing }: Change): boolean =>
  action !== 'no-op' || movedFrom !== undefined || importing !== undefined;

/** The addresses of OpenTofu's providers name its registry; nothing else in a plan tells the two apart. */
function engineOf(plan: PlanJson): Plan['engine'] {
  const providers = [...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])].map(({ provider_name }) => provider_name ?? '');
  const version = /^\d+\.\d+\.\d+/.exec(plan.terraform_version ?? '')?.[0] ?? 'unknown';
  if (providers.some((name) => name.startsWith('registry.opentofu.org/'))) return { name: 'tofu', version };
  return { name: providers.some((name) => name.startsWith('registry.terraform.io/')) ? 'terraform' : 'unknown', version };
}

function outputsOf(plan: PlanJson, masker: Masker): OutputChange[] {
  return Object.entries(plan.output_changes ?? {})
    .map(([name, change]) => ({
      name: masker.redact(name),
      ...actionOf(change.actions),
      before: masker.value(change.before, change.before_sensitive),
      after: masker.value(change.after, change.after_sensitive, change.after_unknown),
    }))
    .filter(({ action }) => action !== 'no-op');
}

const STATUSES = ['pass', 'fail', 'error', 'unknown'] as const;

function checksOf(plan: PlanJson, redact: (text: string) => string): Check[] {
  return (plan.checks ?? [])
    .map(({ address, status, instances }) => ({
      address: redact(address.to_display),
      status: STATUSES.find((known) => known === status) ?? 'unknown',
      messages: (instances ?? []).flatMap(({ problems }) => (problems ?? []).map(({ message }) => redact(message))),
    }))
    .filter(({ status }) => status !== 'pass');
}

/** Names only: nothing else is taken from the configuration. */
function ephemeralOf(configuration: unknown): string[] {
  const root = (configuration as { root_module?: { resources?: unknown } } | null | undefined)?.root_module?.resources;
  if (!Array.isArray(root)) return [];
  return root.flatMap((resource: unknown) => {
    const { mode, address } = (resource ?? {}) as { mode?: unknown; address?: unknown };
    return mode === 'ephemeral' && typeof address === 'string' ? [address] : [];
  });
}
