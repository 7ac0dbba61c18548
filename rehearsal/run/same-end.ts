import { type Configuration, type Stack } from './stacks';
import { type Instance } from './state';
import { differing } from './values';

/** Keys of a resource block that speak to Terraform, not to the service. */
const META = new Set(['//', 'count', 'for_each', 'provider', 'lifecycle', 'depends_on', 'provisioner', 'connection', 'timeouts']);

/**
 * How the end of a disturbed run differs from an undisturbed one: addresses that only one of them has, and attributes that the configuration
 * sets and that came out otherwise. What the service makes up (numbers, times) may differ.
 */
export function differencesOfEnds(stack: Stack, undisturbed: readonly Instance[], disturbed: readonly Instance[]): string[] {
  const there = new Map(disturbed.map((instance) => [instance.address, instance]));
  const expected = new Set(undisturbed.map(({ address }) => address));
  return [
    ...undisturbed.flatMap((instance) => {
      const counterpart = there.get(instance.address);
      if (counterpart === undefined) return [`${stack.id}: ${instance.address} is missing`];
      return configuredAttributes(stack.configuration, instance)
        .flatMap((name) => differing(instance.attributes[name], counterpart.attributes[name], name))
        .map((path) => `${stack.id}: ${instance.address} has another ${path}`);
    }),
    ...disturbed.filter(({ address }) => !expected.has(address)).map(({ address }) => `${stack.id}: ${address} should not be there`),
  ];
}

function configuredAttributes(configuration: Configuration, { type, address }: Instance): string[] {
  const name = address.slice(type.length + 1).replace(/\[.*$/, '');
  return Object.keys(configuration.resource?.[type]?.[name] ?? {}).filter((key) => !META.has(key));
}
