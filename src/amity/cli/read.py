"""``amity read``."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amity.cli.common import handled, json_option, opened, print_json, shorten
from amity.cli.language_model import (
    as_reader_of,
    confirm_calls,
    language_model_options,
    language_model_reader,
    print_tally,
)
from amity.errors import InvalidValue

if TYPE_CHECKING:
    from amity.documents.records import OcrUse
    from amity.pipeline import Progress, ReadReport


@click.command("read")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--into",
    "project_path",
    type=click.Path(path_type=Path),
    required=True,
    help="The project; made if it is not there.",
)
@click.option(
    "--metadata",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Table with a row a document; else metadata.csv beside the files.",
)
@click.option("--pattern", default="", metavar="P", help="What file names say, as in '{date}-{issuer}'.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Column of a table that holds a field, as in text=speech.",
)
@click.option(
    "--reader",
    default="",
    metavar="NAME",
    help="Who finds the positions: rules, trained, llm; none reads documents only.",
)
@language_model_options
@click.option(
    "--jobs", type=click.IntRange(0), default=1, show_default=True, help="Processes; 0 takes one a core."
)
@click.option("--cluster", metavar="ADDRESS", help="Read on a Dask cluster, as in tcp://host:8786.")
@click.option(
    "--ocr",
    type=click.Choice(["auto", "on", "off"]),
    default="auto",
    show_default=True,
    help="Text recognition in scans and pictures.",
)
@click.option("--language", default="", metavar="CODE", help="Language of every document; guessed otherwise.")
@json_option
@handled
def command(
    inputs: tuple[Path, ...],
    project_path: Path,
    metadata: Path | None,
    pattern: str,
    columns: tuple[str, ...],
    reader: str,
    jobs: int,
    cluster: str | None,
    ocr: "OcrUse",
    language: str,
    language_model: dict[str, Any],
    as_json: bool,
) -> None:
    """Read documents (files, folders, zip archives) into a project and find their positions.

    What was read before is passed over, so that a broken-off read goes on where it stopped. What cannot be read is listed, and the exit
    code is 1; the rest is in the project.
    """
    from amity.documents import ReadOptions
    from amity.pipeline import connect_cluster, default_reader, read_into
    from amity.project import Project

    missing = [str(path) for path in inputs if not path.exists()]
    if missing:
        raise InvalidValue(f"there is no file or folder {', '.join(missing)}; nothing was read")
    options = ReadOptions(
        metadata=metadata, pattern=pattern, columns=_columns(columns), ocr=ocr, language=language
    )
    name = reader or default_reader()
    model = language_model_reader(name, language_model, project_path, cluster=cluster)
    if not project_path.exists():
        Project.create(project_path).close()
    with opened(project_path) as project:
        if model is not None:
            confirm_calls(model, project, inputs, options, yes=language_model["yes"], as_json=as_json)
        executor = connect_cluster(cluster) if cluster else None
        try:
            with _shown(quiet=as_json) as progress:
                report = read_into(
                    project,
                    inputs,
                    reader=name if model is None else as_reader_of(model),
                    jobs=jobs,
                    options=options,
                    progress=progress,
                    executor=executor,
                )
        except KeyboardInterrupt:
            click.echo(
                f"\nstopped; what was read is in {project_path}. The same command goes on from here.",
                err=True,
            )
            sys.exit(130)
    if as_json:
        print_json(_as_json(report) | ({} if model is None else {"tally": model.tally()}))
    else:
        _print(report, project_path, name)
        if model is not None:
            print_tally(model)
    sys.exit(1 if report.unreadable else 0)


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    for each in given:
        if "=" not in each:
            raise InvalidValue(f"--column is {each!r}; give FIELD=COLUMN, as in text=speech")
    return dict(each.split("=", 1) for each in given)


@contextmanager
def _shown(*, quiet: bool) -> "Iterator[Callable[[Progress], None] | None]":
    """Show a bar with an estimate on a terminal, and nothing where the output is piped."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    layout = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}", markup=False),
    )
    with Progress(*layout, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=1.0, note="")

        def show(progress: "Progress_") -> None:
            note = f"{progress.documents} documents, {progress.positions} positions · {shorten(progress.current, 40)}"
            bar.update(task, completed=progress.share, note=note)

        yield show


if TYPE_CHECKING:
    Progress_ = Progress


def _as_json(report: "ReadReport") -> dict[str, object]:
    return {
        "documents": report.documents,
        "skipped": report.skipped,
        "positions": report.positions,
        "characters": report.characters,
        "duplicates": [{"id": each, "of": of} for each, of in report.duplicates],
        "new_versions": list(report.new_versions),
        "unreadable": [
            {"path": each.path, "place": each.place, "reason": each.reason, "error": each.error}
            for each in report.unreadable
        ],
        "seconds": round(report.seconds, 3),
    }


def _print(report: "ReadReport", project_path: Path, reader: str) -> None:
    click.echo(
        f"{report.documents} documents read with the reader {reader}, {report.positions} positions found, in {report.seconds:.1f} s"
    )
    if report.skipped:
        click.echo(f"{report.skipped} had been read before")
    for identity, of in report.duplicates:
        click.echo(f"duplicate: {identity} has the same text as {of}")
    for identity in report.new_versions:
        click.echo(f"new version: {identity}")
    if report.unreadable:
        click.echo(f"\n{len(report.unreadable)} could not be read:")
        for each in report.unreadable:
            click.echo(f"  {each.path}{' ' + each.place if each.place else ''}: {shorten(each.reason, 300)}")
    click.echo(f"\nnext: amity show {project_path}")
