import type { z } from 'zod';
import type { Mistake } from './mistake';

type Text = z.ZodType<string>;

/** An empty list, said aloud. */
const NONE = 'none';

/** The environment file takes numbers of things in quotes; a flag does not. */
const asOfAFlag = (message: string): string => message.replace(/,? in quotes/, '').replaceAll('"', '');

/** Reads what was given for flags by the schemas of the environment file, and collects what is wrong with it. */
export class Reader {
  readonly mistakes: Mistake[] = [];

  wrong(flag: string, message: string, help?: string): undefined {
    this.mistakes.push({ flag, message, help });
    return undefined;
  }

  /** The text, if it is right. */
  one(flag: string, text: string | undefined, schema: Text): string | undefined {
    if (text === undefined) return undefined;
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    return this.wrong(flag, `${JSON.stringify(text)} is not ${asOfAFlag(result.error.issues[0]!.message)}`);
  }

  /** The texts between commas. */
  list(flag: string, text: string | undefined, schema: Text): string[] {
    return partsOf(text ?? '').flatMap((part) => this.one(flag, part, schema) ?? []);
  }

  /** Some of the words between commas, in the order in which they are known. */
  some<T extends string>(flag: string, text: string, known: readonly T[]): T[] {
    const given = text.trim() === NONE ? [] : partsOf(text);
    for (const word of given) if (!known.includes(word as T)) this.wrong(flag, `${JSON.stringify(word)} is none of ${known.join(', ')}`);
    return known.filter((word) => given.includes(word));
  }

  /** `KEY=VALUE` of each, by key. */
  byKey<T extends string>(flag: string, texts: readonly string[], known: readonly T[], form: string): Partial<Record<T, string>> {
    const found: Partial<Record<T, string>> = {};
    for (const text of texts) {
      const [key, ...rest] = text.split('=');
      const name = known.find((each) => each === key);
      if (rest.length === 0) this.wrong(flag, `${JSON.stringify(text)} is not ${form}`);
      else if (name === undefined) this.wrong(flag, `${JSON.stringify(key)} is none of the environments ${known.join(', ')}`);
      else if (name in found) this.wrong(flag, `${name} is given twice`);
      else found[name] = rest.join('=');
    }
    return found;
  }
}

const partsOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
