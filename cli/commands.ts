/* eslint-disable @typescript-eslint/no-require-imports -- `import()` would pass by tsx's hook for CommonJS. */

/** A command: does what its arguments say, and sets the exit code. */
export type Run = (args: readonly string[]) => void | Promise<void>;

export interface CommandEntry {
  /** One line for the list of commands. */
  readonly summary: string;
  /** A command is loaded when it is called: some take as long to load as others take to run. */
  readonly load: () => { readonly run: Run };
}

/** Every command, in the order in which people need them. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  init: {
    summary: 'write a complete repository for a new organization',
    load: () => require('./init'),
  },
  check: {
    summary: 'check environment files: every problem with its line, and what to do about it',
    load: () => require('./check'),
  },
  rehearse: {
    summary: 'deploy environments with real Terraform on this machine, without an account',
    load: () => require('./rehearse'),
  },
  bootstrap: {
    summary: 'print the script of a first deploy: state bucket, service agents, roles, images, secrets',
    load: () => require('./bootstrap'),
  },
  policy: {
    summary: 'hold the stacks of environments, or any others, to the rules of the policy',
    load: () => require('./policy'),
  },
  review: {
    summary: 'report what a change does to environments: losses, risks, every difference',
    load: () => require('./review'),
  },
  models: {
    summary: 'list the models that environments use, and until when they are there',
    load: () => require('./models'),
  },
  keys: {
    summary: "plan and apply the gateway's teams, virtual keys and budgets",
    load: () => require('./keys'),
  },
  perimeter: {
    summary: 'show what a tried perimeter would deny, and promote it',
    load: () => require('./perimeter'),
  },
  graph: {
    summary: 'draw the stacks of environments: main resources, flows of data and identity',
    load: () => require('./graph'),
  },
  export: {
    summary: 'write environments as plain Terraform JSON, to be kept without CDKTF and without Node',
    load: () => require('./export'),
  },
  schema: {
    summary: 'write the JSON Schemas that editors use for environment files',
    load: () => require('./schema'),
  },
};
