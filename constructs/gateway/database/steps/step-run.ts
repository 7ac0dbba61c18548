import type { Construct } from 'constructs';
import { TerraformStack } from '../../../core';
import { NodeProgram } from '../../../core/node-program';
import { programOf, type Step } from './program';

/** Names in the stack. */
const IDS: Readonly<Record<Step, string>> = { migrate: 'Migrate', 'grant-role': 'GrantRole', 'guard-rotation': 'GuardRotation' };

/** The program of a step, in a stack. */
export class StepRun extends NodeProgram {
  /** The one of the stack. */
  static of(scope: Construct, step: Step): StepRun {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(IDS[step]);
    return (existing as StepRun | undefined) ?? new StepRun(stack, IDS[step], step, () => programOf(step), 'GW_STEP');
  }
}
