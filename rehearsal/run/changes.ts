/** What a plan means to do with a resource. */
export interface Change {
  readonly address: string;
  readonly action: 'create' | 'update' | 'replace' | 'delete' | 'import' | 'forget' | 'move' | 'read' | 'open';
  /** It exists already, and is taken over before the action; `import` is nothing but that. */
  readonly imported?: true;
}

/** Actions that are told, in this order. */
const PAST: Partial<Record<Change['action'], string>> = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  delete: 'deleted',
  import: 'imported',
  forget: 'forgotten',
  move: 'moved',
};

/** The changes by what became of the resources: "created", "imported and updated". */
export function byOutcome(changes: readonly Change[]): [outcome: string, changes: Change[]][] {
  return Object.entries(PAST).flatMap(([action, past]) => {
    const some = changes.filter((change) => change.action === action);
    const also = some.filter(({ imported }) => imported && action !== 'import');
    const groups: [string, Change[]][] = [
      [past, some.filter((change) => !also.includes(change))],
      [`imported and ${past}`, also],
    ];
    return groups.filter(([, group]) => group.length > 0);
  });
}

/** "3 created, 1 replaced", or that there was nothing to do. */
export const summary = ({ changes }: { readonly changes: readonly Change[] }): string =>
  byOutcome(changes)
    .map(([outcome, group]) => `${group.length} ${outcome}`)
    .join(', ') || 'nothing to do';
