from __future__ import annotations


class Failure(Exception):
    """Something a person has to act on; the message says what."""


class Refusal(Exception):
    """Refused before anything was changed."""


class ApiError(Exception):
    """An answer of the API that is no success."""

    def __init__(self, message: str, status: int, passing: bool, wait_seconds: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        #: Of HTTP; 0: no answer at all.
        self.status = status
        #: The next answer may be another one.
        self.passing = passing
        #: The least time to wait that the service asked for.
        self.wait_seconds = wait_seconds

    def __str__(self) -> str:
        return self.message
