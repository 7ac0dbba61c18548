"""
One member more or less in an IAM policy: pure. Everything else in it stays as it is, whoever put it there: other members of the role,
bindings with a condition, the etag.
"""

from __future__ import annotations

import re
from typing import Any, Dict

Policy = Dict[str, Any]
Binding = Dict[str, Any]


def _as_kept(member: str) -> str:
    """IAM keeps e-mails in lower case; names of subjects in pools have a case."""
    return member if re.match('principal(Set)?:', member) else member.lower()


def _is_member(kept: str, member: str) -> bool:
    """A service account that was deleted keeps its place in policies, under another name."""
    return _as_kept(re.sub(r'\?uid=[0-9]+$', '', re.sub('^deleted:', '', kept))) == _as_kept(member)


def _is_plain(binding: Binding, role: str) -> bool:
    """A condition makes another binding."""
    return binding['role'] == role and not binding.get('condition')


def with_member(policy: Policy, role: str, member: str) -> Policy | None:
    """None: it is there."""
    bindings = policy.get('bindings') or []
    plain = [binding for binding in bindings if _is_plain(binding, role)]
    if any(_as_kept(kept) == _as_kept(member) for binding in plain for kept in binding.get('members') or []):
        return None
    target = plain[0] if plain else None
    more = {'role': role, 'members': [*((target or {}).get('members') or []), member]}
    if target is None:
        return {**policy, 'bindings': [*bindings, more]}
    return {**policy, 'bindings': [more if binding is target else binding for binding in bindings]}


def without_member(policy: Policy, role: str, member: str) -> Policy | None:
    """None: it is not there."""
    found = False
    left = []
    for binding in policy.get('bindings') or []:
        members = binding.get('members') or []
        others = [kept for kept in members if not _is_member(kept, member)]
        if not _is_plain(binding, role) or len(others) == len(members):
            left.append(binding)
            continue
        found = True
        if others:
            left.append({**binding, 'members': others})
    return {**policy, 'bindings': left} if found else None
