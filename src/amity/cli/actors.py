"""``amity actors``."""

from pathlib import Path

import click

from amity.cli.common import actor_id, handled, json_option, opened, print_json, print_table, project_argument


@click.group("actors")
def command() -> None:
    """List, merge and rename a project's actors; every change can be undone."""


@command.command("list")
@project_argument
@click.option("--search", default="", metavar="TEXT", help="Only actors whose name or alias contains this.")
@click.option("--links", is_flag=True, help="Show why actors of several documents were taken as one.")
@json_option
@handled
def list_actors(project_path: Path, search: str, links: bool, as_json: bool) -> None:
    """List the actors of PROJECT with their positions, most first."""
    with opened(project_path) as project:
        wanted = search.casefold()
        rows = [
            row
            for row in project.actors()
            if wanted in " ".join((row.actor.name, *row.actor.aliases)).casefold()
        ]
        reasons = {row.actor.id: project.appearances(row.actor.id) for row in rows} if links else {}
    rows.sort(key=lambda row: (-(row.n_held + row.n_towards), row.actor.name))
    if as_json:
        print_json([
            {
                "id": row.actor.id, "name": row.actor.name, "kind": row.actor.kind, "generic": row.actor.generic,
                "aliases": list(row.actor.aliases), "held": row.n_held, "received": row.n_towards,
                **({"links": [{"name": each.name, "document": each.document_id, "reason": each.reason} for each in reasons[row.actor.id]]} if links else {}),
            }
            for row in rows
        ])  # fmt: skip
        return
    print_table(
        ("Actor", "Kind", "Holds", "Receives", "Also called", "Id"),
        (
            (
                row.actor.name + (" (generic)" if row.actor.generic else ""),
                row.actor.kind,
                row.n_held,
                row.n_towards,
                ", ".join(row.actor.aliases[:5]),
                row.actor.id,
            )
            for row in rows
        ),
        right=("Holds", "Receives"),
    )
    for row in rows if links else ():
        for each in reasons[row.actor.id]:
            click.echo(f"{row.actor.name} <- {each.name} ({each.document_id}): {each.reason}")


@command.command("merge")
@project_argument
@click.argument("actors", nargs=-1, required=True)
@click.option("--into", required=True, metavar="ACTOR", help="The actor that stays.")
@json_option
@handled
def merge(project_path: Path, actors: tuple[str, ...], into: str, as_json: bool) -> None:
    """Make ACTORS (names, aliases or ids) one with another actor of PROJECT."""
    with opened(project_path) as project:
        stays = actor_id(project, into)
        merged = [actor_id(project, each) for each in actors]
        project.merge_actors(merged, stays)
        name = project.actor(stays).name
    if as_json:
        print_json({"into": stays, "merged": merged})
        return
    click.echo(f"{len(merged)} merged into {name}; take it back with: amity undo {project_path}")


@command.command("rename")
@project_argument
@click.argument("actor")
@click.argument("name")
@json_option
@handled
def rename(project_path: Path, actor: str, name: str, as_json: bool) -> None:
    """Give ACTOR of PROJECT another NAME; the old one stays as an alias."""
    with opened(project_path) as project:
        identity = actor_id(project, actor)
        project.rename_actor(identity, name)
    if as_json:
        print_json({"id": identity, "name": name})
        return
    click.echo(f"{actor} is now {name}; take it back with: amity undo {project_path}")
