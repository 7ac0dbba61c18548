import { buildReport, readPlan, type Report, type StackPlan } from '../../review';
import { type Configuration } from './fixtures/situation';
import { SITUATIONS } from './fixtures/situations';
import { planText, TODAY } from './plans';

/** Stacks of an environment, each with the real plan of a situation, and what they wait for. */
const STACKS: readonly (readonly [stack: string, situation: string, dependencies: readonly string[]])[] = [
  ['prod-foundation', 'write-only-rotation', []],
  ['prod-network', 'replace-deleted-first', []],
  ['prod-registry', 'json-inside', []],
  ['prod-perimeter', 'perimeter-opened', ['prod-foundation']],
  ['prod-identity', 'drift', ['prod-foundation']],
  ['prod-gateway', 'database-replaced', ['prod-foundation', 'prod-network', 'prod-perimeter']],
  ['prod-models', 'base64-inside', ['prod-gateway']],
  ['prod-scripts', 'lines', ['prod-gateway']],
  ['prod-imports', 'import', ['prod-identity']],
];

function stackPlan([id, situation, dependencies]: (typeof STACKS)[number]): StackPlan {
  const { before, after = before } = SITUATIONS.find(({ name }) => name === situation)!;
  const head = { id, dependencies, configuration: (after ?? {}) as Configuration };
  return { plan: readPlan(JSON.parse(planText(situation)), { source: situation, stack: id, synthesized: [head] }), head };
}

/** A report with something of everything, out of real plans: for the screenshots and the checks of the page. */
export const showcase = (): Report => buildReport({ stacks: STACKS.map(stackPlan), origin: 'plan', today: TODAY });
