import { z } from 'zod';
import { environmentSchema, OWN_KEYS } from './schema';
import { RENAMED_SETTINGS } from './schema/renamed';

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
  addOldNames(schema);
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => !leftOut.includes(key)));
  return { $schema, title, $comment: 'Written by `npm run schema` from configuration/schema/.', ...schema, properties };
}

/** Editors strike old names through; `deprecationMessage` is what those that build on VS Code show. */
function addOldNames(schema: JsonSchema): void {
  for (const { path, use, removedIn } of RENAMED_SETTINGS) {
    const holder = path.slice(0, -1).reduce<JsonSchema>((map, key) => map.properties![key] as JsonSchema, schema);
    const renamed = holder.properties![use] as JsonSchema;
    const message = `Deprecated: ${removedIn} refuses it. Write ${use} instead.`;
    holder.properties![path.at(-1)!] = { ...renamed, description: message, deprecated: true, deprecationMessage: message };
  }
}
