import { z } from 'zod';
import { environmentSchema, OWN_KEYS } from './schema';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schemas that editors use, by file name. Draft 7: what the YAML language server knows best. */
export function jsonSchemas(): Record<string, object> {
  return {
    'environment.schema.json': jsonSchema('An environment file', OWN_KEYS),
    'shared.schema.json': jsonSchema('What the environments have in common', []),
  };
}

/**
 * `required` is kept for what every environment says itself; anything else may come from shared.yaml, which an editor does not see.
 * `npm run check` sees both files.
 */
function jsonSchema(title: string, ownKeys: readonly string[]): object {
  const schema = z.toJSONSchema(environmentSchema, {
    io: 'input',
    target: 'draft-07',
    override: ({ jsonSchema: part, path }) => {
      // The keys of a JSON Schema path: properties.project.properties.id
      if (!(path.length === 0 || ownKeys.includes(String(path[1])))) delete part.required;
      if (path.length === 0) part.required = ownKeys.length > 0 ? [...ownKeys] : undefined;
      // Without its discriminator, a value that is merged with a shared one fits more than one kind.
      if (part.oneOf) {
        part.anyOf = part.oneOf;
        delete part.oneOf;
      }
    },
  }) as JsonSchema;
  const notShared = OWN_KEYS.filter((key) => !ownKeys.includes(key));
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => !notShared.includes(key)));
  return {
    $schema: schema.$schema,
    title,
    $comment: 'Written by `npm run schema` from configuration/schema/.',
    ...JSON.parse(JSON.stringify({ ...schema, properties })),
  };
}
