/** A synthesized stack, as far as a report reads its `cdk.tf.json`. */
export interface SynthesizedStack {
  readonly id: string;
  readonly dependencies: readonly string[];
  /** The parsed `cdk.tf.json`. */
  readonly configuration: unknown;
}

type Json = unknown;

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);
const entries = (value: Json): [string, Json][] => (isObject(value) ? Object.entries(value) : []);

/** Construct path of each resource by its address without index: CDKTF writes it beside the resource, as `"//".metadata.path`. */
export function constructPaths(configuration: Json): Map<string, string> {
  const paths = new Map<string, string>();
  const root = isObject(configuration) ? configuration : {};
  for (const [kind, prefix] of [
    ['resource', ''],
    ['data', 'data.'],
    ['ephemeral', 'ephemeral.'],
  ] as const) {
    for (const [type, resources] of entries(root[kind])) {
      for (const [name, resource] of entries(resources)) {
        const path = pathOf(resource);
        if (path !== undefined) paths.set(`${prefix}${type}.${name}`, path);
      }
    }
  }
  return paths;
}

function pathOf(resource: Json): string | undefined {
  const comment = isObject(resource) ? resource['//'] : undefined;
  const metadata = isObject(comment) ? comment['metadata'] : undefined;
  const path = isObject(metadata) ? metadata['path'] : undefined;
  // `Resource` is the main resource of a construct: the construct's own path says it all.
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : undefined;
}

/** The stack whose resources a plan is about: the one that has most of its addresses. Undefined where none has any. */
export function stackOfAddresses(stacks: readonly SynthesizedStack[], addresses: readonly string[]): SynthesizedStack | undefined {
  const counted = stacks.map((stack) => {
    const known = constructPaths(stack.configuration);
    return { stack, count: addresses.filter((address) => known.has(address)).length };
  });
  const best = counted.reduce<(typeof counted)[number] | undefined>(
    (most, each) => (each.count > (most?.count ?? 0) ? each : most),
    undefined,
  );
  const equals = counted.filter(({ count }) => count === best?.count);
  return equals.length === 1 ? best?.stack : undefined;
}
