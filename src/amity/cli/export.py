"""``amity export``."""

from pathlib import Path

import click

from amity.cli.common import (
    build_filter,
    filter_options,
    handled,
    json_option,
    opened,
    print_json,
    print_table,
)


def _least(name: str) -> float | None:
    """Codings hold every suggestion with its score; networks what counts."""
    from amity.formats import FORMATS

    return 0.0 if name in FORMATS and FORMATS[name].kind == "coding" else None


@click.command("export")
@click.argument("project_path", metavar="PROJECT", type=click.Path(path_type=Path), required=False)
@click.argument("out", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format", "name", metavar="NAME", help="Name of the format; without PROJECT, list the formats."
)
@filter_options
@json_option
@handled
def command(
    project_path: Path | None, out: Path | None, name: str | None, filters: dict[str, object], as_json: bool
) -> None:
    """Write positions, codings or the network of PROJECT to OUT in a format of other tools.

    Without arguments, list the formats.
    """
    from amity.errors import InvalidValue
    from amity.formats import FORMATS, find_format

    if project_path is None:
        listed = [each for each in FORMATS.values() if each.writes]
        if as_json:
            print_json(
                [
                    {
                        "name": each.name,
                        "holds": each.kind,
                        "extensions": list(each.extensions),
                        "what": each.what,
                        "loses": each.loses,
                    }
                    for each in listed
                ]
            )
        else:
            print_table(
                ("Format", "Holds", "Ends", "What", "Cannot hold"),
                ((each.name, each.kind, " ".join(each.extensions), each.what, each.loses) for each in listed),
            )
        return
    if out is None:
        raise InvalidValue("give the file or folder to write: amity export PROJECT --format NAME OUT")
    from amity.publishing import export_project

    with opened(project_path) as project:
        written = export_project(
            project,
            name or find_format(out).name,
            out,
            build_filter(project, filters, least=_least(name or find_format(out).name)),
        )
    if as_json:
        print_json({"files": [str(each) for each in written]})
        return
    for each in written:
        click.echo(str(each))
