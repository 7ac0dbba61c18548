/**
 * Reads the classes of a generated binding. The generator writes one shape only, so lines are enough: a comment with the flags of a
 * member, its getter, and for what can be set an entry that tells block from attribute. The TypeScript compiler would take seconds.
 */

/** One member of a generated class: an attribute or a block of the schema. */
export interface Member {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  /** The getter's expression or the field's initializer: `this.getStringAttribute('name')`, `new FooList(this, "foo", true)`. */
  readonly accessor: string;
  /** Absent for what only the provider sets. */
  readonly settable?: Settable;
}

export interface Settable {
  readonly isBlock: boolean;
  readonly collection: string;
  readonly storage: string;
}

export interface Bindings {
  /** Members of the resource, data source or provider itself. */
  readonly root: readonly Member[];
  /** Members by the name of their struct, without the suffix `OutputReference`. */
  readonly structs: ReadonlyMap<string, readonly Member[]>;
  /** Version of the provider that the binding was generated from. */
  readonly providerVersion: string;
}

const ROOT = ' root';
const INTERFACE = /^export interface (\w+) (?:extends [\w.]+ )?\{/;
/** The doc comment of a property names the attribute; the property says whether it must be given. */
const DOC_LINK = /\{@link \S+#(\w+) /;
const PROPERTY = /^ {2}readonly \w+(\?)?: /;
const CLASS = /^export class (\w+?)(OutputReference)? extends cdktf\.(\w+) \{/;
const HCL_FUNCTION = /^export function \w+ToHclTerraform\(struct\?: (?:\w+ \| )?(\w+?)(?: \| cdktf\.IResolvable)?\)/;
const HCL_METHOD = '  protected synthesizeHclAttributes()';
const MEMBER = /^ {2}\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)$/;
const FIELD = /^ {2}private _\w+ = (new .*);$/;
const GETTER = /^ {4}return (.*);$/;
const ENTRY = /^(?: {4}| {6})(\w+): \{$/;

export function parseBindings(source: string): Bindings {
  const members = new Map<string, Omit<Member, 'settable'>[]>();
  const declared = new Map<string, Omit<Member, 'settable'>[]>();
  const settables = new Map<string, Settable>();
  const lines = source.split('\n');
  let owner = '';
  let documented = '';

  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.startsWith('export class ')) {
      const [, name = '', reference, base] = CLASS.exec(line) ?? [];
      owner = reference ? name : base?.startsWith('Terraform') ? ROOT : '';
      if (owner) members.set(owner, []);
    } else if (line.startsWith('export interface ')) {
      owner = INTERFACE.exec(line)?.[1] ?? '';
      declared.set(owner, []);
    } else if (line.startsWith('  * Docs at ')) {
      documented = DOC_LINK.exec(line)?.[1] ?? '';
    } else if (line.startsWith('  readonly ')) {
      const property = PROPERTY.exec(line);
      if (property) declared.get(owner)?.push(declaredMember(documented, property[1] === undefined));
    } else if (line.startsWith('export function ')) {
      owner = HCL_FUNCTION.exec(line)?.[1] ?? '';
    } else if (line.startsWith(HCL_METHOD)) {
      owner = ROOT;
    } else if (line.startsWith('  // ')) {
      const flags = MEMBER.exec(line);
      if (flags && owner) members.get(owner)?.push({ ...readFlags(flags), accessor: accessorAt(lines, index + 1) });
    } else if (line.endsWith(': {') && owner) {
      const name = ENTRY.exec(line)?.[1];
      if (name) settables.set(`${owner}.${name}`, readSettable(lines, index + 1));
    }
  }

  const structs = new Map<string, readonly Member[]>();
  // The blocks of a provider have an interface and no class.
  for (const [struct, list] of new Map([...declared, ...members])) {
    structs.set(
      struct,
      list.map((member) => ({ ...member, settable: settables.get(`${struct}.${member.name}`) })),
    );
  }
  return { root: structs.get(ROOT) ?? [], structs, providerVersion: /providerVersion: '([^']+)'/.exec(source)?.[1] ?? '' };
}

function readFlags([, name = '', computed, optional, required]: RegExpExecArray): Omit<Member, 'accessor' | 'settable'> {
  return { name, computed: computed === 'true', optional: optional === 'true', required: required === 'true' };
}

function declaredMember(name: string, required: boolean): Omit<Member, 'settable'> {
  return { name, computed: false, optional: !required, required, accessor: '' };
}

/** The initializer of the field below the flags, or what the getter below them returns. */
function accessorAt(lines: readonly string[], start: number): string {
  for (const line of lines.slice(start, start + 4)) {
    const found = FIELD.exec(line) ?? GETTER.exec(line);
    if (found?.[1]) return found[1];
  }
  return '';
}

/** An entry spans five lines: value, isBlock, type, storageClassType. */
function readSettable(lines: readonly string[], start: number): Settable {
  const body = lines.slice(start, start + 4).join('\n');
  const field = (name: string): string => new RegExp(`${name}: "?([^",\n]+)`).exec(body)?.[1] ?? '';
  return { isBlock: field('isBlock') === 'true', collection: field('\\stype'), storage: field('storageClassType') };
}
