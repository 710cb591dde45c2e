"""``amity redo``."""

from pathlib import Path

import click

from amity.cli.common import handled, json_option, opened, print_json, project_argument


@click.command("redo")
@project_argument
@json_option
@handled
def command(project_path: Path, as_json: bool) -> None:
    """Bring back what was undone last in PROJECT."""
    with opened(project_path) as project:
        event = project.redo()
    if as_json:
        print_json({"redone": {"id": event.id, "kind": event.kind, "at": event.at, "summary": event.summary}})
        return
    click.echo(f"redone: {event.summary}")
