/**
 * What the rehearsal knows of a provider's types: the schema read from the installed bindings, with the overlay's facts merged in.
 * The plugin serves the schema half to Terraform and keeps to the facts half when it validates, plans and applies.
 */

/** A type of Terraform's value system, in the JSON notation that the plugin protocol uses. */
export type CtyType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', CtyType]
  | readonly ['object', Readonly<Record<string, CtyType>>];

/**
 * When two texts are the same: apart from capitals (`case`, `capitals` where the provider keeps capitals), as members of an IAM policy
 * (`member`), as JSON (`json`), as a self link, a path or just the name (`link`), as durations (`duration`), in whatever order (`order`).
 */
export const ALIKE = ['case', 'capitals', 'member', 'json', 'link', 'duration', 'order'] as const;
export type Alike = (typeof ALIKE)[number];

export interface Attribute {
  readonly type: CtyType;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  readonly deprecated?: boolean;
  /** A change of this attribute replaces the resource. */
  readonly forceNew?: boolean;
  /** Only such a change replaces: a number that decreases, a value that is removed, an IP range that is not inside the new one. */
  readonly forceNewIf?: 'decreases' | 'removed' | 'shrinks';
  /** What the provider plans when the configuration says nothing. Never on a computed attribute. */
  readonly default?: string | number | boolean;
  /** The values the provider accepts. For lists and sets: of each element. */
  readonly enum?: readonly (string | number)[];
  /** A regular expression the provider holds values against. */
  readonly pattern?: string;
  /** Texts that differ and yet are the same to the provider. For lists and sets: of each element. */
  readonly alike?: Alike;
  /** The provider takes only text that is JSON. */
  readonly json?: boolean;
  /** How many elements a list or set takes at least. The schema cannot say it: the provider checks it. */
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Inclusive bounds of a number. */
  readonly range?: readonly [min: number | null, max: number | null];
}

export interface NestedBlock {
  readonly nesting: 'single' | 'list' | 'set';
  readonly minItems: number;
  /** 0: no limit. */
  readonly maxItems: number;
  readonly block: Block;
  /** Optional+Computed: absent in the configuration, it is unknown until the service has answered. */
  readonly computed?: boolean;
  /** A change anywhere inside replaces the resource. */
  readonly forceNew?: boolean;
  /** One block more or less replaces the resource; what is inside has its own say. */
  readonly forceNewCount?: boolean;
}

export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

export type Kind = 'resource' | 'data' | 'ephemeral' | 'provider';

/**
 * A rule over several attributes. Paths are dotted, without indexes: `ip_configuration.private_network`.
 * It is in force wherever the block that holds its first path is there: nobody has to choose inside a block that is not given.
 */
export interface Relation {
  readonly rule: 'conflictsWith' | 'exactlyOneOf' | 'atLeastOneOf' | 'requiredWith';
  /** For `conflictsWith` and `requiredWith` the first path is the one that, when set, brings the rule into force. */
  readonly paths: readonly string[];
  /** The rule is not in force where an attribute of the object has this value. */
  readonly unless?: Readonly<Record<string, string | number | boolean>>;
}

/** A template as it stands in an overlay: text with `{{…}}` holes, a scalar, or a list or object of templates. See `rehearsal/overlay/README.md`. */
export type Template = string | number | boolean | null | readonly Template[] | { readonly [key: string]: Template };

/** What a provider's own configuration says, where an object does not say it itself. */
export type ProviderSetting = 'project' | 'region' | 'zone';

/**
 * Labels, annotations or tags that the provider merges while planning. As soon as `given` is wholly known, so are the others:
 *
 * - `merged` = the provider's defaults, then (google labels only) `goog-terraform-provisioned: "true"`, then `given`;
 * - `effective` on create = `merged` (or `given`, where there is no `merged`);
 * - `effective` on update = its prior value, less the keys that left `merged`/`given`, plus their new values.
 *
 * The attribution label comes on create unless the provider says `add_terraform_attribution_label = false`; on update it stays when
 * the prior `effective` has it, or comes when `terraform_attribution_label_addition_strategy` is `PROACTIVE`.
 * On an update without a change of inputs everything keeps its prior value. After an import `given` and `merged` are empty.
 */
export interface LabelMerge {
  /** What the configuration sets: `labels`, `annotations`, `tags`. */
  readonly given: string;
  /** google labels: `terraform_labels`. */
  readonly merged?: string;
  /** `effective_labels`, `effective_annotations`, `tags_all`. */
  readonly effective: string;
  /** Where the provider's configuration keeps its defaults. Absent: the provider adds none. */
  readonly defaults?: 'default_labels' | 'default_tags';
  /** False: the type never gets the attribution label (projects). */
  readonly attribution?: false;
}

/** Everything the rehearsal knows of one resource, data source or ephemeral resource. */
export interface TypeFacts {
  readonly provider: string;
  readonly kind: Kind;
  readonly type: string;
  readonly schemaVersion: number;
  readonly block: Block;
  readonly relations: readonly Relation[];
  /** Template of the id, e.g. `projects/{{project}}/secrets/{{secret_id}}`. Two objects of a type with the same id are one object. */
  readonly id: string;
  /** Templates of what `terraform import` accepts, the most specific first. Empty: the type cannot be imported. */
  readonly importIds: readonly string[];
  /** False: the service has no update, each change replaces. */
  readonly hasUpdate: boolean;
  /** What the service computes: dotted path → template (see `rehearsal/overlay/README.md`). */
  readonly computes: Readonly<Record<string, Template>>;
  /** Attributes of the client only: kept from prior state on read, null after an import unless a default says otherwise. */
  readonly clientOnly: readonly string[];
  /** The attribute that, while true in state, makes the provider refuse to destroy. */
  readonly deletionProtection?: string;
  /** Lists of what others put into the object: the service deletes it only when they are empty. */
  readonly emptyToDelete?: readonly string[];
  /**
   * Optional+Computed attributes that are known while planning a create: null in the configuration means the provider's own setting
   * of that name. The other Optional+Computed attributes are unknown until applied, whatever the provider says.
   */
  readonly plannedFromProvider?: readonly ProviderSetting[];
  /**
   * Paths of `computes` that the provider works out while planning, as soon as every attribute their template names is known
   * (on create, and on update when one of those attributes changes).
   */
  readonly known?: readonly string[];
  /** Labels, annotations and tags that the provider merges while planning. */
  readonly labels?: readonly LabelMerge[];
  /** What the service deletes the object with: the parent's type, and a template of its id or another of its full names. */
  readonly parent?: { readonly type: string; readonly id: string };
  /** The service takes a create of an object that exists as done: IAM members, project services. Otherwise it answers 409. */
  readonly additive?: boolean;
}
