// @ts-check
'use strict';

/**
 * One member more or less in an IAM policy: pure. Everything else in it stays as it is, whoever put it there: other members of the role,
 * bindings with a condition, the etag.
 */

/** @typedef {{role: string, members?: string[], condition?: unknown}} Binding */
/** @typedef {{bindings?: Binding[], etag?: string, version?: number}} Policy */

/** IAM keeps e-mails in lower case; names of subjects in pools have a case. @param {string} member */
const asKept = (member) => (/^principal(Set)?:/.test(member) ? member : member.toLowerCase());

/** A service account that was deleted keeps its place in policies, under this name. @param {string} kept @param {string} member */
const isMember = (kept, member) => asKept(kept.replace(/^deleted:/, '').replace(/\?uid=\d+$/, '')) === asKept(member);

/** A condition makes another binding. @param {Binding} binding @param {string} role */
const isPlain = (binding, role) => binding.role === role && !binding.condition;

/** @param {Policy} policy @param {string} role @param {string} member @returns {Policy | undefined} undefined: it is there */
function withMember(policy, role, member) {
  const bindings = policy.bindings ?? [];
  const plain = bindings.filter((binding) => isPlain(binding, role));
  if (plain.some(({ members = [] }) => members.some((kept) => asKept(kept) === asKept(member)))) return undefined;
  const [target] = plain;
  const more = { role, members: [...(target?.members ?? []), member] };
  return { ...policy, bindings: target ? bindings.map((binding) => (binding === target ? more : binding)) : [...bindings, more] };
}

/** @param {Policy} policy @param {string} role @param {string} member @returns {Policy | undefined} undefined: it is not there */
function withoutMember(policy, role, member) {
  const bindings = policy.bindings ?? [];
  const left = bindings.flatMap((binding) => {
    const { members = [] } = binding;
    if (!isPlain(binding, role) || !members.some((kept) => isMember(kept, member))) return [binding];
    const others = members.filter((kept) => !isMember(kept, member));
    return others.length > 0 ? [{ ...binding, members: others }] : [];
  });
  const changed = left.length < bindings.length || left.some((binding, index) => binding !== bindings[index]);
  return changed ? { ...policy, bindings: left } : undefined;
}

module.exports = { withMember, withoutMember };
