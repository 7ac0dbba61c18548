import type { Change } from './action';
import type { RawItem } from './gateway-api';
import type { Marker } from './marker';
import { observedWire, sameValue, type Wire } from './wire';

/** Where an item differs from what it should be. */
export function changesOf(item: RawItem, wanted: Wire, { applied }: Marker): Change[] {
  const observed = observedWire(item, wanted);
  return Object.entries(wanted)
    .filter(([field, to]) => !sameValue(field, observed[field]!, to))
    .map(([field, to]) => {
      const before = applied[field];
      return { field, from: observed[field]!, to, byHand: before !== undefined && !sameValue(field, observed[field]!, before) };
    });
}
