import { type Configuration, type Stack } from './stacks';
import { type Instance } from './state';
import { Translation } from './translation';

/** Keys of a resource block that speak to Terraform, not to the service. */
const META = new Set(['//', 'count', 'for_each', 'provider', 'lifecycle', 'depends_on', 'provisioner', 'connection', 'timeouts']);

/** A stack with its resources after an undisturbed and after a disturbed run. */
export interface Ends {
  readonly stack: Stack;
  readonly undisturbed: readonly Instance[];
  readonly disturbed: readonly Instance[];
}

/**
 * How the ends of two runs differ: addresses that only one of them has, and what the configuration sets and came out otherwise.
 * What the services make up (numbers, times, ids) may differ, and with it whatever refers to it, but only in the same way.
 */
export function differencesOfEnds(ends: readonly Ends[]): string[] {
  const pairs = ends.flatMap(({ stack, undisturbed, disturbed }) => {
    const there = new Map(disturbed.map((instance) => [instance.address, instance]));
    return undisturbed.map((expected) => ({
      name: `${stack.id}: ${expected.address}`,
      block: blockOf(stack.configuration, expected),
      expected: expected.attributes,
      actual: there.get(expected.address)?.attributes,
    }));
  });
  const madeUp = new Translation();
  for (const { block, expected, actual } of pairs) madeUp.learn(block, expected, actual);
  return [
    ...pairs.flatMap(({ name, block, expected, actual }) => {
      if (actual === undefined) return [`${name} is missing`];
      return madeUp.differing(block, expected, actual).map((path) => `${name} has another ${path}`);
    }),
    ...ends.flatMap(({ stack, undisturbed, disturbed }) => {
      const expected = new Set(undisturbed.map(({ address }) => address));
      return disturbed.filter(({ address }) => !expected.has(address)).map(({ address }) => `${stack.id}: ${address} should not be there`);
    }),
  ];
}

/** What the configuration says of a resource. */
function blockOf(configuration: Configuration, { type, address }: Instance): Readonly<Record<string, unknown>> {
  const name = address.slice(type.length + 1).replace(/\[.*$/, '');
  return Object.fromEntries(Object.entries(configuration.resource?.[type]?.[name] ?? {}).filter(([key]) => !META.has(key)));
}
