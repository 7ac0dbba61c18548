import { describeFault } from '../faults';
import { EngineFailure } from './diagnostics';
import { type Stage } from './stage';
import { type StackRun } from './stack-run';
import { restoreState } from './state';

/** A fault that struck, and what was done about it. */
export interface Recovery {
  readonly stack: string;
  readonly faults: readonly string[];
  /** The engine's own words, in a line. */
  readonly said: string;
  /** Addresses that were taken over by `import` blocks: the objects existed, but the state did not know them. */
  readonly adopted: readonly string[];
}

/**
 * Runs the body again after each fault that it met, as an operator would run Terraform again. A failure that no fault explains is thrown:
 * the run did not converge, or was broken before. `mend` puts right what a mere second run does not, and gives back the addresses it adopted.
 */
export async function throughFaults<T>(stage: Stage, run: StackRun, body: () => Promise<T>, mend?: () => Promise<string[]>): Promise<T> {
  for (;;) {
    const metBefore = stage.faults?.met.length ?? 0;
    try {
      return await body();
    } catch (error) {
      const met = (stage.faults?.met ?? []).slice(metBefore).map(describeFault);
      if (!(error instanceof EngineFailure) || met.length === 0) throw error;
      const tell = (note: string) => stage.listener({ stack: run.stack.id, phase: 'repair', note });
      tell(`${met.join(', ')} struck: ${error.summary}; running again`);
      if (restoreState(run.stateFile)) tell('the engine was killed while it wrote the state: restored from its backup');
      const adopted = (await mend?.()) ?? [];
      if (adopted.length > 0) tell(`adopted by import blocks, for the state did not know them: ${adopted.join(', ')}`);
      stage.recoveries.push({ stack: run.stack.id, faults: met, said: error.summary, adopted });
    }
  }
}
