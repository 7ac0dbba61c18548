from __future__ import annotations

import sys

#: Every access token that was used; none of them ever leaves the process.
SECRETS: set[str] = set()

# Terraform reads UTF-8, whatever the locale of this machine says.
for _each in (sys.stdout, sys.stderr):
    _each.reconfigure(encoding='utf-8', errors='replace')


def redacted(text: str) -> str:
    for secret in SECRETS:
        text = text.replace(secret, '[token]')
    return text


def say(text: str) -> None:
    _write(sys.stdout, text)


def complain(text: str) -> None:
    _write(sys.stderr, text)


def _write(stream, text: str) -> None:
    stream.write(f'{redacted(text)}\n')
    stream.flush()
