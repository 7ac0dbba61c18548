from __future__ import annotations

import json
import os
from urllib.parse import urlsplit

from .errors import Refusal

#: Where a token may travel without TLS: it does not leave the machine.
LOOPBACK = {'localhost', '127.0.0.1', '::1'}


def shown(fields: object, name: str) -> str:
    """A field of a JSON object, as people have written it."""
    if not isinstance(fields, dict) or name not in fields:
        return 'undefined'
    return json.dumps(fields[name], ensure_ascii=False, separators=(',', ':'))


def seconds(name: str, fallback: float) -> float:
    """A number of seconds from the environment."""
    text = os.environ.get(name)
    try:
        value = float(text) if text else fallback
    except ValueError:
        value = -1.0
    if not 0 <= value <= 3600:
        raise Refusal(f'{name} is {json.dumps(text, ensure_ascii=False)}; it must be seconds, 0 to 3600.')
    return value


def base_of(name: str, fallback: str, region: str) -> str:
    """
    The base of an API, ending in a slash. As the Terraform provider takes it, from the variable of this name: with the version of the API,
    and {{region}} for the region.
    """
    text = os.environ.get(name) or fallback
    base = f"{text.replace('{{region}}', region).rstrip('/')}/"
    if _may_carry_a_token(base):
        return base
    raise Refusal(
        f'{name} is {json.dumps(text, ensure_ascii=False)}; it must be the https:// base of the API with its version, e.g. {fallback} '
        '(http:// only on this machine: a token goes with every call).'
    )


def _may_carry_a_token(base: str) -> bool:
    try:
        url = urlsplit(base)
        host = url.hostname
    except ValueError:
        return False
    return bool(host) and (url.scheme == 'https' or (url.scheme == 'http' and host in LOOPBACK))
