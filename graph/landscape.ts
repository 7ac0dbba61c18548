import { Stack, type StackElement } from '../policy/stack';
import type { SynthesizedStack } from './app';
import { mainTypeOf, type MainType } from './resources';
import { addressesIn, stringsIn, textOf } from './value';

/** A resource that gets a box. */
export interface Main {
  /** Its path in the construct tree, without the `Resource` at the end. */
  readonly id: string;
  readonly resource: StackElement;
  readonly type: MainType;
  /** Id of the project it is in; empty where nothing says so, and in AWS. */
  readonly project: string;
  readonly names: readonly string[];
}

/** What a main resource is made of, and what that names. */
export interface Reach {
  /** Minor resources that it refers to, directly or through others. */
  readonly parts: ReadonlySet<StackElement>;
  /** Main resources that it, or a part of it, refers to or names. */
  readonly mains: ReadonlySet<Main>;
  /** Every text in it and in its parts. */
  readonly texts: readonly string[];
}

const isIam = (type: string): boolean => /_iam_(member|binding|policy|audit_config)$/.test(type);

const isResource = ({ address, type }: StackElement): boolean =>
  address.startsWith(`${type}.`) && !/^(data|ephemeral|provider|output)\b/.test(type);

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** JSON has no order: what is drawn does not depend on who wrote it. */
const byPath = (one: StackElement, other: StackElement): number => inOrder(one.path, other.path) || inOrder(one.address, other.address);

export const scopeOf = (resource: StackElement): string => resource.path.replace(/\/Resource$/, '');

/** The project of a resource: its own, or its provider's. */
export function projectOf(resource: StackElement): string {
  const [provider] = resource.stack.ofType('provider.google');
  return textOf(resource, 'project') ?? (provider && resource.type.startsWith('google_') ? textOf(provider, 'project') : undefined) ?? '';
}

/** Is the name in the text, and not only the beginning of a longer one? */
function isNamed(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + name.length]];
    if (!/[\w-]/.test(after) && !/[\w-]/.test(before)) return true;
  }
  return false;
}

/** All stacks of a picture, and which of their resources refer to which: by references in a stack, by full names across stacks. */
export class Landscape {
  readonly stacks: readonly Stack[];
  readonly mains: readonly Main[];
  private readonly others: readonly StackElement[];
  private readonly iam: readonly StackElement[];
  private readonly byResource: ReadonlyMap<StackElement, Main>;
  private readonly reaches = new Map<Main, Reach>();

  constructor(stacks: readonly SynthesizedStack[]) {
    this.stacks = stacks.map((stack) => new Stack(stack)).sort((one, other) => inOrder(one.name, other.name));
    const elements = this.stacks.flatMap((stack) => stack.elements.filter(isResource).sort(byPath));
    this.others = elements.filter(({ type }) => !isIam(type));
    this.iam = elements.filter(({ type }) => isIam(type));
    this.mains = this.others.flatMap((resource) => {
      const type = mainTypeOf(resource);
      if (type === undefined) return [];
      const project = projectOf(resource);
      return [
        { id: `${scopeOf(resource)}`, resource, type, project, names: type.names(resource, project).filter((name) => !name.includes('…')) },
      ];
    });
    this.byResource = new Map(this.mains.map((main) => [main.resource, main]));
  }

  /** Every resource that is no grant. */
  resources(): readonly StackElement[] {
    return this.others;
  }

  /** Every member or binding of a policy. */
  grants(): readonly StackElement[] {
    return this.iam;
  }

  mainOf(resource: StackElement): Main | undefined {
    return this.byResource.get(resource);
  }

  /** Main resources whose full name is in a text, and those that it refers to. */
  mentioned(text: string, stack: Stack): Main[] {
    const referred = addressesIn(text).flatMap((address) => this.byResource.get(stack.target(address)!) ?? []);
    return [...referred, ...this.mains.filter(({ names }) => names.some((name) => isNamed(text, name)))];
  }

  /** The main resource in whose construct a minor one stands: the path of the one begins with that of the other. */
  ownerOf(part: StackElement): Main | undefined {
    const path = scopeOf(part);
    const around = this.mains.filter(({ id }) => path === id || path.startsWith(`${id}/`));
    return around.sort((one, other) => other.id.length - one.id.length)[0];
  }

  /** The main resources that a minor one is a part of. */
  wholesOf(part: StackElement): Main[] {
    return this.mains.filter((main) => this.reachOf(main).parts.has(part));
  }

  reachOf(main: Main): Reach {
    const known = this.reaches.get(main);
    if (known) return known;
    const { stack } = main.resource;
    const parts = new Set<StackElement>();
    const mains = new Set<Main>();
    const texts: string[] = [];
    for (const queue: StackElement[] = [main.resource]; queue.length > 0;) {
      for (const text of stringsIn(queue.shift()!.json)) {
        texts.push(text);
        for (const other of this.mentioned(text, stack)) if (other !== main) mains.add(other);
        for (const part of addressesIn(text).flatMap((address) => stack.target(address) ?? [])) {
          if (this.byResource.has(part) || parts.has(part) || isIam(part.type)) continue;
          parts.add(part);
          queue.push(part);
          const owner = this.ownerOf(part);
          if (owner !== undefined && owner !== main) mains.add(owner);
        }
      }
    }
    const reach = { parts, mains: new Set([...mains].sort((one, other) => byPath(one.resource, other.resource))), texts };
    this.reaches.set(main, reach);
    return reach;
  }
}
