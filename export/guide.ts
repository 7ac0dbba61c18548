/** What the guide beside the exported stacks has to say of each. */
export interface ExportedStack {
  readonly id: string;
  /** Absolute. */
  readonly directory: string;
  /** Ids of the exported stacks that are deployed before this one. */
  readonly dependencies: readonly string[];
  /** Files of its configuration. */
  readonly files: readonly string[];
  /** Programs in Python that an apply runs. */
  readonly programs: readonly string[];
  /** Commands of provisioners that still need Node. */
  readonly left: readonly string[];
  /** There is a lock file. */
  readonly locked: boolean;
}

/** Dependencies first; the order of the app otherwise. */
export function inOrder<T extends Pick<ExportedStack, 'id' | 'dependencies'>>(stacks: readonly T[]): T[] {
  const ordered = new Set<T>();
  const take = (stack: T | undefined): void => {
    if (stack === undefined || ordered.has(stack)) return;
    for (const id of stack.dependencies) take(stacks.find((other) => other.id === id));
    ordered.add(stack);
  };
  stacks.forEach(take);
  return [...ordered];
}

const list = (items: readonly string[]): string => items.map((item) => `\`${item}\``).join(', ');

/** `README.md` of the exported directory: how its stacks are kept with Terraform alone. */
export function guideOf(stacks: readonly ExportedStack[]): string {
  const ordered = inOrder(stacks);
  const programs = [...new Set(ordered.flatMap((stack) => stack.programs))].sort();
  const left = ordered.flatMap((stack) => stack.left.map((command) => `- \`${stack.id}\`: \`${command}\``));
  const rows = ordered.map(({ id, dependencies }) => `| \`${id}\` | ${list(dependencies) || '–'} |`);
  return [
    '# Stacks for Terraform alone\n',
    'One directory a stack, with the state that it had: the first plan of each is empty, except for what had changed before. Terraform or',
    `OpenTofu 1.11 or later is needed${programs.length > 0 ? ', and `python3` (3.9 or later, no packages)' : ''}; Node is not.\n`,
    '| stack | after |\n| --- | --- |',
    `${rows.join('\n')}\n`,
    '```sh',
    ...ordered.map(({ id }) => `terraform -chdir=${id} init && terraform -chdir=${id} plan`),
    '```\n',
    'Apply in this order; destroy in the opposite one. `*.tf.json` is Terraform’s JSON syntax, to be edited as it stands; any `*.tf` beside it',
    'is read as well. Where there is no `.terraform.lock.hcl`, `init` writes one: keep it under version control.\n',
    ...(programs.length > 0
      ? [
          '## Programs\n',
          `Provisioners run ${list(programs)} in \`programs/\` where the provider has no resource for what is needed. Each tells with`,
          '`--help` what it does; `reconcile.py` and `grant.py` show with `--dry-run` what they would do. What a program is told stands in the',
          '`triggers_replace` of its resource, and it runs again when anything there changes: `revision` may be any other word for that.\n',
        ]
      : []),
    ...(left.length > 0 ? ['## Still with Node\n', 'Commands of provisioners that only their authors can replace:\n', ...left, ''] : []),
  ].join('\n');
}
