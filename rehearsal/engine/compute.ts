import { attributesIn, evaluate, type TemplateContext } from '../overlay/templates';
import { type Block, type Template, type TypeFacts } from '../schema/types';
import { absent, conformNested, conformValue, mapLeaves, noneOf } from './blocks';
import { changeAt, valuesAt } from './paths';
import { isList, isObject, isUnknown, type ObjectValue, type Value } from './values';

/** What the service brings to an object that it makes. */
export interface ServiceFacts {
  readonly settings: TemplateContext['settings'];
  /** RFC 3339. */
  readonly created: string;
  /** The next number of a counter; never the same twice. */
  next(counter: string): number;
}

/** The object with everything decided that its plan left unknown: by the type's templates, and null or empty where the service has nothing to say. */
export function complete(facts: TypeFacts, planned: ObjectValue, service: ServiceFacts): { id: string; object: ObjectValue } {
  const completion = new Completion(facts, planned, service);
  const id = completion.id();
  return { id, object: completion.rest() };
}

class Completion {
  private object: ObjectValue;
  private seed: string;
  /** The templates of an object may ask for one number more than once. */
  private readonly counted = new Map<string, number>();
  private readonly resolved = new Set<string>();

  constructor(
    private readonly facts: TypeFacts,
    planned: ObjectValue,
    private readonly service: ServiceFacts,
  ) {
    this.object = planned;
    // Until the object has an id, what is drawn for it comes from a number that no other object gets.
    const { id } = planned;
    this.seed = typeof id === 'string' && id !== '' ? this.seedOf(id) : '';
  }

  id(): string {
    const given = this.object.id;
    if (typeof given === 'string' && given !== '') return given;
    if (this.seed === '') this.seed = `${this.facts.type} #${this.service.next('objects')}`;
    this.resolveAll(this.facts.id);
    const id = String(this.evaluate(this.facts.id) ?? '');
    if ('id' in this.facts.block.attributes) this.object = { ...this.object, id };
    if (id !== '') this.seed = this.seedOf(id);
    return id;
  }

  rest(): ObjectValue {
    for (const path of Object.keys(this.facts.computes)) this.resolve(path);
    return mapLeaves(
      this.facts.block,
      this.object,
      (value, { type }) => (isUnknown(value) ? noneOf(type) : value),
      (nested) => absent(nested),
    );
  }

  private seedOf(id: string): string {
    return `${this.facts.type} ${id}`;
  }

  private resolveAll(template: Template): void {
    for (const name of attributesIn(template)) this.resolve(name);
  }

  /** Decides a computed attribute, after those that its template names. */
  private resolve(path: string): void {
    const template = this.facts.computes[path];
    if (template === undefined || this.resolved.has(path)) return;
    this.resolved.add(path);
    if (!valuesAt(this.object, path).some(isUnknown)) return;
    this.resolveAll(template);
    const value = this.evaluate(template) as Value;
    const decided = conformAt(this.facts.block, path.split('.'), value);
    this.object = changeAt(this.object, path, (before) => (isUnknown(before) ? decided : before));
  }

  private evaluate(template: Template): unknown {
    return evaluate(template, {
      attributes: known(this.object),
      settings: this.service.settings,
      created: this.service.created,
      seed: this.seed,
      counter: (scope) => this.count(scope),
    });
  }

  private count(scope: string): number {
    const name = `${this.facts.type} ${scope}`;
    let number = this.counted.get(name);
    if (number === undefined) this.counted.set(name, (number = this.service.next(name)));
    return number;
  }
}

/** Templates read null where a value is not decided. */
function known(value: ObjectValue): ObjectValue;
function known(value: Value): Value;
function known(value: Value): Value {
  if (isUnknown(value)) return null;
  if (isList(value)) return value.map((element) => known(element));
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, known(inner)])) : value;
}

/** The value of a template in the form of the attribute or block at a path. */
function conformAt(block: Block, [name = '', ...rest]: readonly string[], value: Value): Value {
  const nested = block.blocks[name];
  if (nested !== undefined) return rest.length > 0 ? conformAt(nested.block, rest, value) : conformNested(nested, value);
  const attribute = block.attributes[name];
  return attribute === undefined ? value : conformValue(attribute.type, value);
}
