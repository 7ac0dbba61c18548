import { documentIn } from '../diff';
import { at, isList, isObject, type Plan, type Value } from '../plan';
import { elements } from './values';

/** One thing that a statement of AWS's allows: who, what, on what. */
const grant = (who: string, action: string, resource: string): string => `${who} may ${action} on ${resource}`;

/** Everything that an AWS policy allows, one line for each principal, action and resource. Undefined: the text is no policy, or not known. */
export function allowedBy(policy: Value | undefined, redact: Plan['redact']): string[] | undefined {
  if (typeof policy !== 'string') return undefined;
  const document = documentIn(policy, redact)?.value;
  if (!isObject(document)) return undefined;
  const statements = at(document, 'Statement');
  const list = isList(statements) ? elements(statements) : statements === undefined ? [] : [statements];
  return list.filter((statement) => at(statement, 'Effect') === 'Allow').flatMap(grantsOf);
}

function grantsOf(statement: Value): string[] {
  const who = principals(at(statement, 'Principal'));
  const actions = [...words(at(statement, 'Action')), ...words(at(statement, 'NotAction')).map((action) => `everything but ${action}`)];
  const resources = [
    ...words(at(statement, 'Resource')),
    ...words(at(statement, 'NotResource')).map((resource) => `everything but ${resource}`),
  ];
  const condition = at(statement, 'Condition') === undefined ? '' : ` if ${JSON.stringify(at(statement, 'Condition'))}`;
  return (who.length > 0 ? who : ['it']).flatMap((each) =>
    (actions.length > 0 ? actions : ['?']).flatMap((action) =>
      (resources.length > 0 ? resources : ['its own']).map((resource) => grant(each, action, resource) + condition),
    ),
  );
}

function words(value: Value | undefined): string[] {
  if (typeof value === 'string') return [value];
  return elements(value).filter((each): each is string => typeof each === 'string');
}

function principals(value: Value | undefined): string[] {
  if (typeof value === 'string') return [value];
  return isObject(value)
    ? Object.entries(value).flatMap(([kind, names]) => words(names).map((name) => (name === '*' ? '*' : `${kind} ${name}`)))
    : [];
}

/** Somebody whom nobody has named. */
export const isAnybody = (line: string): boolean => line.startsWith('* may ');
