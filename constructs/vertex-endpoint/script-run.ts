import type { Construct } from 'constructs';
import { TerraformStack } from '../core';
import { NodeProgram } from '../core/node-program';
import { type Program, scriptOf } from './reconciler/script';

/** Names in the stack. */
const IDS: Readonly<Record<Program, string>> = { reconcile: 'Reconciler', grant: 'Granter' };

/** One of the scripts, in a stack. */
export class ScriptRun extends NodeProgram {
  /** The one of the stack. */
  static of(scope: Construct, program: Program): ScriptRun {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(IDS[program]);
    return (existing as ScriptRun | undefined) ?? new ScriptRun(stack, IDS[program], program, () => scriptOf(program), 'VX_SPEC');
  }
}
