import { type PathStep } from '../plan';

const PLAIN = /^[A-Za-z_][\w-]*$/;

/** The path of an attribute below another: `a.b`, and `a["b.c"]` for names that hold what separates. */
export function below(path: string, key: string): string {
  if (!PLAIN.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** The path of an element that goes by a name. */
export const element = (path: string, name: string): string =>
  `${path}[${PLAIN.test(name) || /^\d+$/.test(name) ? name : JSON.stringify(name)}]`;

/** A path as the plan gives it, without the indexes of blocks that occur once at most. */
export const pathOf = (steps: readonly PathStep[]): string =>
  steps.reduce<string>(
    (path, step) => (typeof step === 'number' ? (step === 0 ? path : element(path, String(step))) : below(path, step)),
    '',
  );

/** The top-level argument of a path: what providers mark as forcing a replacement, at any depth. */
export const isAtOrBelow = (steps: readonly PathStep[], ancestor: readonly PathStep[]): boolean =>
  ancestor.length <= steps.length && ancestor.every((step, index) => steps[index] === step);
