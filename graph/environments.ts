import { environmentOf, nearest } from '../rehearsal/run/stacks';
import { GraphError, type SynthesizedStack } from './app';

/** Stacks that stand in one picture. */
export interface Subject {
  readonly name: string;
  readonly stacks: readonly SynthesizedStack[];
}

/**
 * The environments or single stacks that are named, each with its stacks. Every unknown name is told at once.
 * @throws GraphError
 */
export function environmentsOf(stacks: readonly SynthesizedStack[], names: readonly string[] | 'all'): Subject[] {
  const known = [...new Set(stacks.map(({ name }) => environmentOf(name)))].sort();
  if (known.length === 0) throw new GraphError('The app synthesized no stack: there is nothing to draw.');
  const stacksOf = (name: string): SynthesizedStack[] => {
    const all = stacks.filter((stack) => environmentOf(stack.name) === name);
    return all.length > 0 ? all : stacks.filter((stack) => stack.name === name);
  };
  const unknown = names === 'all' ? [] : names.filter((name) => stacksOf(name).length === 0);
  if (unknown.length > 0) {
    const lines = unknown.map((name) => {
      const meant = nearest(name, known);
      return `There is no environment ${JSON.stringify(name)}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
    });
    throw new GraphError(`${lines.join('\n')}\nThere are: ${known.join(', ')}`);
  }
  const chosen = names === 'all' ? known : [...new Set(names)];
  return chosen.map((name) => ({ name, stacks: stacksOf(name) }));
}
