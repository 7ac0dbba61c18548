import { z } from 'zod';
import { environmentSchema, OWN_KEYS } from './schema';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schemas that editors use, by file name. */
export function jsonSchemaFiles(): Record<string, string> {
  const schemas = {
    'environment.schema.json': jsonSchema('An environment file', []),
    'shared.schema.json': jsonSchema('What the environments have in common', OWN_KEYS),
  };
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, `${JSON.stringify(schema, undefined, 2)}\n`]));
}

/**
 * Only what every environment says itself is `required`: anything else may come from shared.yaml, which an editor does not see.
 * `npm run check` sees both. Draft 7 is what the YAML language server knows best.
 */
function jsonSchema(title: string, leftOut: readonly string[]): JsonSchema {
  const required = OWN_KEYS.filter((key) => !leftOut.includes(key));
  const { $schema, ...schema } = z.toJSONSchema(environmentSchema, {
    io: 'input',
    target: 'draft-07',
    override: ({ jsonSchema: part, path }) => {
      if (path.length === 0 && required.length > 0) part.required = required;
      else if (!required.includes(String(path[1]))) delete part.required;
      // With the discriminator in shared.yaml, what is left fits more than one kind.
      if (part.oneOf) {
        part.anyOf = part.oneOf;
        delete part.oneOf;
      }
    },
  }) as JsonSchema;
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => !leftOut.includes(key)));
  return { $schema, title, $comment: 'Written by `npm run schema` from configuration/schema/.', ...schema, properties };
}
