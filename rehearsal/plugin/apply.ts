import { type Diagnostic, failure } from '../engine/diagnostics';
import { refusal } from '../engine/refusal';
import { type Result, type Service } from '../engine/service';
import { elementsOf, type ObjectValue } from '../engine/values';
import { type Operation, type ServiceCall } from '../faults';
import { type SecretLedger } from '../ledger';
import { type Block, type TypeFacts } from '../schema/types';
import { type Store } from '../store';
import { meetFault, until } from './trouble';
import { type World } from './world';

interface Change {
  readonly facts: TypeFacts;
  /** Null: create. */
  readonly prior: ObjectValue | null;
  /** Null: delete. */
  readonly planned: ObjectValue | null;
  readonly config: ObjectValue;
}

/** Makes a change, meets its fault, and answers when the change is where it survives. */
export async function apply(change: Change, service: Service, world: World, stopped: AbortSignal): Promise<Result> {
  const { facts, prior, planned } = change;
  const operation: Operation = prior === null ? 'create' : planned === null ? 'delete' : 'update';
  recordWriteOnly(facts.block, change.config, facts.type, world.ledger);
  const trouble = await meetFault({ provider: facts.provider, type: facts.type, operation, id: idOf(prior) }, world, stopped);
  if (trouble.before.length > 0) return { state: prior, diagnostics: trouble.before };
  const result = act(change, service);
  const unsaved = await saveProblem(world.store);
  if (unsaved !== undefined) return { state: result.state, diagnostics: [...result.diagnostics, unsaved] };
  if (trouble.after === undefined || hasError(result.diagnostics)) return result;

  const call: ServiceCall = { provider: facts.provider, type: facts.type, operation, id: idOf(result.state ?? prior) };
  trouble.after.call = call;
  switch (trouble.after.kind) {
    case 'lost':
      return {
        state: prior,
        diagnostics: [refusal(facts, operation, call.id, 503, 'The connection was reset before the service answered')],
      };
    case 'broken':
      return { state: result.state, diagnostics: [refusal(facts, operation, call.id, 503, 'The operation ended with an internal error')] };
    default:
      world.onKill?.(call);
      await until(stopped);
      return { state: prior, diagnostics: [refusal(facts, operation, call.id, 499, 'The engine was to be killed here, but asked on')] };
  }
}

function act({ prior, planned }: Change, service: Service): Result {
  if (planned === null) return prior === null ? { state: null, diagnostics: [] } : service.remove(prior);
  return prior === null ? service.create(planned) : service.update(prior, planned);
}

/** A full disk is no mistake of the rehearsal: it is said in a line. */
async function saveProblem(store: Store): Promise<Diagnostic | undefined> {
  try {
    await store.saved();
    return undefined;
  } catch (error) {
    return failure('The rehearsal cannot save its store', `The change was made, but is in memory only: ${(error as Error).message}`);
  }
}

const idOf = (state: ObjectValue | null): string => (typeof state?.id === 'string' ? state.id : '');

const hasError = (diagnostics: readonly Diagnostic[]) => diagnostics.some(({ severity }) => severity === 'ERROR');

/** Write-only values are secrets that come with the configuration: they must not be found anywhere afterwards. */
function recordWriteOnly(block: Block, config: ObjectValue, where: string, ledger: SecretLedger): void {
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = config[name];
    if (attribute.writeOnly && typeof value === 'string') ledger.record(value, `${where}.${name}`);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    for (const element of elementsOf(config[name])) recordWriteOnly(nested.block, element, `${where}.${name}`, ledger);
  }
}
