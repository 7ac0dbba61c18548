#!/usr/bin/env python3
"""Refuses to change a password that a serving revision logs in with, as GW_STEP says. Needs Python 3.9, nothing else. It only reads."""

from __future__ import annotations

import sys
from typing import Any

from gateway.step import connect, step_of
from google_api.client import Client
from google_api.errors import ApiError, Failure
from google_api.output import say
from google_api.program import run_program
from google_api.settings import base_of

HELP = """Usage: GW_STEP='{"service":"projects/P/locations/R/services/NAME","secret":"NAME"}' python3 guard_rotation.py

Fails if a revision that serves, or has a tag, reads the secret: its password must not be changed now.

Environment:
  GW_STEP                             what to do (JSON)
  GOOGLE_OAUTH_ACCESS_TOKEN           access token; without it the metadata server is asked, then gcloud
  GOOGLE_IMPERSONATE_SERVICE_ACCOUNT  become this account first, with the token above or with gcloud
  GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT base of the API, as for the Terraform provider

Exit code: 0 nobody uses it, 1 somebody does, or nobody could say, 2 refused before anything was asked."""

FIELDS = {'service': 'projects/[^/]+/locations/[^/]+/services/[^/]+', 'secret': '[A-Za-z0-9_-]+'}


def _read_if_there(api: Client, path: str) -> dict[str, Any] | None:
    try:
        return api.read(path)
    except ApiError as error:
        if error.status != 404:
            raise
        return None


def _last(name: str | None) -> str | None:
    return name.split('/')[-1] if name else None


def _reads(revision: dict[str, Any], secret: str) -> bool:
    variables = [variable for container in revision.get('containers') or [] for variable in container.get('env') or []]
    references = [(variable.get('valueSource') or {}).get('secretKeyRef') or {} for variable in variables]
    return any(_last(reference.get('secret')) == secret for reference in references)


def _guard(step: dict[str, Any]) -> None:
    name, secret = step['service'], step['secret']
    base = base_of('GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT', 'https://run.googleapis.com/v2/', '')
    api = connect(base, step.get('billingProject'))
    service = _read_if_there(api, name)
    if service is None:
        return say('There is no service yet: nobody logs in.')
    latest = _last(service.get('latestReadyRevision'))
    targets = [each for each in service.get('trafficStatuses') or [] if each.get('percent') or each.get('tag')]
    serving = dict.fromkeys(each.get('revision') or latest for each in targets)
    for revision in filter(None, serving):
        found = _read_if_there(api, f'{name}/revisions/{revision}')
        if found and _reads(found, secret):
            raise Failure(
                f'Revision {revision}, which serves, logs in with the secret {secret}, and this rotation would change that password.\n'
                'Raise the version by one, not by two, and not while a canary shares the traffic; after a rotation that failed halfway, '
                'by two. Nothing was changed.'
            )
    say(f'No revision that serves logs in with {secret}.')


def run(_arguments: list[str]) -> None:
    try:
        _guard(step_of(FIELDS))
    except ApiError as error:
        forbidden = 'The deploying identity needs run.services.get and run.revisions.get (roles/run.viewer).'
        advice = forbidden if error.status == 403 else 'Nothing was changed.'
        raise Failure(f'{error}\n{advice} Apply again to resume.') from error


def main() -> int:
    return run_program(HELP, 'Stopped. Nothing was changed.', run)


if __name__ == '__main__':
    sys.exit(main())
