import { type Subject } from '../policy/report/subject';
import { type Plan, type SynthesizedStack } from './plan';

/** A plan, and the synthesized stack that it is of. */
export interface StackPlan {
  readonly plan: Plan;
  /** The stack as it will be. Undefined: not at hand. */
  readonly head?: SynthesizedStack;
  /** The stack as it is on the base revision. Undefined: there was none, or there is no base to compare with (see `base`). */
  readonly base?: SynthesizedStack;
}

/** What is reviewed. */
export interface ReviewInput {
  /** In the order in which they are applied. */
  readonly stacks: readonly StackPlan[];
  /** Stacks of the base revision that are synthesized no more: their resources stay, and no plan speaks of them. */
  readonly gone?: readonly SynthesizedStack[];
  /** The revision that the stacks were compared with. Undefined: none was given. */
  readonly base?: string;
  /** `rehearsal`: the plans come from this machine, with what a cloud computes made up. `plan`: from an engine that spoke with the clouds. */
  readonly origin: 'rehearsal' | 'plan';
  /** ISO date on which retired models are judged. */
  readonly today: string;
  /** What the policy says of the stacks as they will be, by environment. Undefined: it was not asked. */
  readonly policy?: readonly Subject[];
  /** What the reader has to know of how this came about. */
  readonly notices?: readonly string[];
}
