import { looksAt, type Judge, type Level, type Rule } from './rule';
import { Stack, type StackDocument, type StackElement } from './stack';
import { Unresolved } from './text';

/** What is true of the stacks, and cannot be read in them. */
export interface Circumstances {
  /** Customers depend on them: data is guarded, images come from trusted places. */
  readonly production: boolean;
  /** A service perimeter surrounds the project. */
  readonly perimeter: boolean;
}

/** What a rule says of one block, where it does not pass. */
export interface Finding {
  readonly rule: string;
  readonly level: Level;
  /** `unknown`: the rule met a value that only Terraform knows, or failed. It never counts as passed. */
  readonly outcome: 'failed' | 'unknown';
  readonly stack: string;
  /** Path in the construct tree; in a stack without one, stack and address. */
  readonly path: string;
  readonly address: string;
  /** Where in the block, e.g. `template.containers[0].image`; empty for the block as a whole. */
  readonly place: string;
  readonly message: string;
  readonly fix: string;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  /** Pairs of rule and block that hold. */
  readonly passed: number;
}

/** Holds every stack to every rule that fits the circumstances. Never throws for what stands in a stack. */
export function judge(documents: readonly StackDocument[], rules: readonly Rule[], circumstances: Circumstances): Judgement {
  const findings: Finding[] = [];
  let passed = 0;
  const fitting = rules.filter(({ when }) => when === undefined || circumstances[when]);
  const byType = new Map<string, readonly Rule[]>();
  for (const document of documents) {
    for (const element of new Stack(document).elements.filter(exists)) {
      let looking = byType.get(element.type);
      if (!looking) byType.set(element.type, (looking = fitting.filter((rule) => looksAt(rule, element.type))));
      for (const rule of looking) {
        const found = look(rule, element);
        if (found.length === 0) passed += 1;
        findings.push(...found);
      }
    }
  }
  return { findings, passed };
}

/** `count: 0` and an empty `for_each` make nothing. */
function exists({ json, type }: StackElement): boolean {
  if (type === 'stack') return true;
  const { count, for_each: each } = json;
  return !(count === 0 || (typeof each === 'object' && each !== null && Object.keys(each).length === 0));
}

function look(rule: Rule, element: StackElement): Finding[] {
  const { id, level, fix } = rule;
  const { address, stack } = element;
  const base = { rule: id, level, stack: stack.name, path: element.path, address, fix };
  const findings: Finding[] = [];
  const undecided = (error: unknown): void => {
    const reason =
      error instanceof Unresolved ? error.message : `the rule failed: ${error instanceof Error ? error.message : String(error)}`;
    findings.push({ ...base, outcome: 'unknown', place: error instanceof Unresolved ? error.place : '', message: reason });
  };
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      undecided(error);
    }
  };
  const breach = (message: string, place = ''): void => void findings.push({ ...base, outcome: 'failed', place, message });
  const say: Judge = Object.assign(breach, {
    each: <T>(items: readonly T[], lookAt: (item: T) => void): void => items.forEach((item) => attempt(() => lookAt(item))),
  });
  attempt(() => rule.check(element, say));
  // What is wrong for certain is the answer; that something else in the same block could not be read adds nothing.
  const failed = findings.filter(({ outcome }) => outcome === 'failed');
  return failed.length > 0 ? failed : findings;
}
