import type { StackElement } from '../stack';
import type { Text } from '../text';

/** Everybody on the internet, with or without a Google account. */
export const EVERYBODY = ['allUsers', 'allAuthenticatedUsers'] as const;

/** Whom a grant is for: `member` of an `_iam_member`, `members` of an `_iam_binding`. */
export function membersOf(element: StackElement): Text[] {
  const member = element.text('member');
  return [...(member ? [member] : []), ...element.texts('members')];
}

/** Grants on a project, a folder or the organization. */
export const HIGH_GRANTS = /^google_(project|folder|organization)_iam_(member|binding)$/;
