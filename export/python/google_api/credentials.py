from __future__ import annotations

import json
import os
import re
import shutil
import subprocess

from .errors import Failure
from .exchange import Answer, NoAnswer, exchange
from .output import SECRETS
from .settings import base_of


class AccessTokens:
    """Access tokens: of the environment, else of the metadata server, else of gcloud. They are held in memory only."""

    def __init__(self) -> None:
        self._current: str | None = None
        #: That of the environment cannot be renewed.
        self._environment_is_spent = False

    def take(self, rejected: bool) -> str:
        """The token to use; with `rejected`, another than the last one, which was refused."""
        if self._current and not rejected:
            return self._current
        given = None if self._environment_is_spent else os.environ.get('GOOGLE_OAUTH_ACCESS_TOKEN')
        self._environment_is_spent = True
        account = os.environ.get('GOOGLE_IMPERSONATE_SERVICE_ACCOUNT')
        if given:
            self._current = _impersonated(account, _keep(given)) if account else _keep(given)
        else:
            # The metadata server gives out its own account only; gcloud impersonates, wherever its own credentials come from.
            self._current = _keep((None if account else _from_metadata_server()) or _from_gcloud(account))
        return self._current


def _keep(token: str) -> str:
    """Never to be printed."""
    SECRETS.add(token)
    return token


def _impersonated(account: str, token: str) -> str:
    """As the Terraform provider does it with a token of the environment."""
    base = base_of('GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT', 'https://iamcredentials.googleapis.com/v1/', '')
    body = json.dumps({'scope': ['https://www.googleapis.com/auth/cloud-platform'], 'lifetime': '3600s'})
    headers = {'authorization': f'Bearer {token}', 'content-type': 'application/json'}
    status: object
    try:
        answer = exchange('POST', f'{base}projects/-/serviceAccounts/{account}:generateAccessToken', headers, body, 30)
        status = answer.status
    except NoAnswer as error:
        answer = Answer(0, '')
        status = error
    value = re.search(r'"accessToken"\s*:\s*"([^"]+)"', answer.text)
    if 200 <= answer.status < 300 and value:
        return _keep(value[1])
    reason = re.search(r'"message"\s*:\s*"([^"]+)"', answer.text)
    raise Failure(
        f"The token of GOOGLE_OAUTH_ACCESS_TOKEN cannot become {account} ({status} {reason[1] if reason else ''}): its identity needs "
        'roles/iam.serviceAccountTokenCreator on that account.'
    )


def _from_metadata_server() -> str | None:
    host = os.environ.get('GCE_METADATA_HOST', 'metadata.google.internal')
    url = f'http://{host}/computeMetadata/v1/instance/service-accounts/default/token'
    try:
        answer = exchange('GET', url, {'Metadata-Flavor': 'Google'}, None, 3)
        value = json.loads(answer.text).get('access_token')
        return value if answer.status == 200 else None
    except (NoAnswer, ValueError, AttributeError):
        return None  # not on Google Cloud: the next source may know


def _from_gcloud(account: str | None) -> str:
    impersonation = [f'--impersonate-service-account={account}'] if account else []
    program = shutil.which('gcloud')
    problem = 'not installed'
    if program:
        try:
            command = [program, 'auth', 'print-access-token', *impersonation]
            # Also of Windows: there it is a .cmd, which `which` has found with its ending.
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)
            if done.returncode == 0 and done.stdout.strip():
                return done.stdout.strip()
            lines = done.stderr.strip().splitlines()
            problem = lines[-1] if done.returncode and lines else 'it printed nothing'
        except (OSError, subprocess.SubprocessError) as error:
            problem = str(error)
    metadata = 'not asked, it cannot impersonate' if account else 'no answer'
    given = 'rejected' if os.environ.get('GOOGLE_OAUTH_ACCESS_TOKEN') else 'not set'
    raise Failure(
        f'No access token. Tried GOOGLE_OAUTH_ACCESS_TOKEN ({given}), the metadata server ({metadata}), gcloud ({problem}). '
        'Set the first, or run gcloud auth login.'
    )
