import type { Block } from '../block';
import type { Text } from '../text';

/** What an IAM policy of AWS allows. */
export const allowed = (document: Block | undefined): Block[] =>
  (document?.blocks('Statement') ?? []).filter((statement) => statement.text('Effect')?.is('Allow') ?? true);

/** Whom a statement is for: accounts and roles; `*` is everybody. */
export function principals(statement: Block): Text[] {
  const whole = statement.json['Principal'];
  return typeof whole === 'string' ? statement.texts('Principal') : statement.texts('Principal.AWS');
}
