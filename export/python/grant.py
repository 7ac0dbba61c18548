#!/usr/bin/env python3
"""
Gives one member one role on one Vertex AI endpoint, or takes it away, as VX_SPEC says. Needs Python 3.9, nothing else.

A policy is only ever written over the very one that was read (its etag), and read again before the next try: so runs side by side, and
people at a console, do not undo each other, and a write whose answer was lost is seen, not repeated.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from google_api.errors import ApiError, Failure
from google_api.output import say
from google_api.program import demand_parent, run_program
from google_api.settings import shown
from vertex.advice import advice
from vertex.api import EndpointApi
from vertex.policy import with_member, without_member
from vertex.variable import problems_of_names, spec_of

HELP = """Usage: VX_SPEC='{"mode":"grant","endpoint":"projects/…","role":"roles/…","member":"serviceAccount:…"}' python3 grant.py [--dry-run]

Gives a member a role on one Vertex AI endpoint, or takes it away (mode "revoke"). Other members and roles stay as they are.
  --dry-run   print what would be done, change nothing
  --help      this text

Environment:
  VX_SPEC                             what to do (JSON)
  GOOGLE_OAUTH_ACCESS_TOKEN           access token; without it the metadata server is asked, then gcloud
  GOOGLE_IMPERSONATE_SERVICE_ACCOUNT  become this account first, with the token above or with gcloud
  GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT    base of the API, as for the Terraform provider; of its v1 the v1beta1 is taken
  VX_POLL_SECONDS                     retries wait 1/10 to 6 times as long (10)
  VX_REQUEST_SECONDS                  seconds after which a request is given up (60)

Exit code: 0 done, 1 failed, 2 refused before anything was changed."""

#: Policies of endpoints are not in v1: discovery document of the API, revision 20261106.
VERSION = 'v1beta1'
#: An account or a pool that was just made is unknown to IAM for some seconds; a misspelt one for ever.
TRIES_FOR_NEW_MEMBERS = 6

ROLE = re.compile(r'((projects|organizations)/[^/]+/)?roles/[A-Za-z0-9_.]+')
MEMBER = re.compile(r'[a-zA-Z]+:\S+')


def _problems_of(spec: dict[str, Any]) -> list[str]:
    if spec.get('mode') not in ('grant', 'revoke'):
        return [f'mode is {shown(spec, "mode")}; allowed: "grant", "revoke"']
    problems = problems_of_names(spec, ['mode', 'endpoint', 'role', 'member', 'billingProject'])
    if not ROLE.fullmatch(str(spec.get('role', ''))):
        problems.append(f'role is {shown(spec, "role")}; it must be roles/NAME, or projects/P/roles/ID')
    if not MEMBER.fullmatch(str(spec.get('member', ''))):
        problems.append(f'member is {shown(spec, "member")}; it must be KIND:NAME')
    return problems


def _is_unknown_member(error: ApiError) -> bool:
    return error.status == 400 and re.search('does not exist', error.message, re.IGNORECASE) is not None


def _to_the_end(spec: dict[str, Any], dry_run: bool) -> None:
    api = EndpointApi(spec, VERSION)
    mode, endpoint, role, member = spec['mode'], spec['endpoint'], spec['role'], spec['member']
    change = with_member if mode == 'grant' else without_member
    tries = 1
    while True:
        try:
            # Version 3, or bindings with a condition come back without it.
            policy = api.read(f'{endpoint}:getIamPolicy?options.requestedPolicyVersion=3', 'POST')
            wanted = change(policy, role, member)
            if wanted is None:
                return say(f"{role} on {endpoint}: {member} {'has it' if mode == 'grant' else 'does not have it'}. Nothing to do.")
            say(f'{mode} {role} on {endpoint}: {member}')
            if dry_run:
                return say('Dry run: nothing was changed.')
            demand_parent()
            api.request('POST', f'{endpoint}:setIamPolicy', {'policy': wanted})
            return say('Done.')
        except ApiError as error:
            if error.status == 404 and mode == 'revoke':
                return say('The endpoint is not there, and so is no policy: nothing to do.')
            if _is_unknown_member(error):
                error.passing = tries < TRIES_FOR_NEW_MEMBERS
            api.pause_or_raise(error, tries)
        tries += 1


def _advice_on(error: ApiError) -> str:
    if _is_unknown_member(error):
        return 'The member must exist first: check its name, and that what makes it is deployed.'
    if error.status == 403:
        return (
            'The deploying identity needs aiplatform.endpoints.getIamPolicy and .setIamPolicy on the project (roles/aiplatform.admin).'
        )
    if error.status == 404:
        return 'Deploy the stack of the endpoint first.'
    return advice(error)


def run(arguments: list[str]) -> None:
    spec = spec_of('who gets which role on which endpoint', _problems_of)
    try:
        _to_the_end(spec, '--dry-run' in arguments)
    except ApiError as error:
        raise Failure(f'{error}\n{_advice_on(error)} Apply again to resume.') from error


def main() -> int:
    return run_program(HELP, 'Stopped. The next apply looks again.', run)


if __name__ == '__main__':
    sys.exit(main())
