"""The table of JSON routes: what each takes, who may call it, and how errors look."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from amity.errors import (
    AmityError,
    InvalidRecord,
    InvalidValue,
    NotFound,
    NothingToUndo,
    ProjectBusy,
    StaleWrite,
)
from amity.model import PositionFilter

if TYPE_CHECKING:
    from amity.project import Project

Role = Literal["reader", "coder", "adjudicator", "administrator"]
ROLES: tuple[Role, ...] = ("reader", "coder", "adjudicator", "administrator")
Schema = Mapping[str, Any]

STATUS: dict[type[AmityError], int] = {NotFound: 404, StaleWrite: 409, NothingToUndo: 409, ProjectBusy: 503}
"""HTTP status by error; every other `AmityError` is 400."""


@dataclass(frozen=True, slots=True)
class Call:
    """
    One request, checked.

    Parameters
    ----------
    project : Project
        The served project.
    query : QueryParams
        Parameters of the address.
    path : mapping of str to str
        Parameters of the path.
    body : object
        Decoded JSON that fits the route's schema, or the bytes of an upload.
    headers : mapping of str to str
        The request's headers.
    coder, role : str
        Who asks.
    """

    project: "Project"
    query: QueryParams
    path: Mapping[str, str]
    body: Any
    headers: Mapping[str, str]
    coder: str
    role: Role

    def number(self, name: str, default: int, *, low: int = 0, high: int = 10_000) -> int:
        """Return a whole number of the query."""
        given = self.query.get(name)
        if given is None:
            return default
        if not (given.isascii() and given.isdigit() and low <= int(given[:9]) <= high and len(given) < 9):
            raise InvalidValue(f"{name} is {given!r}; give a whole number from {low} to {high}")
        return int(given)

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        """Return one of some words of the query; the first is the default."""
        given = self.query.get(name, allowed[0])
        if given not in allowed:
            raise InvalidValue(f"{name} is {given!r}; give one of {', '.join(allowed)}")
        return given

    def filter(self, *, least: float | None = None, **more: Any) -> PositionFilter:
        """Return the filter that the query describes; `least` is the score where none is given, else the project's default."""
        known = {name: tuple(self.query.getlist(name)) for name in TEXT_FIELDS if name in self.query}
        try:
            polarities = tuple(int(each) for each in self.query.getlist("polarities"))
            score = float(
                self.query.get("min_score", self.project.default_min_score if least is None else least)
            )
        except ValueError as error:
            raise InvalidValue(f"polarities and min_score are numbers: {error}") from error
        return PositionFilter(
            since=self.query.get("since") or None,
            until=self.query.get("until") or None,
            polarities=polarities,
            min_score=score,
            text=self.query.get("text", ""),
            generic=self.query.get("generic", "true") != "false",
            **{**known, **more},
        )


TEXT_FIELDS = (
    "acts",
    "statuses",
    "voices",
    "states",
    "holders",
    "targets",
    "actors",
    "concepts",
    "documents",
    "kinds",
    "readers",
)
FILTER_PARAMETERS = ("since", "until", "polarities", "min_score", "text", "generic", *TEXT_FIELDS)

Handler = Callable[[Call], Any]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """
    One route.

    Parameters
    ----------
    method, path : str
        As in ``GET`` and ``/api/project``.
    handler : callable
        From `Call` to something JSON can hold, or a `Response`.
    what : str
        One line for the API's description.
    role : Role
        The least role that may call it.
    body : mapping or None
        JSON Schema of the body; None for no body.
    upload : bool
        Whether the body is a file's bytes.
    query : tuple of str
        Names of the parameters it reads.
    """

    method: Literal["GET", "POST", "PATCH", "DELETE"]
    path: str
    handler: Handler
    what: str
    role: Role = "reader"
    body: Schema | None = None
    upload: bool = False
    query: tuple[str, ...] = field(default=())


Identify = Callable[[Request], tuple[str, Role]]


def build_routes(project: "Project", endpoints: Sequence[Endpoint], identify: Identify) -> list[Route]:
    """
    Return Starlette's routes for a table of endpoints.

    Parameters
    ----------
    project : Project
        The served project.
    endpoints : sequence of Endpoint
        The table.
    identify : callable
        From request to coder's name and role; raises `HTTPException` where nobody is signed in.

    Returns
    -------
    list of Route
        In the table's order; handlers run in worker threads.
    """
    return [Route(each.path, _endpoint(project, each, identify), methods=[each.method]) for each in endpoints]


def _endpoint(project: "Project", endpoint: Endpoint, identify: Identify) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        try:
            coder, role = await run_in_threadpool(identify, request)
            if ROLES.index(role) < ROLES.index(endpoint.role):
                raise HTTPException(403, f"this needs the role {endpoint.role}; {coder} has the role {role}")
            body = await _body(request, endpoint)
            call = Call(
                project, request.query_params, request.path_params, body, request.headers, coder, role
            )
            result = await run_in_threadpool(endpoint.handler, call)
        except AmityError as error:
            return error_response(error)
        except HTTPException as error:
            return JSONResponse(
                {"error": {"type": "HTTPException", "message": error.detail}}, error.status_code
            )
        except ClientDisconnect:
            return JSONResponse(
                {
                    "error": {
                        "type": "LimitExceeded",
                        "message": "the body was longer than allowed, or broke off",
                    }
                },
                413,
            )
        return result if isinstance(result, Response) else JSONResponse(result)

    return answer


async def _body(request: Request, endpoint: Endpoint) -> Any:
    if endpoint.upload:
        return await request.body()
    if endpoint.body is None:
        return None
    from json import JSONDecodeError, loads

    raw = await request.body()
    try:
        value = loads(raw or b"{}")
    except (JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidRecord(f"the body is not JSON: {error}") from error
    check_body(value, endpoint.body)
    return value


def check_body(value: object, schema: Schema) -> None:
    """
    Raise unless a decoded body fits its schema.

    Parameters
    ----------
    value : object
        Decoded JSON.
    schema : mapping
        JSON Schema.

    Raises
    ------
    InvalidRecord
        If it does not, naming the place and what is wrong there.
    """
    from jsonschema import Draft202012Validator

    error = next(iter(Draft202012Validator(dict(schema)).iter_errors(value)), None)
    if error is not None:
        place = "/".join(str(each) for each in error.absolute_path) or "the body"
        raise InvalidRecord(f"{place}: {error.message[:300]}")


def error_response(error: AmityError) -> JSONResponse:
    """
    Return the one JSON shape of errors.

    Parameters
    ----------
    error : AmityError
        What went wrong.

    Returns
    -------
    JSONResponse
        ``{"error": {"type", "message"}}`` with the status that fits.
    """
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)
    return JSONResponse({"error": {"type": type(error).__name__, "message": str(error)}}, status)


def describe_api(endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """
    Return the OpenAPI description of a table of endpoints.

    Parameters
    ----------
    endpoints : sequence of Endpoint
        The table.

    Returns
    -------
    dict
        OpenAPI 3.1.
    """
    from amity import __version__

    paths: dict[str, dict[str, Any]] = {}
    for each in endpoints:
        names = [part[1:-1].split(":")[0] for part in each.path.split("/") if part.startswith("{")]
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
        ]
        parameters += [{"name": name, "in": "query", "schema": {"type": "string"}} for name in each.query]
        operation: dict[str, Any] = {
            "summary": each.what,
            "parameters": parameters,
            "x-role": each.role,
            "responses": {
                "200": {"description": "what was asked for"},
                "4XX": {"description": "an error with its reason"},
            },
        }
        if each.body is not None:
            operation["requestBody"] = {
                "required": True,
                "content": {"application/json": {"schema": dict(each.body)}},
            }
        paths.setdefault(each.path.replace(":path", ""), {})[each.method.lower()] = operation
    return {"openapi": "3.1.0", "info": {"title": "amity workbench", "version": __version__}, "paths": paths}
