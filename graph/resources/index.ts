import type { StackElement } from '../../policy/stack';
import { AWS } from './aws';
import { DATA } from './google-data';
import { IDENTITY } from './google-identity';
import { SERVING } from './google-serving';
import type { MainType } from './main-type';

export { hostsOf } from './google-serving';
export type { MainType } from './main-type';

const TYPES: ReadonlyMap<string, MainType> = new Map(Object.entries({ ...SERVING, ...DATA, ...IDENTITY, ...AWS }));

/** How a resource is drawn that gets a box of its own; undefined for all others, which are parts of one. */
export function mainTypeOf(resource: StackElement): MainType | undefined {
  const type = TYPES.get(resource.type);
  return type?.when?.(resource) === false ? undefined : type;
}
