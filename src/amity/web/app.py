"""The workbench as an ASGI application."""

from collections.abc import Collection
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from amity.errors import InvalidValue
from amity.web.accounts import Accounts
from amity.web.api import Identify, Role, build_routes, describe_api
from amity.web.security import SIGN_IN, Guard
from amity.web.sign_in import sign_in_routes
from amity.web.table import ENDPOINTS

if TYPE_CHECKING:
    from amity.project import Project

STATIC = Path(str(files("amity.web"))) / "static"


def create_app(
    project: "Project",
    *,
    token: str = "",
    hosts: Collection[str],
    coder: str = "",
    accounts: Accounts | None = None,
) -> ASGIApp:
    """
    Return the workbench of one project.

    Parameters
    ----------
    project : Project
        An open project; the caller closes it.
    token : str
        What the address that opens the workbench must carry; not used where there are accounts.
    hosts : collection of str
        Values of ``Host`` that are answered, with their port.
    coder : str
        Name that decisions are recorded under; the project's own if empty.
    accounts : Accounts or None
        Where people sign in by name; everybody's role is checked at every route.

    Returns
    -------
    ASGI application
        Ready for uvicorn.

    Raises
    ------
    InvalidValue
        If there is neither a token nor accounts.
    """
    if accounts is None and not token:
        raise InvalidValue(
            "found neither a token nor accounts; without either, anybody could change the project"
        )
    name = coder or project.coder or "someone"

    def identify(request: Request) -> tuple[str, Role]:
        del request
        return name, "administrator"

    who: Identify = identify if accounts is None else accounts.identify

    async def description(request: Request) -> Response:
        await run_in_threadpool(who, request)
        return JSONResponse(describe_api(ENDPOINTS))

    async def page(request: Request) -> Response:
        try:
            await run_in_threadpool(who, request)
        except HTTPException:
            return RedirectResponse(SIGN_IN, 303)
        return await _page(request)

    routes = [
        *([] if accounts is None else sign_in_routes(accounts, project.name)),
        Route("/api/openapi.json", description, methods=["GET"]),
        *build_routes(project, ENDPOINTS, who),
        Route("/api/{rest:path}", _no_route, methods=["GET", "POST", "PATCH", "DELETE", "PUT"]),
        Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
        Route("/{rest:path}", page, methods=["GET"]),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _http_error})
    return Guard(app, hosts=hosts, token="" if accounts else token)


async def _no_route(request: Request) -> Response:
    return JSONResponse(
        {
            "error": {
                "type": "NotFound",
                "message": f"there is no {request.method} {request.url.path}; see /api/openapi.json",
            }
        },
        404,
    )


async def _page(request: Request) -> Response:
    """Every address that is no file is the one page; its own router reads the address."""
    del request
    index = STATIC / "index.html"
    if not index.exists():
        return PlainTextResponse(
            "the workbench was not built into this installation; install amity from its wheel, or: pip install --editable .",
            503,
        )
    return FileResponse(index, headers={"cache-control": "no-cache"})


async def _http_error(request: Request, error: Exception) -> Response:
    del request
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else "something went wrong"
    return JSONResponse({"error": {"type": "HTTPException", "message": detail}}, status)
