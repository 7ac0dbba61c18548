import type { RawItem } from './gateway-api';
import type { Wire } from './wire';

const MANAGER = 'environment-file';
const FIELD = 'managed_by';

/** What we leave in the metadata of what we make: whose it is, and what it was last set to. */
export interface Marker {
  readonly environment: string;
  readonly name: string;
  /** Of a key. */
  readonly version?: number;
  /** Fields as they were set last: what differs from them was changed by hand. */
  readonly applied: Wire;
  /** It was blocked because it is not in the file any more: so it is unblocked when it comes back, unlike what was blocked by hand. */
  readonly removed?: true;
}

export const metadataOf = (marker: Marker): Record<string, unknown> => ({ [FIELD]: MANAGER, ...marker });

/** The marker of an item of this environment; undefined: somebody else's. */
export function markerOf({ metadata }: RawItem, environment: string): Marker | undefined {
  if (metadata?.[FIELD] !== MANAGER || metadata.environment !== environment) return undefined;
  const { name, version, applied, removed } = metadata as unknown as Partial<Marker>;
  if (typeof name !== 'string') return undefined;
  return { environment, name, version, applied: applied ?? {}, ...(removed && { removed }) };
}
