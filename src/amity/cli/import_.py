"""``amity import``."""

from pathlib import Path

import click

from amity.cli.common import handled, json_option, opened, print_json, print_table


@click.command("import")
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--into",
    "project_path",
    type=click.Path(path_type=Path),
    required=True,
    help="The project; made if it is not there.",
)
@click.option("--format", "name", metavar="NAME", help="Name of the format; else the file's end tells.")
@click.option(
    "--coder",
    default="",
    help="Record the codings as this coder's decisions; else as suggestions of the import.",
)
@json_option
@handled
def command(source: Path, project_path: Path, name: str | None, coder: str, as_json: bool) -> None:
    """Bring the documents and codings of INPUT, made with another tool, into a project.

    Every selection is checked against its quote; what cannot be anchored is listed.
    """
    from amity.errors import InvalidValue, UnknownFormat
    from amity.formats import FORMATS, Imported, find_format
    from amity.project import Project
    from amity.publishing import import_codings

    if name is not None and name not in FORMATS:
        raise UnknownFormat(
            f"there is no format {name!r}; amity reads {', '.join(each.name for each in FORMATS.values() if each.reads)}"
        )
    chosen = FORMATS[name] if name else find_format(source, kind="coding", reads=True)
    imported = chosen.read(source)
    if not isinstance(imported, Imported):
        raise InvalidValue(
            f"{source} holds a network without texts; look at it with: amity network {source}, amity measure {source} NAME"
        )
    if not project_path.exists():
        Project.create(project_path).close()
    with opened(project_path) as project:
        report = import_codings(project, imported, source=source.name, format_name=chosen.name, coder=coder)
    if as_json:
        print_json(report.to_json())
        return
    click.echo(
        f"{report.documents} documents, {report.positions} positions from {source} are in {project_path}"
    )
    if report.duplicates:
        click.echo(f"{report.duplicates} documents were there already")
    if imported.problems:
        click.echo(f"\n{len(imported.problems)} things could not be taken over as they stand:")
        print_table(
            ("Place", "Found", "What became of it"),
            ((each.place, each.reason, each.kept) for each in imported.problems[:200]),
        )
