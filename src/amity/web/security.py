"""Who may ask, from where: host, origin and session checks around the application, and the headers that every answer carries."""

from collections.abc import Collection, Mapping
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from json import dumps
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "amity_session"
SIGN_IN = "/sign-in"
"""The one page whose form is sent without a script, where accounts are asked for."""
MAX_JSON = 4 * 1024 * 1024
MAX_UPLOAD = 128 * 1024 * 1024
"""Bytes of a request's body; an upload may hold a volume of scans, a decision only a position."""

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """
    ASGI middleware: answers by itself whatever should not reach the application.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    hosts : collection of str
        Values of ``Host`` that are answered, with their port; others may be a rebound name.
    token : str
        The token of this start; visiting ``/?token=…`` puts it into a cookie. Empty where accounts are asked for instead.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], token: str) -> None:
        self.app = app
        self.hosts = frozenset(hosts)
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request and pass it on, or answer it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        guarded = _with_headers(send, scope["path"])
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _answer(guarded, *refusal)
            return
        if self.token and scope["method"] == "GET" and not scope["path"].startswith("/api"):
            given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])[0]
            if given and compare_digest(given.encode(), self.token.encode()):
                await _redirect(guarded, scope["path"], self.token)
                return
        if self.token and scope["path"].startswith("/api") and not self._has_session(headers):
            await _answer(
                guarded,
                401,
                "Unauthorised",
                "this page was opened without the token of this start; use the address that amity serve printed",
            )
            return
        await self.app(scope, _limited(receive, headers), guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str, str] | None:
        host = headers.get("host", "")
        if host not in self.hosts:
            return (
                403,
                "ForbiddenHost",
                f"this server does not answer for the host {host!r}; use {sorted(self.hosts)[0]}",
            )
        if scope["method"] in SAFE:
            return None
        origin = headers.get("origin", "")
        if urlsplit(origin).netloc != host:
            return (
                403,
                "ForbiddenOrigin",
                f"a change must come from the workbench's own page; the request came from {origin or 'no origin'!r}",
            )
        kind = headers.get("content-type", "").split(";")[0].strip().lower()
        wanted = "application/octet-stream" if "x-amity-filename" in headers else "application/json"
        if scope["path"] == SIGN_IN and not self.token:
            wanted = "application/x-www-form-urlencoded"
        if scope["method"] != "DELETE" and kind != wanted:
            return 415, "UnsupportedMediaType", f"the body is {kind or 'unnamed'!r}; send {wanted}"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > (MAX_UPLOAD if "x-amity-filename" in headers else MAX_JSON):
            return (
                413,
                "LimitExceeded",
                f"the body has {length} bytes; at most {MAX_UPLOAD if 'x-amity-filename' in headers else MAX_JSON} are taken",
            )
        return None

    def _has_session(self, headers: Headers) -> bool:
        return compare_digest(session_of(headers).encode("utf-8", "surrogatepass"), self.token.encode())


def session_of(headers: Mapping[str, str]) -> str:
    """
    Return the session's token that a request carries.

    Parameters
    ----------
    headers : mapping of str to str
        The request's headers.

    Returns
    -------
    str
        Empty where there is none.
    """
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def session_cookie(token: str) -> str:
    """
    Return the header that keeps a session in the browser.

    Parameters
    ----------
    token : str
        The session's token.

    Returns
    -------
    str
        Not readable by scripts, not sent from other sites.
    """
    return f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict"


def _with_headers(send: Send, path: str) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if path == SIGN_IN:
                # Under no-referrer a browser sends the form with the origin "null".
                headers["referrer-policy"] = "same-origin"
            if path.startswith("/api") or path == SIGN_IN:
                headers["cache-control"] = "no-store"
        await send(message)

    return guarded


def _limited(receive: Receive, headers: Headers) -> Receive:
    """Stop a body that is longer than it said, or that came without saying."""
    limit = MAX_UPLOAD if "x-amity-filename" in headers else MAX_JSON
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            return {"type": "http.disconnect"}
        return message

    return limited


async def _answer(send: Send, status: int, kind: str, message: str) -> None:
    body = dumps({"error": {"type": kind, "message": message}}).encode()
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())],
        }
    )
    await send({"type": "http.response.body", "body": body})


async def _redirect(send: Send, path: str, token: str) -> None:
    safe = "/" + path.lstrip("/")
    headers = [
        (b"location", safe.encode("latin-1", "replace")),
        (b"set-cookie", session_cookie(token).encode()),
        (b"content-length", b"0"),
    ]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
