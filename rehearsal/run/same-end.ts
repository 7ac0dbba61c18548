import { type Configuration, type Stack } from './stacks';
import { type Instance } from './state';
import { isObject } from './values';

/** Keys of a resource block that speak to Terraform, not to the service. */
const META = new Set(['//', 'count', 'for_each', 'provider', 'lifecycle', 'depends_on', 'provisioner', 'connection', 'timeouts']);

/** A stack with its resources after an undisturbed and after a disturbed run. */
export interface Ends {
  readonly stack: Stack;
  readonly undisturbed: readonly Instance[];
  readonly disturbed: readonly Instance[];
}

/**
 * How the ends of two runs differ: addresses that only one of them has, and attributes that the configuration sets and that came out
 * otherwise. What the services make up (numbers, times, ids) may differ, and with it whatever refers to it, but only in the same way.
 */
export function differencesOfEnds(ends: readonly Ends[]): string[] {
  const pairs = ends.flatMap(({ stack, undisturbed, disturbed }) => {
    const there = new Map(disturbed.map((instance) => [instance.address, instance]));
    return undisturbed.map((expected) => ({ stack, expected, actual: there.get(expected.address) }));
  });
  const madeUp = new Translation();
  for (const { stack, expected, actual } of pairs) {
    const configured = configuredAttributes(stack.configuration, expected);
    for (const [name, value] of Object.entries(expected.attributes)) {
      if (actual !== undefined && !configured.includes(name)) madeUp.learn(value, actual.attributes[name]);
    }
  }
  return [
    ...pairs.flatMap(({ stack, expected, actual }) => {
      if (actual === undefined) return [`${stack.id}: ${expected.address} is missing`];
      return configuredAttributes(stack.configuration, expected)
        .flatMap((name) => madeUp.differing(expected.attributes[name], actual.attributes[name], name))
        .map((path) => `${stack.id}: ${expected.address} has another ${path}`);
    }),
    ...ends.flatMap(({ stack, undisturbed, disturbed }) => {
      const expected = new Set(undisturbed.map(({ address }) => address));
      return disturbed.filter(({ address }) => !expected.has(address)).map(({ address }) => `${stack.id}: ${address} should not be there`);
    }),
  ];
}

function configuredAttributes(configuration: Configuration, { type, address }: Instance): string[] {
  const name = address.slice(type.length + 1).replace(/\[.*$/, '');
  return Object.keys(configuration.resource?.[type]?.[name] ?? {}).filter((key) => !META.has(key));
}

/** Null and zero values are the same to the providers' SDK: after an import the state has the one where a create wrote the other. */
const isBlank = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  value === 0 ||
  (isObject(value) && Object.keys(value).length === 0);

/** Which made-up value of one run stands for which of the other. */
class Translation {
  private readonly words = new Map<string, string>();

  learn(here: unknown, there: unknown): void {
    if (isObject(here) && isObject(there)) {
      for (const key of Object.keys(here)) this.learn(here[key], there[key]);
    } else if (typeof here === 'string' && typeof there === 'string' && here !== there) this.words.set(here, there);
  }

  /** Dotted paths at which the values differ when the one is told in the words of the other. */
  differing(here: unknown, there: unknown, path: string): string[] {
    if (isObject(here) && isObject(there) && Array.isArray(here) === Array.isArray(there)) {
      const keys = new Set([...Object.keys(here), ...Object.keys(there)]);
      return [...keys].flatMap((key) => this.differing(here[key], there[key], `${path}.${key}`));
    }
    if (Object.is(here, there) || (isBlank(here) && isBlank(there))) return [];
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
