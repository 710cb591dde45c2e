"""``amity publish``."""

from pathlib import Path

import click

from amity.cli.common import (
    actor_id,
    build_filter,
    filter_options,
    handled,
    json_option,
    opened,
    print_json,
    project_argument,
)


@click.command("publish")
@project_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder of the site; an earlier site in it is replaced.",
)
@click.option(
    "--texts",
    type=click.Choice(["full", "quotations", "none"]),
    default="full",
    show_default=True,
    help="Publish texts, only quotations (for texts under copyright), or neither.",
)
@click.option("--leave-out", multiple=True, metavar="ACTOR", help="Leave out this actor with its positions.")
@click.option(
    "--hold-back", multiple=True, metavar="DOCUMENT", help="Hold back this document with its positions."
)
@click.option("--licence", default="", help="Licence of the data.")
@click.option("--citation", default="", help="How to cite it.")
@click.option("--creator", default="", help="Who made it.")
@filter_options
@json_option
@handled
def command(
    project_path: Path,
    out: Path,
    texts: str,
    leave_out: tuple[str, ...],
    hold_back: tuple[str, ...],
    licence: str,
    citation: str,
    creator: str,
    filters: dict[str, object],
    as_json: bool,
) -> None:
    """Publish PROJECT as a static site that opens from disk: every tie leads to its words in their document."""
    from amity.publishing.site import SiteOptions, publish_site

    with opened(project_path) as project:
        options = SiteOptions(
            texts=texts,  # type: ignore[arg-type]
            leave_out=frozenset(actor_id(project, each) for each in leave_out),
            hold_back=frozenset(project.document_row(each).id for each in hold_back),
            licence=licence,
            citation=citation,
            creator=creator,
        )
        written = publish_site(project, out, build_filter(project, filters), options=options)
    if as_json:
        print_json({"folder": str(out), "files": len(written)})
        return
    click.echo(f"{len(written)} files are in {out}; open {out / 'index.html'} in a browser")
