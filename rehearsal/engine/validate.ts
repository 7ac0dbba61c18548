import { type Attribute, type Block, type Relation } from '../schema/types';
import { type Diagnostic, failure, type Path, textOf } from './diagnostics';
import { relationProblems } from './relations';
import { isList, isObject, isUnknown, isWhollyKnown, type ObjectValue, type Value } from './values';

/** Holds a configuration against the facts of its type. What is unknown yet is neither right nor wrong. Everything wrong is told at once. */
export function validate(block: Block, relations: readonly Relation[], config: ObjectValue): Diagnostic[] {
  return [...inBlock(block, config, []), ...relations.flatMap((relation) => relationProblems(block, relation, config))];
}

function inBlock(block: Block, config: ObjectValue, at: Path): Diagnostic[] {
  const attributes = Object.entries(block.attributes).flatMap(([name, attribute]) =>
    inAttribute(attribute, config[name] ?? null, [...at, name]),
  );
  const nested = Object.entries(block.blocks).flatMap(([name, inner]) => {
    const value = config[name] ?? null;
    if (isObject(value)) return inBlock(inner.block, value, [...at, name]);
    // Inside a set there are no paths: the set's own has to do.
    return isList(value)
      ? value.flatMap((element, index) =>
          isObject(element) ? inBlock(inner.block, element, inner.nesting === 'set' ? [...at, name] : [...at, name, index]) : [],
        )
      : [];
  });
  return [...attributes, ...nested];
}

function inAttribute(attribute: Attribute, value: Value, path: Path): Diagnostic[] {
  const where = textOf(path);
  if (value === null) {
    return attribute.required
      ? [failure('Missing required argument', `${where} is required, but its value is null. Give it a value.`, path)]
      : [];
  }
  if (isUnknown(value)) return [];
  const deprecated: Diagnostic[] = attribute.deprecated
    ? [
        {
          severity: 'WARNING',
          summary: 'Deprecated argument',
          detail: `${where} is deprecated and will go in a later version of the provider.`,
          path,
        },
      ]
    : [];
  if (isList(value)) {
    const isSet = Array.isArray(attribute.type) && attribute.type[0] === 'set';
    const count = countProblem(attribute, value.length, where, path);
    return [
      ...deprecated,
      ...count,
      ...value.flatMap((element, index) => inScalar(attribute, element, isSet ? path : [...path, index], where)),
    ];
  }
  if (isObject(value)) return [...deprecated, ...nullElements(attribute, value, path)];
  return [...deprecated, ...inScalar(attribute, value, path, where)];
}

function inScalar(attribute: Attribute, value: Value, path: Path, where: string): Diagnostic[] {
  if (isUnknown(value) || !isWhollyKnown(value) || isObject(value) || isList(value)) return [];
  if (value === null) return [failure('Null value in a list', `${where} holds null. Leave the element out, or give it a value.`, path)];
  const found: Diagnostic[] = [];
  const shown = JSON.stringify(value);
  if (attribute.enum !== undefined && !attribute.enum.some((allowed) => String(allowed) === String(value))) {
    found.push(
      failure(
        `Value not allowed for ${where}`,
        `${where} is ${shown}; allowed: ${attribute.enum.map((one) => JSON.stringify(one)).join(', ')}.`,
        path,
      ),
    );
  }
  if (attribute.pattern !== undefined && !expression(attribute.pattern).test(String(value))) {
    found.push(failure(`Value not allowed for ${where}`, `${where} is ${shown}; it must match ${attribute.pattern}`, path));
  }
  if (attribute.json && !isJson(value)) {
    found.push(failure(`Value not allowed for ${where}`, `${where} must be JSON; it begins ${shown.slice(0, 40)}`, path));
  }
  if (attribute.range !== undefined) {
    const [min, max] = attribute.range;
    const number = Number(value);
    if ((min !== null && number < min) || (max !== null && number > max)) {
      const allowed = min === null ? `at most ${max}` : max === null ? `at least ${min}` : `from ${min} to ${max}`;
      found.push(failure(`Value not allowed for ${where}`, `${where} is ${String(value)}; allowed: ${allowed}.`, path));
    }
  }
  return found;
}

function countProblem({ minItems, maxItems }: Attribute, count: number, where: string, path: Path): Diagnostic[] {
  const few = minItems !== undefined && count < minItems;
  const many = maxItems !== undefined && maxItems > 0 && count > maxItems;
  if (!few && !many) return [];
  const allowed = few ? `at least ${minItems}` : `at most ${maxItems}`;
  return [failure(`Wrong number of elements in ${where}`, `${where} has ${count}; allowed: ${allowed}.`, path)];
}

function isJson(value: Value): boolean {
  try {
    JSON.parse(String(value));
    return true;
  } catch {
    return false;
  }
}

/** A map of the configuration is not held against an enum or a pattern, but it may not hold nulls where the type is plain text. */
function nullElements(attribute: Attribute, value: ObjectValue, path: Path): Diagnostic[] {
  if (!Array.isArray(attribute.type) || attribute.type[0] !== 'map') return [];
  return Object.entries(value)
    .filter(([, element]) => element === null)
    .map(([key]) =>
      failure(
        'Null value in a map',
        `${textOf(path)}: the key ${JSON.stringify(key)} has the value null. Leave it out, or give it a value.`,
        [...path, { key }],
      ),
    );
}

const compiled = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  let found = compiled.get(pattern);
  if (found === undefined) compiled.set(pattern, (found = new RegExp(pattern)));
  return found;
}
