"""Calls to an OpenAI-compatible endpoint: bounded in time, size, speed and number, and tried again where that may help."""

import http.client
import json
import os
import random
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

from amity.errors import ModelUnavailable, ReaderError
from amity.pipeline.language_model.prompt import response_format
from amity.pipeline.language_model.settings import KEY_VARIABLE, LanguageModelSettings

LARGEST_ANSWER = 4_000_000
"""Bytes of an answer at most; what is longer is no coding of a few pages."""

_REFUSED = (401, 402, 403, 404, 405)
_PASSING = (408, 409, 425, 429)


class BudgetSpent(ReaderError):
    """The user's limit on calls is reached; what was read is kept, and the same command goes on from there."""


class _TryAgain(Exception):
    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class _NoSchema(Exception):
    """The server does not know the request's schema field."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the document, and the key, to a place that the user has not named."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Endpoint:
    """
    The endpoint, safe to call from several threads at once.

    Parameters
    ----------
    settings : LanguageModelSettings
        Address, model and limits.
    sleep : callable
        How to wait.
    """

    def __init__(
        self, settings: LanguageModelSettings, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next_start = 0.0
        self._schema = True
        handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
        if settings.is_local:
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)
        self.calls = 0
        self.tokens = 0

    def ask(self, messages: list[dict[str, str]]) -> str:
        """
        Return the model's answer.

        Parameters
        ----------
        messages : list of dict
            What is asked.

        Returns
        -------
        str
            The words of its message.

        Raises
        ------
        BudgetSpent
            If the limit on calls is reached.
        ModelUnavailable
            If the endpoint refuses every call: wrong address, key or model.
        ReaderError
            If there is no answer after all tries.
        """
        reason = ""
        tries = 0
        while tries <= self._settings.retries:
            self._wait_for_turn()
            try:
                return self._call(messages)
            except _NoSchema:
                self._schema = False
                continue
            except _TryAgain as error:
                reason = str(error)
                tries += 1
                if tries <= self._settings.retries:
                    self._sleep(self._pause(tries, error.wait))
        raise ReaderError(f"no answer from {self._settings.shown} after {tries} tries; the last: {reason}")

    def _pause(self, tries: int, asked: float | None) -> float:
        own = self._settings.back_off * 2.0 ** (tries - 1) * (0.5 + random.random())
        return min(max(own, asked or 0.0), self._settings.longest_wait)

    def _wait_for_turn(self) -> None:
        rate = self._settings.calls_a_minute
        with self._lock:
            if self._settings.max_calls and self.calls >= self._settings.max_calls:
                raise BudgetSpent(
                    f"the limit of {self._settings.max_calls} calls is reached; the same command goes on from here"
                )
            self.calls += 1
            now = time.monotonic()
            start = max(now, self._next_start)
            self._next_start = start + (60.0 / rate if rate else 0.0)
        if start > now:
            self._sleep(start - now)

    def _call(self, messages: list[dict[str, str]]) -> str:
        body: dict[str, Any] = {"model": self._settings.model, "messages": messages, "temperature": 0}
        with_schema = self._schema
        if with_schema:
            body["response_format"] = response_format()
        request = urllib.request.Request(
            self._settings.url, json.dumps(body).encode(), self._headers(), method="POST"
        )
        deadline = time.monotonic() + self._settings.timeout
        try:
            with self._opener.open(request, timeout=self._settings.timeout) as response:
                raw = _read(response, deadline)
        except urllib.error.HTTPError as error:
            self._refused(error, with_schema=with_schema)
            raise
        except http.client.IncompleteRead as error:
            raise _TryAgain("the answer broke off") from error
        except (TimeoutError, OSError, http.client.HTTPException) as error:
            cause = getattr(error, "reason", error)
            raise _TryAgain(f"{type(cause).__name__}: {cause}") from error
        return self._message(raw)

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "amity"}
        key = os.environ.get(KEY_VARIABLE, "").strip()
        if key:
            if not self._settings.may_carry_key:
                raise ModelUnavailable(
                    f"{self._settings.shown} is neither https nor this machine, so the key in {KEY_VARIABLE} would travel "
                    "in clear; use https, or unset the variable"
                )
            if not key.isprintable() or not key.isascii():
                raise ModelUnavailable(f"{KEY_VARIABLE} holds signs that no key has; set it again")
            headers["Authorization"] = f"Bearer {key}"
        return headers

    def _refused(self, error: urllib.error.HTTPError, *, with_schema: bool) -> None:
        status = error.code
        with error:
            wait = _seconds(error.headers.get("Retry-After"))
        if status in _PASSING or status >= 500:
            raise _TryAgain(f"status {status}", wait) from None
        if status in (400, 422) and with_schema:
            raise _NoSchema from None
        if status in _REFUSED or 300 <= status < 400:
            hint = (
                "it sends elsewhere; give the final address"
                if status < 400
                else "check address, model and key"
            )
            raise ModelUnavailable(f"{self._settings.shown} answers with status {status}; {hint}") from None
        raise ReaderError(f"{self._settings.shown} answers with status {status} to this text") from None

    def _message(self, raw: bytes) -> str:
        try:
            answer = json.loads(raw)
            words = answer["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            raise _TryAgain("the endpoint's answer has not the form of a chat completion") from error
        usage = answer.get("usage")
        used = usage.get("total_tokens") if isinstance(usage, dict) else None
        with self._lock:
            self.tokens += used if isinstance(used, int) and used > 0 else 0
        return words if isinstance(words, str) else ""


def _read(response: Any, deadline: float) -> bytes:
    """All of a body, whatever its pace, within the time and the size that are allowed."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(65536):
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise ReaderError(
                f"the endpoint's answer is longer than {LARGEST_ANSWER} bytes; nothing of it was used"
            )
        if time.monotonic() > deadline:
            raise TimeoutError("the answer took too long")
        pieces.append(piece)
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and size < int(length):
        raise http.client.IncompleteRead(b"", int(length) - size)
    return b"".join(pieces)


def _seconds(value: str | None) -> float | None:
    """What ``Retry-After`` asks for: seconds, or a date."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
