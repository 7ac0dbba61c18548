/** Merges the facts of an overlay into the schema of the bindings. */
import type { ProviderOverlay, TypeOverlay } from '../overlay/format';
import type { Attribute, Block, LabelMerge, NestedBlock, Relation } from './types';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type ValueFacts = Pick<
  ProviderOverlay,
  | 'defaults'
  | 'enums'
  | 'patterns'
  | 'ranges'
  | 'alike'
  | 'json'
  | 'minItems'
  | 'maxItems'
  | 'sensitive'
  | 'writeOnly'
  | 'conflictsWith'
  | 'exactlyOneOf'
  | 'atLeastOneOf'
  | 'requiredWith'
>;

/** A block with an overlay's facts in it, and the paths of the overlay that the block does not have. */
export interface Merged {
  readonly block: Block;
  readonly unknownPaths: readonly string[];
}

/** Merges what can be said of any configuration: a provider's own or a type's. */
export function mergeValues(bindings: Block, facts: ValueFacts): Merged {
  const editor = new BlockEditor(bindings);
  editValues(editor, facts);
  return editor.result();
}

/** Merges everything an overlay says of a type's schema. */
export function mergeType(bindings: Block, overlay: TypeOverlay): Merged {
  const editor = new BlockEditor(bindings);
  editValues(editor, overlay);
  overlay.forceNew.forEach((path) => editor.edit('forceNew', path, { forceNew: true }));
  overlay.forceNewCount.forEach((path) => editor.editBlock('forceNewCount', path, { forceNewCount: true }));
  overlay.computedBlocks.forEach((path) => editor.editBlock('computedBlocks', path, { computed: true }));
  for (const [path, forceNewIf] of Object.entries(overlay.forceNewIf)) {
    editor.editAttribute('forceNewIf', path, { forceNewIf });
  }
  const referred = {
    computes: Object.keys(overlay.computes),
    known: overlay.known,
    clientOnly: overlay.clientOnly,
    plannedFromProvider: overlay.plannedFromProvider,
    emptyToDelete: overlay.emptyToDelete,
    deletionProtection: overlay.deletionProtection ? [overlay.deletionProtection] : [],
  };
  for (const [key, paths] of Object.entries(referred)) {
    paths.forEach((path) => editor.edit(key, path, {}));
  }
  return editor.result();
}

/** The rules of an overlay, one relation for each. */
export function relationsOf(facts: ValueFacts): Relation[] {
  return (['conflictsWith', 'exactlyOneOf', 'atLeastOneOf', 'requiredWith'] as const).flatMap((rule) =>
    facts[rule].map((group) => (Array.isArray(group) ? { rule, paths: group } : { rule, ...group })),
  );
}

/** How a type's labels, annotations and tags are merged: the providers name the attributes alike everywhere. */
export function labelMergesOf(block: Block): LabelMerge[] {
  const has = (name: string): boolean => name in block.attributes;
  const given = ['labels', 'resource_labels'].find(has);
  return [
    ...(given && has('terraform_labels') && has('effective_labels')
      ? [{ given, merged: 'terraform_labels', effective: 'effective_labels', defaults: 'default_labels' as const }]
      : []),
    ...(has('annotations') && has('effective_annotations') ? [{ given: 'annotations', effective: 'effective_annotations' }] : []),
    ...(has('tags') && has('tags_all') ? [{ given: 'tags', effective: 'tags_all', defaults: 'default_tags' as const }] : []),
  ];
}

function editValues(editor: BlockEditor, facts: ValueFacts): void {
  const attributeFacts = { default: facts.defaults, enum: facts.enums, pattern: facts.patterns, range: facts.ranges, alike: facts.alike };
  for (const [fact, byPath] of Object.entries(attributeFacts)) {
    Object.entries(byPath).forEach(([path, value]) => editor.editAttribute(fact, path, { [fact]: value }));
  }
  Object.entries(facts.minItems).forEach(([path, minItems]) => editor.edit('minItems', path, { minItems }));
  Object.entries(facts.maxItems).forEach(([path, maxItems]) => editor.edit('maxItems', path, { maxItems }));
  facts.sensitive.forEach((path) => editor.editAttribute('sensitive', path, { sensitive: true }));
  facts.json.forEach((path) => editor.editAttribute('json', path, { json: true }));
  facts.writeOnly.forEach((path) => editor.editAttribute('writeOnly', path, { writeOnly: true }));
  relationsOf(facts).forEach(({ rule, paths }) => paths.forEach((path) => editor.edit(rule, path, {})));
}

type MutableBlock = {
  attributes: Record<string, Mutable<Attribute>>;
  blocks: Record<string, Mutable<Omit<NestedBlock, 'block'>> & { block: MutableBlock }>;
};

/** Edits a copy of a block by dotted paths and remembers the paths that lead nowhere. */
class BlockEditor {
  private readonly block: MutableBlock;
  private readonly unknownPaths: string[] = [];

  constructor(block: Block) {
    this.block = structuredClone(block) as MutableBlock;
  }

  result(): Merged {
    return { block: this.block, unknownPaths: this.unknownPaths };
  }

  edit(key: string, path: string, facts: Partial<Attribute & NestedBlock>): void {
    const { parent, name } = this.find(path);
    const target = parent?.attributes[name] ?? parent?.blocks[name];
    this.assign(key, path, target, facts);
  }

  editAttribute(key: string, path: string, facts: Partial<Attribute>): void {
    const { parent, name } = this.find(path);
    this.assign(key, path, parent?.attributes[name], facts);
  }

  editBlock(key: string, path: string, facts: Partial<NestedBlock>): void {
    const { parent, name } = this.find(path);
    this.assign(key, path, parent?.blocks[name], facts);
  }

  private assign(key: string, path: string, target: object | undefined, facts: object): void {
    if (target) {
      Object.assign(target, facts);
    } else {
      this.unknownPaths.push(`${key}: ${path}`);
    }
  }

  private find(path: string): { parent?: MutableBlock; name: string } {
    const steps = path.split('.');
    const name = steps.pop() ?? '';
    let parent: MutableBlock | undefined = this.block;
    for (const step of steps) {
      parent = parent?.blocks[step]?.block;
    }
    return { parent, name };
  }
}
