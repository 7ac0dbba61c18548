#!/usr/bin/env python3
"""
Brings the models and the traffic split of one Vertex AI endpoint to what VX_SPEC says. Needs Python 3.9, nothing else.

It looks first and does only what is missing, so it can run as often as one likes. A write whose outcome is unknown is never repeated blindly:
the run joins the operations under way, looks again and makes a new plan from what it sees.
"""

from __future__ import annotations

import sys
from typing import Any

from google_api.errors import ApiError, Failure
from google_api.output import say
from google_api.program import demand_parent, run_program
from vertex.advice import advice
from vertex.api import EndpointApi
from vertex.describe import describe, describe_split, name_of
from vertex.draft import Model, Split, Step, key_of, without_zeros
from vertex.plan import plan
from vertex.spec import is_ours, read_spec

HELP = """Usage: VX_SPEC='{"mode":"reconcile",…}' python3 reconcile.py [--dry-run]

Brings the deployed models and the traffic split of a Vertex AI endpoint to what VX_SPEC says.
  --dry-run   print the steps, change nothing
  --help      this text

Environment:
  VX_SPEC                             what the endpoint shall look like (JSON)
  GOOGLE_OAUTH_ACCESS_TOKEN           access token; without it the metadata server is asked, then gcloud
  GOOGLE_IMPERSONATE_SERVICE_ACCOUNT  become this account first, with the token above or with gcloud
  GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT    base of the API, as for the Terraform provider; {{region}} is filled in
  VX_POLL_SECONDS                     seconds between two looks at an operation (10); retries wait 1/10 to 6 times as long
  VX_REQUEST_SECONDS                  seconds after which a request is given up (60)

Exit code: 0 done, 1 failed, 2 refused before anything was changed."""

STOPPED = 'Stopped. What is under way goes on; the next apply joins it.'

#: Codes of failed operations that may go away: ABORTED, INTERNAL, UNAVAILABLE.
PASSING_CODES = {10, 13, 14}
#: Operations that may fail in a run: each can have held machines for half an hour.
MAX_FAILED_OPERATIONS = 3


class Run:
    """One run against one endpoint."""

    def __init__(self, spec: dict[str, Any], dry_run: bool) -> None:
        self.spec = spec
        self.dry_run = dry_run
        self.api = EndpointApi(spec)
        #: As last seen.
        self.endpoint: dict[str, Any] | None = None
        self.failed_operations = 0

    def to_the_end(self) -> None:
        tries = 1
        fewest = float('inf')
        while True:
            try:
                self.join_operations()
                self.endpoint = self.api.read(self.spec['endpoint'])
                steps = plan(self.spec, self.endpoint)
                self.mention_foreign_models()
                # Tries count anew when something has been achieved; writes that have no effect would go on for ever otherwise.
                if len(steps) < fewest:
                    tries, fewest = 1, len(steps)
                for index, step in enumerate(steps):
                    say(f'[{index + 1}/{len(steps)}] {describe(step)}')
                    if not self.dry_run:
                        self.perform(step)
                return say('Nothing to do.' if not steps else 'Dry run: nothing was changed.' if self.dry_run else 'Done.')
            except ApiError as error:
                if error.status == 404 and self.spec['mode'] == 'clear':
                    return say('The endpoint is not there: nothing to do.')
                self.api.pause_or_raise(error, tries)
            tries += 1

    def join_operations(self) -> None:
        """What an earlier run, killed or not, has set going: its end decides what there is to do."""
        for operation in self.api.running():
            what = f"operation {operation['name'].split('/')[-1]}, already under way"
            if self.dry_run:
                say(f'{what}: the steps are made from what is there now')
            else:
                self.api.ended(operation, what)

    def mention_foreign_models(self) -> None:
        if self.spec['mode'] == 'clear' or self.spec.get('adopt'):
            return
        for model in self.deployed():
            if not is_ours(model):
                say(f'{name_of(model)} was deployed by somebody else: it stays, without traffic')

    def perform(self, step: Step) -> None:
        demand_parent()
        if step['do'] == 'split':
            self.demand_readiness(step['to'])
            self.api.request('PATCH', f"{self.spec['endpoint']}?updateMask=trafficSplit", {'trafficSplit': step['to']})
            self.endpoint = {**(self.endpoint or {}), 'trafficSplit': step['to']}
            return
        model = step['model']
        if step['do'] == 'deploy':
            self.operate('deployModel', f'deploy {name_of(model)}', {'deployedModel': model})
        elif step['do'] == 'mutate':
            self.operate('mutateDeployedModel', f'change {name_of(model)}', _mutation(model, step['fields']))
        else:
            try:
                self.operate('undeployModel', f'undeploy {name_of(model)}', {'deployedModelId': model['id']})
            except ApiError as error:
                if error.status != 404:
                    raise

    def operate(self, verb: str, what: str, body: dict[str, Any]) -> None:
        error = self.api.ended(self.api.request('POST', f"{self.spec['endpoint']}:{verb}", body), what).get('error')
        if not error:
            return
        self.failed_operations += 1
        passing = error.get('code') in PASSING_CODES and self.failed_operations < MAX_FAILED_OPERATIONS
        message = f"{what}: {error.get('message', 'failed')} (code {error.get('code', 'unknown')})"
        raise ApiError(message, status=200, passing=passing)

    def demand_readiness(self, split: Split) -> None:
        """A deploy that ended well long ago may have lost its replicas since."""
        for model in self.deployed():
            status = model.get('status') or {}
            if split.get(model['id']) and status.get('message') and not status.get('availableReplicaCount'):
                raise Failure(f"{name_of(model)} has no replica that serves: {status['message']}\n{self.traffic()}")

    def traffic(self) -> str:
        if self.endpoint is None:
            return 'Nothing was changed.'
        names = {model['id']: key_of(model) for model in [*self.deployed(), *self.spec.get('models', [])]}
        return f"Traffic goes to {describe_split(without_zeros(self.endpoint.get('trafficSplit')), names)}."

    def deployed(self) -> list[Model]:
        return (self.endpoint or {}).get('deployedModels') or []


def _mutation(model: Model, paths: list[str]) -> dict[str, Any]:
    """The body of mutateDeployedModel for these paths."""
    resources: dict[str, Any] = {}
    deployed: dict[str, Any] = {'id': model['id']}
    for path in paths:
        first, _, second = path.partition('.')
        if second:
            resources[second] = model['dedicatedResources'].get(second)
        else:
            deployed[first] = model.get(first, False)
    if resources:
        deployed['dedicatedResources'] = resources
    return {'deployedModel': deployed, 'updateMask': ','.join(paths)}


def reconcile(arguments: list[str]) -> None:
    run = Run(read_spec(), '--dry-run' in arguments)
    try:
        run.to_the_end()
    except ApiError as error:
        raise Failure(
            f'{error}\n{advice(error)}\n{run.traffic()} Apply again to resume: what is done is not repeated.'
        ) from error


def main() -> int:
    return run_program(HELP, STOPPED, reconcile)


if __name__ == '__main__':
    sys.exit(main())
