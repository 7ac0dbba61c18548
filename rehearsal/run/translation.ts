import { isObject } from './values';

/** Null and zero values are the same to the providers' SDK: after an import the state has the one where a create wrote the other. */
const isBlank = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  value === 0 ||
  (isObject(value) && Object.keys(value).length === 0);

const isRecord = (value: unknown): value is Record<string, unknown> => isObject(value) && !Array.isArray(value);

type Key = string | number;

/** What the configuration says of a part. A block that comes once may stand there without the list that the state has it in. */
function partOf(configured: unknown, key: Key): unknown {
  if (!isObject(configured)) return configured;
  return Array.isArray(configured) || typeof key === 'string' ? (configured as Record<Key, unknown>)[key] : configured;
}

/** A block stands in a list, and may hold what the service adds; what stands under a name is a map, and that is configured as a whole. */
const partOfBlock = (configured: unknown, key: string, isBlock: boolean): unknown =>
  partOf(configured, key) ?? (isBlock ? undefined : configured);

/** Which made-up value of one run stands for which of another. */
export class Translation {
  private readonly words = new Map<string, string>();

  /** Takes in the texts of both runs wherever the configuration says nothing. */
  learn(configured: unknown, here: unknown, there: unknown, isBlock = true): void {
    if (Array.isArray(here) && Array.isArray(there)) {
      here.forEach((value, index) => this.learn(partOf(configured, index), value, there[index]));
    } else if (isRecord(here) && isRecord(there)) {
      for (const key of Object.keys(here)) this.learn(partOfBlock(configured, key, isBlock), here[key], there[key], false);
    } else if (configured === undefined && typeof here === 'string' && typeof there === 'string' && here !== there) {
      this.words.set(here, there);
    }
  }

  /** Dotted paths of what is configured and differs even when the one run is told in the words of the other. */
  differing(configured: unknown, here: unknown, there: unknown, path = '', isBlock = true): string[] {
    if (configured === undefined || Object.is(here, there) || (isBlank(here) && isBlank(there))) return [];
    const inside = (part: unknown, key: Key, block: boolean): string[] => {
      const [mine, yours] = [here, there].map((value) => (value as Record<Key, unknown>)[key]);
      return this.differing(part, mine, yours, path === '' ? String(key) : `${path}.${key}`, block);
    };
    if (Array.isArray(here) && Array.isArray(there) && here.length === there.length) {
      return here.flatMap((_, index) => inside(partOf(configured, index), index, true));
    }
    if (isRecord(here) && isRecord(there)) {
      const keys = new Set([...Object.keys(here), ...Object.keys(there)]);
      return [...keys].flatMap((key) => inside(partOfBlock(configured, key, isBlock), key, false));
    }
    return typeof here === 'string' && typeof there === 'string' && this.translate(here) === there ? [] : [path];
  }

  private translate(text: string): string {
    const whole = this.words.get(text);
    if (whole !== undefined) return whole;
    // The longest first: a name holds the number that also stands alone.
    const words = [...this.words].sort(([a], [b]) => b.length - a.length);
    return words.reduce((told, [here, there]) => told.replaceAll(here, there), text);
  }
}
