from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import quote

from google_api.client import Client, passes_anywhere
from google_api.errors import ApiError, Failure
from google_api.output import say
from google_api.settings import base_of

POLL_SECONDS = 10
#: The Terraform provider's own bound for a deploy from Model Garden.
OPERATION_MINUTES = 180


def _is_passing(status: int, reason: str) -> bool:
    # Waiting cures a quota of requests, not one of machines.
    retried = passes_anywhere(status) and 'CustomModelServing' not in reason
    busy = status == 400 and re.search('other operations running', reason, re.IGNORECASE) is not None
    return retried or busy


class EndpointApi(Client):
    def __init__(self, spec: dict[str, Any], version: str = 'v1') -> None:
        self.endpoint: str = spec['endpoint']
        region = self.endpoint.split('/')[3]
        given = base_of('GOOGLE_VERTEX_AI_CUSTOM_ENDPOINT', 'https://{{region}}-aiplatform.googleapis.com/v1/', region)
        base = re.sub('/v1/$', f'/{version}/', given)
        super().__init__(base, 'VX', POLL_SECONDS, spec.get('billingProject'), _is_passing)

    def running(self) -> list[dict[str, Any]]:
        """Operations on the endpoint that have not ended. The API does not say which model each is about."""
        operations: list[dict[str, Any]] = []
        page = ''
        while True:
            token = f'&pageToken={quote(page, safe="")}' if page else ''
            answer = self.read(f'{self.endpoint}/operations?pageSize=100{token}')
            operations += answer.get('operations') or []
            page = answer.get('nextPageToken') or ''
            if not page:
                return [operation for operation in operations if not operation.get('done')]

    def ended(self, operation: dict[str, Any], what: str) -> dict[str, Any]:
        """Waits for the end of an operation, good or bad."""
        start = time.monotonic()  # not the time of day, which somebody may set
        said = ''
        while not operation.get('done'):
            minutes = int((time.monotonic() - start) / 60)
            if minutes >= OPERATION_MINUTES:
                raise Failure(
                    f"{what} still runs after {minutes} minutes ({operation['name']}). Apply again later: it is joined, not repeated."
                )
            stage = (operation.get('metadata') or {}).get('deploymentStage', 'RUNNING').lower().replace('_', ' ')
            progress = f'    {what}: {stage}, {minutes} min'
            if progress != said:
                say(progress)
                said = progress
            self.poll()
            name = operation['name']
            try:
                operation = self.read(name)
            except ApiError as error:
                if error.status != 404:
                    raise
                raise ApiError(f'{what}: its operation is gone ({name})', status=0, passing=True) from error
        return operation
