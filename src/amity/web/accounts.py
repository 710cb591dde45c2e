"""Named accounts of a served project: passwords, sessions, and a brake on guessing."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request

from amity.errors import InvalidValue
from amity.web.api import Role
from amity.web.security import session_of

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from amity.project import Project

MIN_PASSWORD, MAX_PASSWORD = 10, 400
SESSION_SECONDS = 12 * 3600.0
IDLE_SECONDS = 2 * 3600.0
"""A session ends after half a day, or two hours without a request."""
WINDOW_SECONDS = 15 * 60.0
MAX_FAILURES = 5
MAX_FAILURES_OF_ADDRESS = 30
"""Failures within the window after which a name at an address, or an address, has to wait."""
MAX_REMEMBERED = 10_000


@lru_cache(maxsize=1)
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    """A name that is not there must take as long to refuse as a wrong password."""
    return _hasher().hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    """
    Return the argon2id hash that a project keeps of a password.

    Parameters
    ----------
    password : str
        From 10 to 400 characters.

    Returns
    -------
    str
        With its salt and costs.

    Raises
    ------
    InvalidValue
        If the password is too short or too long.
    """
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise InvalidValue(
            f"the password has {len(password)} characters; take from {MIN_PASSWORD} to {MAX_PASSWORD}"
        )
    return _hasher().hash(password.encode("utf-8", "surrogatepass"))


def _fits(hashed: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed, password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False


@dataclass(slots=True)
class _Session:
    name: str
    secret: str
    ends: float
    seen: float


class Accounts:
    """
    Who is signed in to a served project; sessions live in memory and end with the server.

    Parameters
    ----------
    project : Project
        The served project, which keeps names, roles and hashes.
    clock : callable
        Seconds that only grow.
    """

    def __init__(self, project: "Project", *, clock: Callable[[], float] = time.monotonic) -> None:
        self._project = project
        self._clock = clock
        self._lock = threading.Lock()
        # One check of a password takes 64 MiB; a crowd of guesses must not take the machine's memory.
        self._checking = threading.BoundedSemaphore(2)
        self._sessions: dict[str, _Session] = {}
        self._failures: dict[tuple[str, str], list[float]] = {}

    def sign_in(self, name: str, password: str, address: str = "") -> str:
        """
        Return the token of a new session.

        Parameters
        ----------
        name, password : str
            As the person typed them.
        address : str
            Where the request came from; failures are counted by it.

        Returns
        -------
        str
            For the cookie.

        Raises
        ------
        HTTPException
            401 if name and password do not fit, 429 after too many failures.
        """
        keys = {(address, name): MAX_FAILURES, (address, ""): MAX_FAILURES_OF_ADDRESS}
        # Counted before the check, so that guesses sent at once do not all slip under the limit.
        self._count(keys)
        with self._checking:
            known = self._project.team.secret(name)
            fits = _fits(known or _nobodys_hash(), password[: MAX_PASSWORD + 1])
        if known is None or not fits:
            raise HTTPException(401, "name and password do not fit")
        token, at = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            for key in keys:
                if self._failures.get(key):
                    self._failures[key].pop()
            self._failures.pop((address, name), None)
            self._sessions = {key: each for key, each in self._sessions.items() if self._lasts(each, at)}
            self._sessions[_key(token)] = _Session(name, known, at + SESSION_SECONDS, at)
        return token

    def sign_out(self, token: str) -> None:
        """
        End a session; nothing happens where there is none.

        Parameters
        ----------
        token : str
            The session's token.
        """
        with self._lock:
            self._sessions.pop(_key(token), None)

    def identify(self, request: Request) -> tuple[str, Role]:
        """
        Return who asks, with the role of this moment.

        Parameters
        ----------
        request : Request
            With the session's cookie.

        Returns
        -------
        tuple of str and Role
            Name and role.

        Raises
        ------
        HTTPException
            401 if nobody is signed in, the person has left, or the password was changed since.
        """
        key, at = _key(session_of(request.headers)), self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None or not self._lasts(session, at):
                self._sessions.pop(key, None)
                raise HTTPException(401, "nobody is signed in; sign in at /sign-in")
            session.seen = at
        coder = next((each for each in self._project.team.coders() if each.name == session.name), None)
        if coder is None or not coder.active or self._project.team.secret(session.name) != session.secret:
            with self._lock:
                self._sessions.pop(key, None)
            raise HTTPException(401, "this session has ended; sign in again at /sign-in")
        return coder.name, coder.role

    def _lasts(self, session: _Session, at: float) -> bool:
        return at < session.ends and at - session.seen < IDLE_SECONDS

    def _count(self, keys: dict[tuple[str, str], int]) -> None:
        at = self._clock()
        with self._lock:
            if len(self._failures) > MAX_REMEMBERED:
                self._failures = {
                    key: times for key, times in self._failures.items() if at - times[-1] < WINDOW_SECONDS
                }
            recent = {
                key: [each for each in self._failures.get(key, ()) if at - each < WINDOW_SECONDS]
                for key in keys
            }
            if any(len(recent[key]) >= limit for key, limit in keys.items()):
                raise HTTPException(429, "too many failures; wait a quarter of an hour")
            for key, times in recent.items():
                self._failures[key] = [*times, at]


def _key(token: str) -> str:
    """Sessions are looked up by a hash, so that the time of a look-up tells nothing of a token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
