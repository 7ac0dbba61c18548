from __future__ import annotations

import json
import os
import re
from typing import Any

from google_api.client import Client
from google_api.errors import Refusal
from google_api.settings import shown

POLL_SECONDS = 5


def connect(base: str, billing_project: str | None) -> Client:
    """The API that a step calls."""
    return Client(base, 'GW', POLL_SECONDS, billing_project)


def step_of(fields: dict[str, str]) -> dict[str, Any]:
    """What the variable GW_STEP asks for; each of its fields must match a pattern."""
    text = os.environ.get('GW_STEP')
    if not text:
        raise Refusal('GW_STEP is not set. It holds what to do, as JSON (see --help).')
    try:
        step = json.loads(text)
    except ValueError as error:
        raise Refusal(f'GW_STEP is not JSON: {error}') from error
    given = step if isinstance(step, dict) else {}
    problems = [
        f'  - {field} is {shown(step, field)}; it must match {pattern}'
        for field, pattern in fields.items()
        if not re.fullmatch(pattern, str(given.get(field, '')))
    ]
    if problems:
        raise Refusal('GW_STEP is wrong:\n' + '\n'.join(problems))
    return given
