/** A synthesized stack, as the manifest of a CDKTF app tells. */
export interface SynthesizedStack {
  readonly id: string;
  /** Absolute directory of its `cdk.tf.json`. */
  readonly directory: string;
  /** Ids of the stacks that are deployed before this one. */
  readonly dependencies: readonly string[];
  /** The parsed `cdk.tf.json`. */
  readonly configuration: object;
}

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectAt = (value: JsonObject, name: string): JsonObject => {
  const inner = value[name];
  return isObject(inner) ? inner : {};
};

/** The same tree with each object in it changed, the innermost first. */
export function mapObjects(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((each: Json) => mapObjects(each, change));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, inner === undefined ? inner : mapObjects(inner, change)]);
  return change(Object.fromEntries(entries) as JsonObject);
}
