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
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The HTML file to write."
)
@json_option
@handled
def command(project_path: Path, filters: dict[str, object], out: Path, as_json: bool) -> None:
    """Write the report of PROJECT: network, strongest ties with their words, actors, documents.

    The file opens from disk, without a network.
    """
    from amity.publishing import write_report

    with opened(project_path) as project:
        path = write_report(project, out, build_filter(project, filters))
    if as_json:
        print_json({"report": str(path), "bytes": path.stat().st_size})
        return
    click.echo(f"the report is in {path}; open it in a browser")
