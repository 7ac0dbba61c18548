/** A synthesized stack, or a part of it. */
type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Matches a reference to something Terraform does not store; the name of a variable is captured. */
const EPHEMERAL_REFERENCE = /\$\{[^}]*?(?:\bephemeral\.\w+\.\w+|\bvar\.(\w+))/;

function isEphemeral(value: Json, variables: JsonObject): boolean {
  const match = typeof value === 'string' ? EPHEMERAL_REFERENCE.exec(value) : null;
  if (!match) return false;
  const variable = match[1] === undefined ? undefined : variables[match[1]];
  return match[1] === undefined || (isObject(variable) && variable['ephemeral'] === true);
}

/**
 * Write-only arguments (`*_wo`) whose value would be written down all the same. Terraform keeps such an argument out of the state,
 * but a literal stands in the synthesized JSON and in the plan's `configuration`, and an ordinary variable in the plan.
 * Returns what is wrong, naming the argument and never the value.
 */
export function storedWriteOnlyArguments(synthesized: JsonObject): string[] {
  const variables = isObject(synthesized['variable']) ? synthesized['variable'] : {};
  const problems: string[] = [];
  const visit = (value: Json, path: string): void => {
    if (Array.isArray(value)) value.forEach((element, index) => visit(element, `${path}[${index}]`));
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      const innerPath = path === '' ? key : `${path}.${key}`;
      if (key.endsWith('_wo') && inner !== undefined && inner !== null && !isEphemeral(inner, variables)) {
        problems.push(
          `\`${innerPath}\` is write-only: it must refer to an ephemeral resource or an ephemeral variable. ` +
            'Anything else is written into the synthesized JSON or the plan. Use GeneratedSecret or ProvidedSecret.',
        );
      }
      visit(inner, innerPath);
    }
  };
  if (isObject(synthesized['resource'])) visit(synthesized['resource'], '');
  return problems;
}
