/** Turns the members of generated classes into a schema block. */
import type { Bindings, Member } from './bindings';
import type { Attribute, Block, CtyType, NestedBlock } from './types';

const SIMPLE: Readonly<Record<string, CtyType>> = { string: 'string', number: 'number', boolean: 'bool', any: 'dynamic' };

/** The schema of a resource, data source or provider, as far as its binding knows it. */
export function blockOf(bindings: Bindings): Block {
  return structBlock(bindings.root, bindings.structs);
}

type Structs = Bindings['structs'];

function structBlock(members: readonly Member[], structs: Structs): Block {
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  for (const member of members) {
    // A block that the provider may fill itself is declared as an attribute (the SDK's `ConfigMode: Attr`).
    if (member.settable?.isBlock && !member.computed) {
      blocks[member.name] = nestedBlock(member, structs);
    } else {
      attributes[member.name] = {
        type: attributeType(member, structs),
        ...(member.required && { required: true }),
        ...(member.optional && { optional: true }),
        ...(member.computed && { computed: true }),
        ...(member.name.endsWith('_wo') && !member.computed && { writeOnly: true }),
      };
    }
  }
  return { attributes, blocks };
}

function nestedBlock(member: Member, structs: Structs): NestedBlock {
  const collection = member.settable?.collection;
  const nesting = collection === 'struct' ? 'single' : collection === 'set' ? 'set' : 'list';
  const struct = member.settable?.storage.replace(/List$/, '') ?? '';
  return {
    nesting,
    minItems: member.required && nesting !== 'single' ? 1 : 0,
    // Only a block that comes once is referred to directly; how often others may come, the binding does not say.
    maxItems: nesting !== 'single' && /^new \w+OutputReference\(/.test(member.accessor) ? 1 : 0,
    block: structBlock(structs.get(struct) ?? [], structs),
  };
}

function attributeType(member: Member, structs: Structs): CtyType {
  const { accessor, settable } = member;
  const complex = /^new (cdktf\.)?(\w+?)(List|Map|OutputReference)\(this, "\w+"(?:, (true|false))?\)/.exec(accessor);
  if (complex) {
    const [, builtIn, name = '', shape, inSet] = complex;
    const element = builtIn ? builtInType(name) : objectType(structs.get(name) ?? [], structs);
    return shape === 'Map' ? ['map', element] : shape === 'List' ? [inSet === 'true' ? 'set' : 'list', element] : element;
  }
  if (settable) {
    return storageType(settable.collection, settable.storage);
  }
  const [, scalar = 'String', plural] = /get(String|Number|Boolean)?(List|Map)?Attribute\(/.exec(accessor) ?? [];
  const element = SIMPLE[scalar.toLowerCase()] ?? 'dynamic';
  return plural === 'Map' ? ['map', element] : plural === 'List' ? [accessor.includes('Fn.tolist') ? 'set' : 'list', element] : element;
}

/** `set` of `stringList` → set of string. */
function storageType(collection: string, storage: string): CtyType {
  if (collection === 'simple') {
    return SIMPLE[storage] ?? 'dynamic';
  }
  const element = builtInType(storage.replace(/(List|Map)$/, ''));
  return [collection === 'set' ? 'set' : collection === 'map' ? 'map' : 'list', element];
}

/** `String` → string, `StringMap` → map of string, `StringMapList` → list of maps. */
function builtInType(name: string): CtyType {
  const nested = /^(\w+?)(List|Map)$/.exec(name);
  if (nested?.[1]) {
    return [nested[2] === 'Map' ? 'map' : 'list', builtInType(nested[1])];
  }
  return SIMPLE[name.toLowerCase()] ?? 'dynamic';
}

function objectType(members: readonly Member[], structs: Structs): CtyType {
  return ['object', Object.fromEntries(members.map((member) => [member.name, attributeType(member, structs)]))];
}
