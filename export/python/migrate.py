#!/usr/bin/env python3
"""
Runs the job that migrates the database, and waits for its end, as GW_STEP says. Needs Python 3.9, nothing else.

An execution carries the key of what it migrates to. So a run that was cut short is found again: one that still goes is waited for, one
that has ended well is not repeated. A start whose answer was lost is looked for, never repeated blindly.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from gateway.execution import Execution, describe, has_succeeded, is_running, why_it_failed
from gateway.step import connect, step_of
from google_api.errors import ApiError, Failure
from google_api.output import say
from google_api.program import demand_parent, run_program
from google_api.settings import base_of

HELP = """Usage: GW_STEP='{"job":"projects/P/locations/R/jobs/NAME","key":"…","seconds":1800}' python3 migrate.py

Runs a Cloud Run job that migrates a database, and waits for its end.

Environment:
  GW_STEP                             what to do (JSON)
  GOOGLE_OAUTH_ACCESS_TOKEN           access token; without it the metadata server is asked, then gcloud
  GOOGLE_IMPERSONATE_SERVICE_ACCOUNT  become this account first, with the token above or with gcloud
  GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT base of the API, as for the Terraform provider
  GW_POLL_SECONDS                     seconds between two looks (5)
  GW_REQUEST_SECONDS                  seconds after which a request is given up (60)

Exit code: 0 done, 1 failed, 2 refused before anything was changed."""

FIELDS = {'job': 'projects/[^/]+/locations/[^/]+/jobs/[^/]+', 'key': '[a-z0-9]{8,63}', 'seconds': '[1-9][0-9]{0,5}'}
#: An execution has to be scheduled, and its image pulled, before its own time begins.
START_SECONDS = 600


class Migration:
    def __init__(self, step: dict[str, Any]) -> None:
        self.job: str = step['job']
        self.key: str = step['key']
        self.seconds = int(step['seconds'])
        base = base_of('GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT', 'https://run.googleapis.com/v2/', '')
        self.api = connect(base, step.get('billingProject'))

    def to_the_end(self) -> None:
        self.ready()
        #: Executions that were there before this run started one.
        before: set[str] | None = None
        tries = 1
        while True:
            for execution in filter(is_running, self.executions()):
                self.ended(execution)
            every = self.executions()
            if before is not None:
                own = next((each for each in every if self.is_mine(each) and each['name'] not in before), None)
                if own:
                    return self.demand_success(own)
            if every and self.is_mine(every[0]) and has_succeeded(every[0]):
                return say(f'{describe(every[0])}: nothing to do.')
            if before is None:
                before = {each['name'] for each in every}
            try:
                demand_parent()
                started = self.api.request('POST', f'{self.job}:run', {})['metadata']
                say(f'Started {describe(started)}.')
                return self.demand_success(self.ended(started))
            except ApiError as error:
                # It may have been started all the same: the next look tells.
                self.api.pause_or_raise(error, tries)
            tries += 1

    def ready(self) -> None:
        """The job has taken over the template that was just applied."""
        while self.api.read(self.job).get('reconciling'):
            self.api.poll()

    def executions(self) -> list[Execution]:
        """Newest first."""
        return self.api.read(f'{self.job}/executions?pageSize=20').get('executions') or []

    def is_mine(self, execution: Execution) -> bool:
        return (execution.get('labels') or {}).get('migration') == self.key

    def ended(self, execution: Execution) -> Execution:
        start = time.monotonic()  # not the time of day, which somebody may set
        said = -1
        while is_running(execution):
            passed = int(time.monotonic() - start)
            minutes = passed // 60
            if passed > self.seconds + START_SECONDS:
                raise Failure(
                    f'{describe(execution)} has not ended after {minutes} minutes. Apply again later: it is joined, not repeated.'
                )
            if minutes != said:
                say(f'    {describe(execution)}: running, {minutes} min')
                said = minutes
            self.api.poll()
            execution = self.api.read(execution['name'])
        return execution

    def demand_success(self, execution: Execution) -> None:
        if has_succeeded(execution):
            return say(f'{describe(execution)}: the database is migrated.')
        raise Failure(
            f'The migration failed: {why_it_failed(execution)}\n'
            f"Log: {execution.get('logUri') or execution['name']}\n"
            'The revision that serves was not touched. Correct what the log says, and apply again: the migration then runs once more.'
        )


def _advice_on(error: ApiError) -> str:
    if error.status == 401:
        return 'The access token was rejected: renew GOOGLE_OAUTH_ACCESS_TOKEN or run gcloud auth login.'
    if error.status == 403:
        return 'The deploying identity needs run.jobs.run and run.executions.list (roles/run.admin, or roles/run.developer).'
    if error.status == 404:
        return 'The job is not there: has somebody deleted it?'
    if error.status == 0:
        return 'The API could not be reached: check the network, the proxy and GOOGLE_CLOUD_RUN_V2_CUSTOM_ENDPOINT.'
    return 'The message is the service’s own.'


def run(_arguments: list[str]) -> None:
    try:
        Migration(step_of(FIELDS)).to_the_end()
    except ApiError as error:
        raise Failure(f'{error}\n{_advice_on(error)} The revision that serves was not touched. Apply again to resume.') from error


def main() -> int:
    return run_program(HELP, 'Stopped. An execution under way goes on; the next apply joins it.', run)


if __name__ == '__main__':
    sys.exit(main())
