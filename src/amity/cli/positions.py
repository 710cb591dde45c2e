"""``amity positions``."""

from pathlib import Path
from typing import Literal

import click

from amity.cli.common import (
    build_filter,
    filter_options,
    handled,
    json_option,
    opened,
    print_json,
    print_table,
    project_argument,
    shorten,
)
from amity.model import position_to_json

PositionOrder = Literal["document", "date", "score", "uncertainty", "influence"]
SIGNS = {1: "+", -1: "\u2212", 0: "0", None: ""}


@click.command("positions")
@project_argument
@filter_options
@click.option(
    "--limit", type=click.IntRange(1), default=None, help="At most this many; 50 where a table is printed."
)
@click.option(
    "--order",
    type=click.Choice(["document", "date", "score", "uncertainty", "influence"]),
    default="document",
    show_default=True,
    help="uncertainty: scores near one half first; influence: those on which the network hangs most.",
)
@json_option
@handled
def command(
    project_path: Path, filters: dict[str, object], limit: int | None, order: PositionOrder, as_json: bool
) -> None:
    """List positions of PROJECT with their words."""
    with opened(project_path) as project:
        condition = build_filter(project, filters, least=0.0)
        total = project.count_positions(condition)
        rows = project.positions(condition, order=order, limit=limit if limit or as_json else 50)
        names = {row.actor.id: row.actor.name for row in project.actors()}
    if as_json:
        print_json([
            {
                **position_to_json(row.position),
                "learned_score": row.learned_score, "document": row.position.document_id, "title": row.document_title, "document_date": row.document_date, "state": row.state,
                "holder_names": [names[each] for each in row.position.holders],
                "target_names": [names[each] for each in row.position.targets],
                "words": [each.exact for each in row.position.evidence],
                "cue_words": row.position.cue.exact,
            }
            for row in rows
        ])  # fmt: skip
        return
    print_table(
        ("Date", "Holder", "", "Act", "Target", "Concept", "Words", "Score", "State"),
        (
            (
                row.position.date or row.document_date,
                ", ".join(names[each] for each in row.position.holders),
                SIGNS[row.position.polarity if row.position.targets else row.position.agreement],
                row.position.act,
                ", ".join(names[each] for each in row.position.targets),
                shorten(row.position.concept or "", 50),
                shorten(" \u2026 ".join(each.exact for each in row.position.evidence), 110),
                f"{row.position.score if row.learned_score is None else row.learned_score:.2f}",
                row.state,
            )
            for row in rows
        ),
        right=("Score",),
    )
    click.echo(f"{len(rows)} of {total} positions" + ("; see more with --limit" if len(rows) < total else ""))
