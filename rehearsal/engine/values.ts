/** A value that is decided only while applying. There is one: what it may become does not matter to the engine. */
export class Unknown {
  private constructor() {}
  static readonly value = new Unknown();
  toJSON(): string {
    return '(known after apply)';
  }
}
export const UNKNOWN = Unknown.value;

/** A value of Terraform. Numbers that JavaScript cannot hold exactly (64-bit integers, decimal fractions) are decimal text. */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | ObjectValue;
export interface ObjectValue {
  readonly [key: string]: Value;
}

export const isUnknown = (value: Value): value is Unknown => value instanceof Unknown;

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isObject = (value: Value | undefined): value is ObjectValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);

export function isWhollyKnown(value: Value): boolean {
  if (isUnknown(value)) return false;
  if (isList(value)) return value.every(isWhollyKnown);
  return isObject(value) ? Object.values(value).every(isWhollyKnown) : true;
}

/** Null, or what the providers' SDK cannot tell from null: `""`, `false`, `0` and empty collections. */
export function isBlank(value: Value | undefined): boolean {
  if (value === null || value === undefined || value === '' || value === false || value === 0) return true;
  if (isList(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isBlank);
}

/** The blocks inside the value of a nested block, whatever its nesting: none for null or unknown. */
export function elementsOf(value: Value | undefined): readonly ObjectValue[] {
  if (isList(value)) return value.filter(isObject);
  return isObject(value) ? [value] : [];
}
