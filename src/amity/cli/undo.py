"""``amity undo``."""

from pathlib import Path

import click

from amity.cli.common import handled, json_option, opened, print_json, project_argument


@click.command("undo")
@project_argument
@json_option
@handled
def command(project_path: Path, as_json: bool) -> None:
    """Take back the latest change to PROJECT; amity redo brings it back."""
    with opened(project_path) as project:
        event = project.undo()
    if as_json:
        print_json({"undone": {"id": event.id, "kind": event.kind, "at": event.at, "summary": event.summary}})
        return
    click.echo(f"undone: {event.summary}")
