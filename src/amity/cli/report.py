"""``amity report``."""

from pathlib import Path

import click

from amity.cli.common import (
    build_filter,
    filter_options,
    handled,
    json_option,
    opened,
    print_json,
    project_argument,
)


@click.command("report")
@project_argument
@filter_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write: .html, .md or .docx.",
)
@json_option
@handled
def command(project_path: Path, filters: dict[str, object], out: Path, as_json: bool) -> None:
    """Write the report of PROJECT: network, strongest ties with their words, actors, documents.

    An HTML file opens from disk, without a network, and prints.
    """
    from amity.publishing import write_report

    with opened(project_path) as project:
        path = write_report(project, out, build_filter(project, filters))
    if as_json:
        print_json({"report": str(path), "bytes": path.stat().st_size})
        return
    click.echo(
        f"the report is in {path}; open it" + (" in a browser" if path.suffix.startswith(".htm") else "")
    )
