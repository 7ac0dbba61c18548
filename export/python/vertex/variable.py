from __future__ import annotations

import json
import os
import re
from typing import Any, Callable

from google_api.errors import Refusal
from google_api.settings import shown

ENDPOINT = re.compile(r'projects/[^/]+/locations/[^/]+/endpoints/[^/]+')


def spec_of(what: str, problems_of: Callable[[dict[str, Any]], list[str]]) -> dict[str, Any]:
    """What the variable VX_SPEC asks for; `what` it holds, for people."""
    text = os.environ.get('VX_SPEC')
    if not text:
        raise Refusal(f'VX_SPEC is not set. It holds {what}, as JSON (see --help).')
    try:
        spec = json.loads(text)
    except ValueError as error:
        raise Refusal(f'VX_SPEC is not JSON: {error}') from error
    problems = problems_of(spec) if isinstance(spec, dict) else ['it must be an object']
    if problems:
        raise Refusal('VX_SPEC is wrong:\n' + '\n'.join(f'  - {problem}' for problem in problems))
    return spec


def problems_of_names(spec: dict[str, Any], allowed: list[str]) -> list[str]:
    problems = [f'unknown field "{key}"; allowed: {", ".join(allowed)}' for key in spec if key not in allowed]
    if not ENDPOINT.fullmatch(str(spec.get('endpoint', ''))):
        problems.append(f'endpoint is {shown(spec, "endpoint")}; it must be projects/P/locations/R/endpoints/ID')
    return problems
