import { parse } from 'yaml';
import { z } from 'zod';
import { given } from './given';
import type { Problem } from './problem';
import { bare, childSchema } from './shape';
import { dotted, type Entry, type Path, type ScalarTree, type Tree } from './tree';

/**
 * Values that YAML takes for something else than the person who wrote them: `no`, `0123`, `1e3`, a project number without quotes, a key
 * without a value. The schema says what was meant, so the answer can say how to write it. What is answered here is refused in the tree.
 */
export function checkNotation(tree: Tree, schema: z.ZodType): { readonly tree: Tree; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];

  function walk(part: Tree, expected: z.ZodType | undefined, path: Path): Tree {
    if (part.kind === 'map') {
      const named = expected !== undefined && bare(expected) instanceof z.ZodRecord;
      const entries = [...part.entries].map(([key, entry]): [string, Entry] => {
        const here = [...path, key];
        const misread = named && entry.plain ? otherReading(key, key) : undefined;
        if (misread) {
          const message = `${key} is ${misread}, and a name is needed here`;
          problems.push({ place: entry.place, path: dotted(here), message, help: `Put it in quotes: "${key}".` });
        }
        return [key, { ...entry, value: walk(entry.value, expected && childSchema(expected, key, part), here) }];
      });
      return { ...part, entries: new Map(entries) };
    }
    if (part.kind === 'list') {
      return {
        ...part,
        items: part.items.map((item, index) => walk(item, expected && childSchema(expected, index, part), [...path, index])),
      };
    }
    if (part.kind === 'refused' || !expected) return part;
    const answer = answerFor(part, bare(expected), path);
    if (!answer) return readAsText(part, bare(expected));
    problems.push({ place: part.place, path: dotted(path), ...answer });
    return { kind: 'refused', place: part.place };
  }

  return { tree: walk(tree, schema, []), problems };
}

type Answer = Pick<Problem, 'message' | 'help' | 'confidential'>;

function answerFor(scalar: ScalarTree, expected: z.ZodType, path: Path): Answer | undefined {
  if (scalar.value === null && scalar.plain) {
    return { message: scalar.written === '' ? 'has no value' : `${scalar.written} is no value`, help: 'Give it one, or remove the key.' };
  }
  const { words, confidential } = given(scalar, path);
  if (expected instanceof z.ZodString) return textAnswer(scalar, expected);
  if (expected instanceof z.ZodBoolean && typeof scalar.value === 'string') {
    const meant = /^(y|yes|on|true)$/i.test(scalar.value) ? 'true' : /^(n|no|off|false)$/i.test(scalar.value) ? 'false' : undefined;
    return meant && { message: `${words} is text, and true or false is needed here`, help: `Write ${meant} without quotes.`, confidential };
  }
  if (expected instanceof z.ZodNumber) return numberAnswer(scalar, path);
  return undefined;
}

/** Text that has to stand in quotes to be text. What is no valid text even in quotes gets the answer of the schema. */
function textAnswer(scalar: ScalarTree, expected: z.ZodType): Answer | undefined {
  const misread = scalar.plain ? otherReading(scalar.written, scalar.value) : undefined;
  if (!misread || !expected.safeParse(scalar.written).success) return undefined;
  return { message: `${scalar.written} is ${misread}, and text is needed here`, help: `Put it in quotes: "${scalar.written}".` };
}

function readAsText(scalar: ScalarTree, expected: z.ZodType): ScalarTree {
  return expected instanceof z.ZodString && scalar.plain && typeof scalar.value !== 'string'
    ? { ...scalar, value: scalar.written }
    : scalar;
}

/** What YAML 1.2, or a reader that still follows YAML 1.1, takes a plain scalar for, if not for text. */
function otherReading(written: string, value: unknown): string | undefined {
  if (typeof value === 'boolean') return 'a boolean to YAML';
  if (typeof value === 'number') return 'a number to YAML';
  // Only these beginnings and words ever are anything else; asking the parser for each text would take half of the time of a check.
  if (!/^[-+.\d]|^(y|n|yes|no|on|off|true|false|null)$/i.test(written)) return undefined;
  const old: unknown = parse(written, { version: '1.1', logLevel: 'silent' });
  if (typeof old === 'boolean') return 'a boolean to readers of YAML 1.1';
  if (typeof old === 'number') return 'a number to readers of YAML 1.1';
  if (old instanceof Date) return 'a date to readers of YAML 1.1';
  return old === null ? 'no value to YAML' : undefined;
}

/** Numbers are written in decimal digits: every other notation is read differently by somebody. */
function numberAnswer(scalar: ScalarTree, path: Path): Answer | undefined {
  const { words, confidential } = given(scalar, path);
  if (typeof scalar.value === 'number') {
    if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(scalar.written)) return undefined;
    const decimal = String(scalar.value);
    const help = /^-?\d+(\.\d+)?$/.test(decimal) ? `Write ${decimal}${octalDoubt(scalar.written)}.` : 'Write it in decimal digits.';
    return { message: `${words} is not written in decimal digits`, help };
  }
  if (typeof scalar.value !== 'string') return undefined;
  const digits = scalar.value.replace(/[_,' ]/g, '');
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(digits)) return undefined;
  return {
    message: `${words} is text, and a number is needed here`,
    help: `Write ${confidential ? 'it' : digits} without quotes.`,
    confidential,
  };
}

/** `0123` is 123 to YAML 1.2, and 83 to YAML 1.1, C and people who think of file modes. */
function octalDoubt(written: string): string {
  return /^0[0-7]+$/.test(written) ? `, or ${parseInt(written, 8)} if octal was meant` : '';
}
