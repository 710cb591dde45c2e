"""``amity learn``."""

from pathlib import Path

import click

from amity.cli.common import handled, json_option, opened, print_json, print_table, project_argument


@click.command("learn")
@project_argument
@click.option("--least", type=click.IntRange(10), default=20, show_default=True, help="Fewest decisions.")
@click.option("--keep-anyway", is_flag=True, help="Keep it even if it did not help on held-out documents.")
@json_option
@handled
def command(project_path: Path, least: int, keep_anyway: bool, as_json: bool) -> None:
    """Learn from the decisions in PROJECT how far its suggestions are to be believed.

    Suggestions are scored anew and a threshold is set for a precision of .8; first scores and decisions stay as they are. Kept only if it
    helps on held-out documents; amity undo takes it back.
    """
    from amity.publishing.learn import learn

    with opened(project_path) as project:
        result = learn(project, least=least, keep_anyway=keep_anyway)
    if as_json:
        print_json(result.to_json())
        return
    layer, compared = result.layer, result.layer.comparison
    click.echo(
        f"{compared.n} decisions ({layer.right} right, {layer.wrong} wrong; {layer.added} added besides) in {compared.documents} documents; "
        f"held out in {compared.folds} folds by document:"
    )
    print_table(
        ("", "before", "after"),
        (
            (name, *(f"{each:.3f}" for each in pair))
            for name, pair in (
                ("log loss", compared.log_loss),
                ("Brier score", compared.brier),
                ("average precision", compared.average_precision),
            )
        ),
        right=("before", "after"),
    )
    strongest = sorted(layer.weights.items(), key=lambda each: (-abs(each[1]), each[0]))[:10]
    print_table(
        ("what counts most", "weight"),
        ((name, f"{value:+.2f}") for name, value in strongest),
        right=("weight",),
    )
    if layer.threshold is None:
        click.echo("no threshold reaches a precision of .8; lists show every suggestion")
    else:
        click.echo(
            f"threshold {layer.threshold:.2f}: precision {layer.precision:.2f}, recall {layer.recall:.2f} on held-out documents"
        )
    if result.kept:
        click.echo("kept; amity undo takes it back")
    else:
        click.echo("it did not help, and was not kept; check some more, or use --keep-anyway")
