import { type Diagnostic } from '../engine/diagnostics';
import { refusal } from '../engine/refusal';
import { type MetFault, type ServiceCall } from '../faults';
import { type World } from './world';

const WORDS = {
  409: 'There is another operation on this object, or its concurrent change won',
  429: "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute'",
  503: 'The service is currently unavailable',
} as const;

/** What a fault does to a call: errors before anything happened, or what becomes of the answer after it happened. */
export interface Trouble {
  readonly before: readonly Diagnostic[];
  readonly after?: MetFault;
}

/** Meets a call with the fault that waits for it. A hanging call comes back when the engine is stopped. */
export async function meetFault(call: ServiceCall, world: World, stopped: AbortSignal): Promise<Trouble> {
  const fault = world.faults?.take(call);
  if (fault === undefined) return { before: [] };
  const refused = (status: number, message: string) => ({ before: [refusal(call, call.operation, call.id, status, message)] });
  switch (fault.kind) {
    case '409':
    case '429':
    case '503':
      return refused(Number(fault.kind), WORDS[fault.kind]);
    case 'hang':
      await until(stopped);
      return refused(499, 'The call was cancelled before the service answered');
    default:
      return { before: [], after: fault };
  }
}

export const until = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
