import type { Construct } from 'constructs';
import { EnvironmentStack, type EnvironmentStackProps, type TerraformStack, Testing } from '../../constructs/core';

/** A block of the synthesized JSON. Names are Terraform's: snake_case. */
export type Block = Record<string, unknown>;
type Blocks = Record<string, Record<string, Block>>;

/** What a stack synthesizes to, prepared and validated as `app.synth()` would: aspects run, validations run, errors thrown. */
export class Template {
  /** The synthesized JSON, keys sorted, without cdktf's metadata. */
  readonly json: Record<string, unknown>;

  constructor(stack: TerraformStack) {
    stack.prepareStack();
    this.json = JSON.parse(Testing.synth(stack, true)) as Record<string, unknown>;
  }

  private blocks(kind: string, type: string): Block[] {
    return Object.values((this.json[kind] as Blocks | undefined)?.[type] ?? {});
  }

  /** Every resource of the type, e.g. `google_compute_route`. */
  resources(type: string): Block[] {
    return this.blocks('resource', type);
  }

  /** The only resource of the type; anything but one is an error. */
  resource(type: string): Block {
    const all = this.resources(type);
    if (all.length !== 1) throw new Error(`expected one ${type}, found ${all.length}; the stack has ${this.types().join(', ')}`);
    return all[0]!;
  }

  /** Types of all resources, sorted. */
  types(): string[] {
    return Object.keys((this.json['resource'] as object | undefined) ?? {}).sort();
  }

  ephemeral(type: string): Block[] {
    return this.blocks('ephemeral', type);
  }

  variables(): Record<string, Block> {
    return (this.json['variable'] as Record<string, Block> | undefined) ?? {};
  }

  providers(): Record<string, Block[]> {
    return this.json['provider'] as Record<string, Block[]>;
  }

  terraform(): Block {
    return this.json['terraform'] as Block;
  }
}

/** Warnings and infos of a stack: construct path and message. */
export function annotations(stack: TerraformStack, level: 'warn' | 'info'): string[] {
  return stack.node
    .findAll()
    .flatMap((node) =>
      node.node.metadata.filter((entry) => entry.type === `@cdktf/${level}`).map((entry) => `${node.node.path}: ${String(entry.data)}`),
    );
}

export const TEST_ENVIRONMENT: EnvironmentStackProps = {
  environmentName: 'test',
  projectId: 'acme-ai-test',
  region: 'europe-west4',
  state: { backend: 'gcs', bucket: 'acme-state', prefix: 'test' },
};

/** A stack `test-stack` with what `build` puts into it. */
export function stackWith(
  build: (stack: EnvironmentStack) => Construct | void,
  props: Partial<EnvironmentStackProps> = {},
): EnvironmentStack {
  const stack = new EnvironmentStack(Testing.app(), 'test-stack', { ...TEST_ENVIRONMENT, ...props });
  build(stack);
  return stack;
}

export const synthesize = (...args: Parameters<typeof stackWith>): Template => new Template(stackWith(...args));
