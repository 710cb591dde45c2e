"""``amity demo``."""

from pathlib import Path

import click

from amity.cli.common import handled, opened


@click.command("demo")
@click.argument("directory", type=click.Path(path_type=Path), default="demo")
@click.option(
    "--serve/--no-serve",
    default=None,
    help="Open the workbench at the end; by default where a screen is at hand.",
)
@handled
def command(directory: Path, serve: bool | None) -> None:
    """Read the sample corpus into DIRECTORY, print the strongest ties with their words, and write the report."""
    from amity.model import PositionFilter
    from amity.pipeline import default_reader, read_into
    from amity.project import Project
    from amity.publishing import strongest_ties, write_report
    from amity.samples import write_sample

    corpus, path, report = directory / "sample", directory / "sample.amity", directory / "report.html"
    files = write_sample(corpus)
    click.echo(f"the sample corpus, an invented world in {len(files)} files, is in {corpus}")
    if not path.exists():
        Project.create(path, name="The Inner Sea, 1961 to 1967").close()
    with opened(path) as project:
        reader = default_reader()
        done = read_into(project, [corpus / "documents"], reader=reader)
        click.echo(
            f"read with the reader {reader} in {done.seconds:.1f} s: {done.documents} documents ({done.skipped} known before), {done.positions} positions\n"
        )
        for each in done.unreadable:
            click.echo(f"  not read: {each.path}: {each.reason}")
        summary = project.summary()
        signs = summary.positions_by_polarity
        click.echo(
            f"{summary.n_documents} documents, {summary.first_date} to {summary.last_date}; {summary.n_actors} actors; {summary.n_positions} positions:"
        )
        click.echo(
            f"  {signs.get('1', 0)} supporting, {signs.get('-1', 0)} opposing, {signs.get('0', 0)} neither, {signs.get('none', 0)} about a concept alone\n"
        )
        click.echo("strongest ties, with their words")
        for tie in strongest_ties(project, 6):
            click.echo(
                f"\n  {tie.source} \u2192 {tie.target}: {tie.support:g} supporting, {tie.opposition:g} opposing"
            )
            for words in tie.words:
                click.echo(f"    {words.sign} \u201c{_short(words.text)}\u201d ({words.title}, {words.date})")
        write_report(project, report, PositionFilter(min_score=project.default_min_score))
    click.echo(f"\nthe report: open {report.resolve()} in a browser")
    click.echo(f"the workbench: amity serve {path}")
    if serve:
        from amity.cli.serve import command as serve_command

        serve_command.main([str(path)], standalone_mode=False)


def _short(text: str) -> str:
    from amity.cli.common import shorten

    return shorten(text, 130)
