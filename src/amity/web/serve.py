"""Start the workbench on this machine."""

import secrets
import socket
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from amity.errors import InvalidValue
from amity.web.accounts import Accounts
from amity.web.app import create_app

if TYPE_CHECKING:
    from amity.project import Project


def serve_project(
    project: "Project",
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    token: str = "",
    team: bool = False,
    names: Sequence[str] = (),
    announce: Callable[[str], None],
) -> None:
    """
    Serve the workbench of a project until it is interrupted.

    Parameters
    ----------
    project : Project
        An open project.
    host : str
        Address to listen on; this machine alone unless told otherwise.
    port : int
        Port; 0 takes a free one.
    token : str
        Token of this start; a new one if empty.
    team : bool
        Ask for names and passwords instead of a token.
    names : sequence of str
        Further names under which the server is reached, with their port if it is another than the one listened on.
    announce : callable
        Gets the address to open, once the server listens.

    Raises
    ------
    InvalidValue
        If the address cannot be listened on, or nobody could sign in.
    """
    import uvicorn

    accounts = _accounts(project) if team else None
    secret = token or secrets.token_urlsafe(24)
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise InvalidValue(
            f"cannot listen on {host} port {port}: {error.strerror}; choose another with --port"
        ) from error
    number = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    hosts = {
        f"{name}:{number}" for name in (shown, "127.0.0.1", "localhost", "[::1]", *_own_names(host), *names)
    }
    hosts.update(names)
    app = create_app(project, token=secret, hosts=hosts, accounts=accounts)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3
    )
    listening.listen(128)
    announce(f"http://{shown}:{number}/" if team else f"http://{shown}:{number}/?token={secret}")
    uvicorn.Server(config).run(sockets=[listening])


def _accounts(project: "Project") -> Accounts:
    if not any(each.active and project.team.secret(each.name) for each in project.team.coders()):
        raise InvalidValue(
            f"nobody has a password yet; begin with: amity team {project.path} add NAME --role administrator"
        )
    return Accounts(project)


def _own_names(host: str) -> list[str]:
    """Under which names others reach a machine that listens on all its addresses."""
    if host not in ("0.0.0.0", "::"):
        return []
    name = socket.gethostname()
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    return [name, *sorted(f"[{each}]" if ":" in each else each for each in found)]
