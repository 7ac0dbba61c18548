import { type Change } from '../plan';
import { type Verdict } from './model';

/** The action of a change in a word. A move or a taking-over alone is one too. */
export function actionWord(change: Change): string {
  const { action, deposed, deferred, importing, movedFrom } = change;
  if (deferred !== undefined) return 'deferred';
  if (action === 'no-op') return importing !== undefined ? 'import' : movedFrom !== undefined ? 'move' : 'no-op';
  if (action === 'unknown') return `unknown action (${change.actions.join(', ')})`;
  return deposed === undefined ? action : 'delete (left over)';
}

/** What comes with the action: order, move, import. */
export function circumstances(change: Change): string[] {
  return [
    ...(change.order === 'deleted-first' ? ['deleted first, then created'] : []),
    ...(change.order === 'created-first' ? ['created first, then the old one is deleted'] : []),
    ...(change.order === 'forgotten' ? ['created anew; the old one stays, unmanaged'] : []),
    ...(change.deferred !== undefined ? [`left for a later run: ${change.deferred.replaceAll('_', ' ')}`] : []),
  ];
}

export const SIGNS: Readonly<Record<Change['action'], string>> = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '−',
  forget: '×',
  read: '◦',
  'no-op': '→',
  unknown: '?',
};

export const VERDICTS: Readonly<Record<Verdict, { readonly symbol: string; readonly word: string }>> = {
  incomplete: { symbol: '⛔', word: 'Not reviewable' },
  stop: { symbol: '🛑', word: 'Stop' },
  look: { symbol: '⚠️', word: 'Look closely' },
  routine: { symbol: '✅', word: 'Routine' },
  nothing: { symbol: '✅', word: 'No changes' },
};
