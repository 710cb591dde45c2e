"""``amity serve``."""

import sys
from pathlib import Path

import click

from amity.cli.common import handled, opened, project_argument


@click.command("serve")
@project_argument
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; this machine alone by default.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; a free one by default.")
@click.option("--token", default="", envvar="AMITY_TOKEN", help="Token of this start; a new one by default.")
@click.option(
    "--coder", default="", help="Name that your decisions are recorded under; your user name by default."
)
@click.option("--team", is_flag=True, help="Ask for names and passwords; see amity team.")
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    help="A further name under which the server is reached.",
)
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
@handled
def command(
    project_path: Path,
    host: str,
    port: int,
    token: str,
    coder: str,
    team: bool,
    names: tuple[str, ...],
    browser: bool,
) -> None:
    """Open the workbench of PROJECT in the browser; Ctrl-C stops it, and everything is saved at every step."""
    from amity.web.serve import serve_project

    def announce(address: str) -> None:
        click.echo(f"the workbench of {project_path} is open at\n  {address}\nstop it with Ctrl-C")
        sys.stdout.flush()
        if browser:
            _open(address)

    with opened(project_path, coder=coder) as project:
        serve_project(project, host=host, port=port, token=token, team=team, names=names, announce=announce)


def _open(address: str) -> None:
    """Open the address where there is a screen; a machine without one only prints it."""
    import os
    import threading
    import webbrowser

    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        return
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
