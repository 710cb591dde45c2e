"""``amity bundle``."""

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


@click.command("bundle")
@project_argument
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The zip archive to write."
)
@filter_options
@json_option
@handled
def command(project_path: Path, out: Path, filters: dict[str, object], as_json: bool) -> None:
    """Write a reproducibility bundle of PROJECT: texts and codings, decisions, network, figures, report, versions, rebuild.py.

    The same project gives the same bytes.
    """
    from amity.publishing.bundle import write_bundle

    with opened(project_path) as project:
        path = write_bundle(project, out, build_filter(project, filters))
    if as_json:
        print_json({"bundle": str(path), "bytes": path.stat().st_size})
        return
    click.echo(f"{path} holds everything; unpack it and run: python rebuild.py")
