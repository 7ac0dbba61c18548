/** The shape of an overlay file. `README.md` says what each key means; a key that is not here is an error. */
import { z } from 'zod';
import { ALIKE, type Template } from '../schema/types';
import { holeProblems } from './templates';

const path = z.string().regex(/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*$/, 'must be a dotted path without indexes, such as "settings.tier"');
const paths = z.array(path).default([]);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const group = z.array(path).min(2);
const groups = z.array(z.union([group, z.strictObject({ paths: group, unless: z.record(path, scalar) })])).default([]);
const holes = (text: string, context: z.core.$RefinementCtx<string>): void => {
  holeProblems(text).forEach((message) => context.addIssue({ code: 'custom', message }));
};
const text = z.string().superRefine(holes);
const template: z.ZodType<Template> = z.lazy(() =>
  z.union([text, z.number(), z.boolean(), z.null(), z.array(template), z.record(z.string(), template)]),
);

const rules = {
  conflictsWith: groups,
  exactlyOneOf: groups,
  atLeastOneOf: groups,
  requiredWith: groups,
};

/** What providers and types have in common: facts about the values of a configuration. */
const values = {
  source: z.string().min(10),
  defaults: z.record(path, scalar).default({}),
  enums: z.record(path, z.array(z.union([z.string(), z.number()])).min(1)).default({}),
  patterns: z.record(path, z.string()).default({}),
  ranges: z.record(path, z.tuple([z.number().nullable(), z.number().nullable()])).default({}),
  alike: z.record(path, z.enum(ALIKE)).default({}),
  json: paths,
  minItems: z.record(path, z.int().min(0)).default({}),
  maxItems: z.record(path, z.int().min(0)).default({}),
  sensitive: paths,
  writeOnly: paths,
  ...rules,
};

const type: z.ZodType<unknown> = z.lazy(() =>
  z.union([
    z.enum(['string', 'number', 'bool', 'dynamic']),
    z.tuple([z.enum(['list', 'set', 'map']), type]),
    z.tuple([z.literal('object'), z.record(z.string(), type)]),
  ]),
);
const attribute = z.strictObject({
  type,
  required: z.boolean().optional(),
  optional: z.boolean().optional(),
  computed: z.boolean().optional(),
});

export const typeOverlay = z.strictObject({
  ...values,
  id: text,
  import: z.array(text).default([]),
  hasUpdate: z.boolean().default(true),
  schemaVersion: z.int().min(0).default(0),
  forceNew: paths,
  forceNewCount: paths,
  forceNewIf: z.record(path, z.enum(['decreases', 'removed', 'shrinks'])).default({}),
  computedBlocks: paths,
  computes: z.record(path, template).default({}),
  known: paths,
  plannedFromProvider: z.array(z.enum(['project', 'region', 'zone'])).default([]),
  clientOnly: paths,
  deletionProtection: path.optional(),
  emptyToDelete: paths,
  additive: z.boolean().default(false),
  parent: z.strictObject({ type: path, id: text }).optional(),
  attributionLabel: z.boolean().default(true),
  /** The whole schema, for a provider that has no bindings. */
  schema: z.record(z.string(), attribute).optional(),
});
export type TypeOverlay = z.infer<typeof typeOverlay>;

export const providerOverlay = z.strictObject({
  ...values,
  /** Version of the provider that the facts of this folder were read from. */
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  schema: z.record(z.string(), attribute).optional(),
});
export type ProviderOverlay = z.infer<typeof providerOverlay>;
