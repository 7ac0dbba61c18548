from __future__ import annotations

import json
import random
import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from math import ceil
from typing import Any, Callable

from .credentials import AccessTokens
from .errors import ApiError
from .exchange import Answer, NoAnswer, exchange
from .output import say
from .settings import seconds

REQUEST_SECONDS = 60
MAX_TRIES = 12
#: A service that asks for a longer pause is left alone, until somebody applies again.
LONGEST_WAIT_MINUTES = 15
PASSING = {408, 409, 429, 500, 502, 503, 504}


def passes_anywhere(status: int, _reason: str = '') -> bool:
    """What waiting cures, whatever the API."""
    return status in PASSING


class Client:
    """Calls to one API of Google."""

    def __init__(
        self,
        base: str,
        settings: str,
        poll_seconds: float,
        billing_project: str | None = None,
        is_passing: Callable[[int, str], bool] = passes_anywhere,
    ) -> None:
        """
        `base` ends in a slash; `settings`: beginning of the variables that set the waits; `billing_project`: whose quota is used;
        `is_passing`: what waiting cures.
        """
        self._base = base
        self._billing_project = billing_project
        self._is_passing = is_passing
        self._poll_seconds = seconds(f'{settings}_POLL_SECONDS', poll_seconds)
        self._request_seconds = seconds(f'{settings}_REQUEST_SECONDS', REQUEST_SECONDS)
        self._tokens = AccessTokens()

    def request(self, method: str, path: str, body: object = None) -> Any:
        """One request; a refused token is renewed once."""
        renewed = False
        while True:
            headers = {'authorization': f'Bearer {self._tokens.take(renewed)}', 'content-type': 'application/json'}
            if self._billing_project:
                headers['x-goog-user-project'] = self._billing_project
            answer = self._exchange(method, self._base + path, headers, None if body is None else json.dumps(body))
            if answer.status == 401 and not renewed:
                renewed = True
                continue
            return self._value_of(f'{method} {path}', answer)

    def read(self, path: str, method: str = 'GET') -> Any:
        """A read can simply be repeated."""
        tries = 1
        while True:
            try:
                return self.request(method, path)
            except ApiError as error:
                self.pause_or_raise(error, tries)
            tries += 1

    def pause_or_raise(self, error: ApiError, tries: int) -> None:
        """
        Waits before the next try: full jitter under a capped exponential, and never less than the service asks for. Raises what cannot
        pass, and what has been tried often enough.
        """
        minutes = ceil((error.wait_seconds or 0) / 60)
        if minutes > LONGEST_WAIT_MINUTES:
            error.message += f' (the service asks for a pause of {minutes} min)'
        if tries >= MAX_TRIES or minutes > LONGEST_WAIT_MINUTES:
            error.passing = False  # given up here is given up everywhere
        if not error.passing:
            raise error
        ceiling = min(self._poll_seconds * 6, self._poll_seconds / 10 * 2**tries)
        pause = max(random.random() * ceiling, error.wait_seconds or 0)
        say(f'    {error.message}; again in {pause:.1f} s (try {tries} of {MAX_TRIES})')
        time.sleep(pause)

    def poll(self) -> None:
        time.sleep(self._poll_seconds)

    def _exchange(self, method: str, url: str, headers: dict[str, str], body: str | None) -> Answer:
        try:
            return exchange(method, url, headers, body, self._request_seconds)
        except NoAnswer as error:
            raise ApiError(f'{method} {url}: no answer ({error})', status=0, passing=True) from error

    def _value_of(self, what: str, answer: Answer) -> Any:
        try:
            value = json.loads(answer.text or '{}')
        except ValueError:
            value = None  # half an answer, or a proxy's page
        success = 200 <= answer.status < 300
        if success and value is not None:
            return value
        error = value.get('error') if isinstance(value, dict) else None
        told = error if isinstance(error, dict) else {}
        reason = told.get('message') or answer.text[:300]
        parts = [str(answer.status), told.get('status'), reason]
        message = f"{what}: {' '.join(part for part in parts if part)}"
        passing = success or self._is_passing(answer.status, reason)
        raise ApiError(message, status=answer.status, passing=passing, wait_seconds=_wait_of(answer.retry_after))


def _wait_of(value: str | None) -> float | None:
    """Retry-After: seconds or a date."""
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return max(0.0, (date.replace(tzinfo=date.tzinfo or timezone.utc) - datetime.now(timezone.utc)).total_seconds())
