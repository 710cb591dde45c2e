"""``amity merge``."""

from dataclasses import asdict
from pathlib import Path

import click

from amity.cli.common import handled, json_option, opened, print_json, print_table


@click.command("merge")
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="B", type=click.Path(path_type=Path))
@click.option(
    "--into", metavar="C", type=click.Path(path_type=Path), help="Leave A as it is, and write a merged copy."
)
@json_option
@handled
def command(first: Path, second: Path, into: Path | None, as_json: bool) -> None:
    """Bring into A what its copy B has and A lacks; B stays as it is."""
    from amity.project import merge_copies

    target = first
    if into is not None:
        with opened(first) as project:
            target = project.copy_to(into)
    try:
        with opened(target) as project, opened(second) as other:
            merged = merge_copies(project, other)
    except BaseException:
        if into is not None:
            target.unlink(missing_ok=True)
        raise
    if as_json:
        print_json({"into": str(target), **asdict(merged)})
        return
    counts = ", ".join(f"{number} {name}s" for name, number in merged.counts.items() if number)
    click.echo(f"{target}: {merged.acts} acts came from {second}" + (f": {counts}" if counts else ""))
    if merged.conflicts:
        click.echo(f"{len(merged.conflicts)} conflicts; both sides are kept:")
        print_table(
            ("about", "what", "here", "there"),
            [(each.subject, each.what, each.here, each.there) for each in merged.conflicts],
        )
