"""``amity figure``."""

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


@click.command("figure")
@project_argument
@click.argument("kind", type=click.Choice(["network", "matrix", "timeline"]))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Where to write: .svg, .pdf or .png.",
)
@click.option(
    "--width", type=click.FloatRange(40, 1000), default=180.0, show_default=True, help="Millimetres."
)
@click.option(
    "--height",
    type=click.FloatRange(30, 1000),
    default=None,
    help="Millimetres; from the width if not given.",
)
@click.option(
    "--dpi", type=click.IntRange(50, 1200), default=300, show_default=True, help="Dots an inch, for .png."
)
@click.option("--title", default="", help="Heading; none by default.")
@click.option("--blocs/--no-blocs", default=False, help="Shade the blocs of the network.")
@filter_options
@json_option
@handled
def command(
    project_path: Path,
    kind: str,
    out: Path,
    width: float,
    height: float | None,
    dpi: int,
    title: str,
    blocs: bool,
    filters: dict[str, object],
    as_json: bool,
) -> None:
    """Draw a print-ready figure of PROJECT, and print its caption: n, filters, settings."""
    from amity.publishing.figures import draw_figure

    with opened(project_path) as project:
        condition = build_filter(project, filters)
        drawing, caption = draw_figure(
            project, kind, condition, width=width, height=height, title=title, blocs=blocs
        )
    drawing.save(out, dpi=dpi)
    if as_json:
        print_json({"figure": str(out), "caption": caption})
        return
    click.echo(f"{out}\n{caption}")
