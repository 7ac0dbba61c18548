#!/usr/bin/env python3
"""
Makes a database user a member of a role, as GW_STEP says. Needs Python 3.9, nothing else. google 6.50 cannot (`database_roles` of
google_sql_user came later). Running it again changes nothing: roles are added, never taken away.
"""

from __future__ import annotations

import sys
import time
from typing import Any
from urllib.parse import quote

from gateway.step import connect, step_of
from google_api.client import Client
from google_api.errors import ApiError, Failure
from google_api.output import say
from google_api.program import demand_parent, run_program
from google_api.settings import base_of

HELP = """Usage: GW_STEP='{"instance":"projects/P/instances/I","user":"NAME","role":"cloudsqlsuperuser"}' python3 grant_role.py

Makes a user of a Cloud SQL instance a member of a database role.

Environment:
  GW_STEP                             what to do (JSON)
  GOOGLE_OAUTH_ACCESS_TOKEN           access token; without it the metadata server is asked, then gcloud
  GOOGLE_IMPERSONATE_SERVICE_ACCOUNT  become this account first, with the token above or with gcloud
  GOOGLE_SQL_CUSTOM_ENDPOINT          base of the API, as for the Terraform provider
  GW_POLL_SECONDS                     seconds between two looks (5)
  GW_REQUEST_SECONDS                  seconds after which a request is given up (60)

Exit code: 0 done, 1 failed, 2 refused before anything was changed."""

FIELDS = {'instance': 'projects/[^/]+/instances/[^/]+', 'user': r'\S+', 'role': '[a-z_]+'}
#: An update of a user takes seconds; one behind another operation on the instance takes as long as that.
MINUTES = 30


def _to_the_end(step: dict[str, Any]) -> None:
    instance, user, role = step['instance'], step['user'], step['role']
    base = base_of('GOOGLE_SQL_CUSTOM_ENDPOINT', 'https://sqladmin.googleapis.com/sql/v1beta4/', '')
    api = connect(base, step.get('billingProject'))
    path = f"{instance}/users?name={quote(user, safe='')}&databaseRoles={role}"
    project = '/'.join(instance.split('/')[:2])
    tries = 1
    while True:
        try:
            demand_parent()
            operation = api.request('PUT', path, {})
            _ended(api, f"{project}/operations/{operation['name']}")
            return say(f'{user} is a member of {role}.')
        except ApiError as error:
            api.pause_or_raise(error, tries)
        tries += 1


def _ended(api: Client, name: str) -> None:
    start = time.monotonic()
    while True:
        operation = api.read(name)
        if operation.get('status') == 'DONE':
            errors = (operation.get('error') or {}).get('errors') or []
            if errors:
                raise Failure(f"The role could not be granted: {errors[0].get('message')}")
            return
        if time.monotonic() - start > MINUTES * 60:
            raise Failure(f'{name} still runs after {MINUTES} minutes. Apply again later: granting twice changes nothing.')
        api.poll()


def _advice_on(error: ApiError) -> str:
    if error.status == 401:
        return 'The access token was rejected: renew GOOGLE_OAUTH_ACCESS_TOKEN or run gcloud auth login.'
    if error.status == 403:
        return 'The deploying identity needs cloudsql.users.update (roles/cloudsql.admin) on the project.'
    if error.status == 404:
        return 'The instance or the user is not there: has somebody deleted it?'
    return 'The message is the service’s own.'


def run(_arguments: list[str]) -> None:
    try:
        _to_the_end(step_of(FIELDS))
    except ApiError as error:
        raise Failure(f'{error}\n{_advice_on(error)} Apply again to resume.') from error


def main() -> int:
    return run_program(HELP, 'Stopped. The next apply does it again.', run)


if __name__ == '__main__':
    sys.exit(main())
