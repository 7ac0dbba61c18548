import { evaluate, parseImportId } from '../overlay/templates';
import { type TypeFacts } from '../schema/types';
import { type ObjectKey } from '../store';
import { knownSettings, type Settings } from './settings';
import { isBlank, type ObjectValue } from './values';

/**
 * The key of an object in the store. Ids of Terraform are unique within a project or an account only (`aws_ecr_repository`: its name):
 * what an id does not say is the key's scope.
 */
export function keyOf(facts: TypeFacts, id: string, object: ObjectValue, settings: Settings): ObjectKey {
  const { attributes } = facts.block;
  const known = knownSettings(settings);
  const valueOf = (name: string) => (isBlank(object[name]) ? known[name] : String(object[name]));
  const places =
    facts.provider === 'aws'
      ? [known.account, ...('region' in attributes ? [valueOf('region')] : [])]
      : 'project' in attributes
        ? [valueOf('project')]
        : [];
  const unsaid = places.filter((place): place is string => place !== undefined && !id.split(/[/:]/).includes(place));
  return { provider: facts.provider, type: facts.type, id, ...(unsaid.length > 0 && { scope: unsaid.join('/') }) };
}

/** The ids that an object may have which `terraform import` names so: the text itself, and what the type's other forms make of it. */
export function importCandidates(facts: TypeFacts, text: string, settings: Settings): { id: string; attributes: ObjectValue }[] {
  const parsed = facts.importIds.flatMap((template) => {
    const attributes = parseImportId(template, text);
    return attributes === undefined ? [] : [{ id: idOf(facts, attributes, settings), attributes }];
  });
  return [{ id: text, attributes: {} }, ...parsed];
}

/** The id of an object that exists, by the attributes it is made of. */
export const idOf = (facts: TypeFacts, attributes: ObjectValue, settings: Settings): string =>
  String(evaluate(facts.id, { attributes, settings: knownSettings(settings), created: '', seed: '', counter: () => 0 }) ?? '');
