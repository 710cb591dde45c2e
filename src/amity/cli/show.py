"""``amity show``."""

from dataclasses import asdict
from pathlib import Path

import click

from amity.cli.common import handled, json_option, opened, print_json, print_table, project_argument, shorten
from amity.publishing import strongest_ties


@click.command("show")
@project_argument
@click.option("--documents", "list_documents", is_flag=True, help="List every document.")
@click.option(
    "--ties",
    type=click.IntRange(0),
    default=8,
    show_default=True,
    help="Strongest ties to show with their words.",
)
@json_option
@handled
def command(project_path: Path, list_documents: bool, ties: int, as_json: bool) -> None:
    """Summarise PROJECT: documents, positions, actors, and the strongest ties with their words."""
    with opened(project_path) as project:
        summary = project.summary()
        documents = project.documents()
        strongest = strongest_ties(project, ties)
        runs = project.read_runs()
    if as_json:
        print_json({
            **asdict(summary),
            "ties": [each.to_json() for each in strongest],
            "document_list": [
                {"id": row.id, "title": row.title, "date": row.date, "issuers": list(row.issuers), "kind": row.kind, "language": row.language,
                 "characters": row.n_characters, "positions": row.n_positions, "checked": row.n_checked}
                for row in documents
            ] if list_documents else None,
            "unreadable": [dict(each) for run in runs for each in run.unreadable],
        })  # fmt: skip
        return
    click.echo(
        f"{summary.name}: {summary.n_documents} documents, {summary.n_positions} positions, {summary.n_actors} actors, "
        f"{summary.n_checked} positions checked by a person"
    )
    if summary.first_date:
        click.echo(f"from {summary.first_date} to {summary.last_date}")
    click.echo("acts: " + ", ".join(f"{name} {count}" for name, count in summary.positions_by_act.items()))
    signs = summary.positions_by_polarity
    click.echo(
        f"towards targets: {signs.get('1', 0)} supporting, {signs.get('-1', 0)} opposing, {signs.get('0', 0)} neither; "
        f"about a concept alone: {signs.get('none', 0)}"
    )
    if list_documents:
        click.echo()
        print_table(
            ("Date", "Id", "Title", "Issuers", "Kind", "Lang", "Positions", "Checked"),
            (
                (
                    row.date,
                    row.id,
                    shorten(row.title, 60),
                    shorten(", ".join(row.issuers), 50),
                    row.kind,
                    row.language,
                    row.n_positions,
                    row.n_checked,
                )
                for row in documents
            ),
            right=("Positions", "Checked"),
        )
    if strongest:
        click.echo("\nStrongest ties, with their words")
    for tie in strongest:
        click.echo(
            f"\n{tie.source} \u2192 {tie.target}: {tie.support:g} supporting, {tie.opposition:g} opposing"
        )
        for words in tie.words:
            click.echo(
                f"  {words.sign} \u201c{shorten(words.text, 150)}\u201d ({shorten(words.title, 50)}{', ' + words.date if words.date else ''})"
            )
    unread = [each for run in runs for each in run.unreadable]
    if unread:
        click.echo(f"\nNot read ({len(unread)}):")
        for each in unread[:20]:
            click.echo(f"  {each['path']}{' ' + each['place'] if each['place'] else ''}: {each['reason']}")
