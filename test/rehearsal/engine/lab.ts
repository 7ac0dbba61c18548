import { type Block, type TypeFacts } from '../../../rehearsal/schema/types';
import { type ProviderFacts } from '../../../rehearsal/plugin';

/**
 * A provider that exists nowhere, with every kind of fact in a few attributes: what the engine does with facts is tested here,
 * whether the facts are right elsewhere.
 */
const box: Block = {
  attributes: {
    id: { type: 'string', optional: true, computed: true },
    name: { type: 'string', required: true, forceNew: true },
    project: { type: 'string', optional: true, computed: true, forceNew: true },
    size: { type: 'number', optional: true, range: [1, 100], forceNewIf: 'decreases' },
    range: { type: 'string', optional: true, forceNewIf: 'shrinks' },
    link: { type: 'string', optional: true, forceNewIf: 'removed' },
    colour: { type: 'string', optional: true, enum: ['red', 'green'] },
    code: { type: 'string', optional: true, pattern: '^[a-z]{3}$' },
    note: { type: 'string', optional: true },
    tags: { type: ['set', 'string'], optional: true },
    steps: { type: ['list', 'string'], optional: true },
    labels: { type: ['map', 'string'], optional: true },
    terraform_labels: { type: ['map', 'string'], computed: true },
    effective_labels: { type: ['map', 'string'], computed: true },
    serial: { type: 'number', computed: true },
    region: { type: 'string', optional: true, computed: true },
    address: { type: 'string', computed: true },
    limit: { type: 'number', optional: true },
    created: { type: 'string', computed: true },
    secret_wo: { type: 'string', optional: true, writeOnly: true, sensitive: true },
    secret_wo_version: { type: 'number', optional: true },
    generation_wo_version: { type: 'number', optional: true, forceNew: true },
    keep_on_destroy: { type: 'bool', optional: true },
    deletion_protection: { type: 'bool', optional: true, default: true },
    retries: { type: 'number', optional: true, default: 3 },
  },
  blocks: {
    rule: {
      nesting: 'set',
      minItems: 0,
      maxItems: 0,
      block: {
        attributes: {
          port: { type: 'number', required: true },
          name: { type: 'string', optional: true },
          key: { type: 'string', computed: true },
        },
        blocks: {},
      },
    },
    part: {
      nesting: 'list',
      minItems: 0,
      maxItems: 3,
      block: {
        attributes: {
          kind: { type: 'string', required: true, forceNew: true },
          note: { type: 'string', optional: true },
          first: { type: 'string', optional: true },
          second: { type: 'string', optional: true },
          key: { type: 'string', computed: true },
        },
        blocks: {},
      },
    },
    traffic: {
      nesting: 'list',
      minItems: 0,
      maxItems: 0,
      computed: true,
      block: { attributes: { percent: { type: 'number', optional: true, computed: true } }, blocks: {} },
    },
    timeouts: {
      nesting: 'single',
      minItems: 0,
      maxItems: 0,
      block: { attributes: { create: { type: 'string', optional: true } }, blocks: {} },
    },
  },
};

export const BOX: TypeFacts = {
  provider: 'lab',
  kind: 'resource',
  type: 'lab_box',
  schemaVersion: 2,
  block: box,
  relations: [
    { rule: 'conflictsWith', paths: ['note', 'code'] },
    { rule: 'exactlyOneOf', paths: ['part.first', 'part.second'] },
    { rule: 'requiredWith', paths: ['range', 'link'] },
  ],
  id: 'projects/{{project}}/boxes/{{name}}',
  importIds: ['projects/{{project}}/boxes/{{name}}', '{{project}}/{{name}}', '{{name}}'],
  hasUpdate: true,
  computes: {
    project: '{{project}}',
    region: '{{region}}',
    address: '{{name}}@{{project}}.example.com',
    serial: '{{number:19}}',
    created: '{{created}}',
    'rule.key': '{{hex:8}}',
    'part.key': '{{hex:8}}',
    traffic: [{ percent: 100 }],
  },
  clientOnly: ['deletion_protection', 'keep_on_destroy', 'secret_wo_version', 'generation_wo_version'],
  deletionProtection: 'deletion_protection',
  plannedFromProvider: ['project'],
  known: ['address'],
  labels: [{ given: 'labels', merged: 'terraform_labels', effective: 'effective_labels', defaults: 'default_labels' }],
};

/** A part of a box that the service numbers, and that it can only replace. */
export const DRAFT: TypeFacts = {
  provider: 'lab',
  kind: 'resource',
  type: 'lab_draft',
  schemaVersion: 0,
  block: {
    attributes: {
      id: { type: 'string', optional: true, computed: true },
      box: { type: 'string', required: true },
      text: { type: 'string', optional: true },
      version: { type: 'string', computed: true },
    },
    blocks: {},
  },
  relations: [],
  id: '{{box}}/drafts/{{version}}',
  importIds: [],
  hasUpdate: false,
  computes: { version: '{{counter:box}}' },
  clientOnly: [],
};

/** Membership: the service takes a second create as done. */
export const MEMBER: TypeFacts = {
  provider: 'lab',
  kind: 'resource',
  type: 'lab_member',
  schemaVersion: 0,
  block: {
    attributes: {
      id: { type: 'string', optional: true, computed: true },
      member: { type: 'string', required: true, forceNew: true },
    },
    blocks: {},
  },
  relations: [],
  id: 'members/{{member}}',
  importIds: [],
  hasUpdate: false,
  computes: {},
  clientOnly: [],
  additive: true,
};

/** A setting of a region: it has no `id`, and stays when it is destroyed. */
export const SETTING: TypeFacts = {
  ...MEMBER,
  type: 'lab_setting',
  block: {
    attributes: {
      name: { type: 'string', required: true, forceNew: true },
      value: { type: 'string', required: true },
    },
    blocks: {},
  },
  id: '{{name}}',
  importIds: ['{{name}}'],
  hasUpdate: true,
};

export const FIND_BOX: TypeFacts = {
  ...BOX,
  kind: 'data',
  relations: [],
  importIds: [],
  computes: {},
  labels: [],
  known: [],
  plannedFromProvider: [],
};

export const TOKEN: TypeFacts = {
  provider: 'lab',
  kind: 'ephemeral',
  type: 'lab_token',
  schemaVersion: 0,
  block: {
    attributes: { scope: { type: 'string', optional: true }, value: { type: 'string', computed: true, sensitive: true } },
    blocks: {},
  },
  relations: [],
  id: '',
  importIds: [],
  hasUpdate: false,
  computes: { value: 'token-{{hex:40}}' },
  clientOnly: [],
};

const string = { type: 'string', optional: true } as const;

export const LAB: ProviderFacts = {
  name: 'lab',
  config: {
    attributes: {
      project: string,
      region: string,
      default_labels: { type: ['map', 'string'], optional: true },
      add_terraform_attribution_label: { type: 'bool', optional: true },
    },
    blocks: {},
  },
  types: new Map([BOX, DRAFT, MEMBER, SETTING, FIND_BOX, TOKEN].map((facts) => [`${facts.kind} ${facts.type}`, facts])),
};
