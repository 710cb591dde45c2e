"""Signing in and out: a plain page that needs no script, and two JSON routes."""

from html import escape
from json import JSONDecodeError, loads
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from amity.errors import InvalidRecord
from amity.web.accounts import Accounts
from amity.web.api import check_body, error_response
from amity.web.routes.schemas import obj
from amity.web.security import COOKIE, SIGN_IN, session_cookie, session_of

MAX_BODY = 8192
_WORD = {"type": "string", "maxLength": 400}
_BODY = obj(("name", "password"), name=_WORD, password=_WORD)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in: {title}</title></head>
<body><main><h1>{title}</h1>
<form method="post" action="/sign-in">{note}
<p><label>Name <input name="name" autocomplete="username" required autofocus maxlength="400"></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password" required maxlength="400"></label></p>
<p><button type="submit">Sign in</button></p>
</form></main></body></html>
"""


def sign_in_routes(accounts: Accounts, title: str) -> list[Route]:
    """
    Return the routes by which people sign in and out.

    Parameters
    ----------
    accounts : Accounts
        Who may.
    title : str
        The project's name, for the page.

    Returns
    -------
    list of Route
        ``/sign-in``, ``/api/sign-in`` and ``/api/sign-out``.
    """

    def page(note: str = "", status: int = 200) -> Response:
        shown = f'<p role="alert">{escape(note)}</p>' if note else ""
        return HTMLResponse(_PAGE.format(title=escape(title), note=shown), status)

    async def form(request: Request) -> Response:
        if request.method != "POST":
            return page()
        fields = parse_qs(
            (await _body(request)).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=8
        )
        name, password = (fields.get(each, [""])[0] for each in ("name", "password"))
        try:
            token = await run_in_threadpool(accounts.sign_in, name, password, _address(request))
        except HTTPException as error:
            return page(f"{error.detail}.", error.status_code)
        return RedirectResponse("/", 303, {"set-cookie": session_cookie(token)})

    async def sign_in(request: Request) -> Response:
        try:
            body = loads(await _body(request))
            check_body(body, _BODY)
        except InvalidRecord as error:
            return error_response(error)
        except (JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
            return error_response(InvalidRecord(f"the body is not JSON: {error}"))
        token = await run_in_threadpool(accounts.sign_in, body["name"], body["password"], _address(request))
        return JSONResponse({"name": body["name"]}, headers={"set-cookie": session_cookie(token)})

    async def sign_out(request: Request) -> Response:
        accounts.sign_out(session_of(request.headers))
        return JSONResponse(
            {}, headers={"set-cookie": f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"}
        )

    return [
        Route(SIGN_IN, form, methods=["GET", "POST"]),
        Route("/api/sign-in", sign_in, methods=["POST"]),
        Route("/api/sign-out", sign_out, methods=["POST"]),
    ]


async def _body(request: Request) -> bytes:
    taken = b""
    async for piece in request.stream():
        taken += piece
        if len(taken) > MAX_BODY:
            raise HTTPException(413, f"the body is longer than {MAX_BODY} bytes")
    return taken


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
