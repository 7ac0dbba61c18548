from __future__ import annotations

import http.client
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass
class Answer:
    status: int
    text: str
    retry_after: str | None = None


class NoAnswer(Exception):
    """The message says why."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Google's APIs redirect nobody, and a token is not taken elsewhere."""

    def redirect_request(self, *_arguments):
        return None


#: What is not encrypted stays on this machine or in its network: no proxy gets to see it. Otherwise the proxies of the environment count.
_DIRECT = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))
_AS_SET_UP = urllib.request.build_opener(_NoRedirects)


def exchange(method: str, url: str, headers: dict[str, str], body: str | None, timeout: float) -> Answer:
    """
    One request and the whole answer to it, whatever its status. The time is that of the exchange, from the look-up of the name to the last
    byte; Python's own timeout is that of one wait, and an answer that drips would last for ever.
    """
    outcome: list[Answer | Exception] = []

    def work() -> None:
        try:
            outcome.append(_exchange(method, url, headers, body, timeout))
        except (OSError, http.client.HTTPException, ValueError) as error:
            outcome.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(timeout)
    result = outcome[0] if outcome else TimeoutError()
    if isinstance(result, Answer):
        return result
    raise NoAnswer(_reason(result, timeout))


def _exchange(method: str, url: str, headers: dict[str, str], body: str | None, timeout: float) -> Answer:
    data = None if body is None else body.encode()
    request = urllib.request.Request(quote(url, safe='/:?=&%,@+~[]'), data=data, headers=headers, method=method)
    opener = _AS_SET_UP if urlsplit(url).scheme == 'https' else _DIRECT
    try:
        answer = opener.open(request, timeout=timeout)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return Answer(answer.status, answer.read().decode('utf-8', 'replace'), answer.headers.get('retry-after'))


def _reason(error: Exception, timeout: float) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return f'timeout after {timeout:g} s'
    return str(cause) or type(cause).__name__
