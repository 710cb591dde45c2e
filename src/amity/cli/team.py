"""``amity team``."""

import sys
from pathlib import Path

import click

from amity.cli.common import handled, json_option, opened, print_json, print_table, project_argument
from amity.errors import NotFound
from amity.web.api import ROLES


@click.group("team")
@project_argument
@click.pass_context
def command(context: click.Context, project_path: Path) -> None:
    """The people who work on PROJECT, their roles and passwords; for amity serve --team."""
    context.obj = project_path


@command.command("list")
@json_option
@click.pass_obj
@handled
def list_(project_path: Path, as_json: bool) -> None:
    """List names, roles and who can sign in."""
    with opened(project_path) as project:
        rows = [
            {
                "name": each.name,
                "role": each.role,
                "active": each.active,
                "password": project.team.secret(each.name) is not None,
            }
            for each in project.team.coders()
        ]
    if as_json:
        print_json(rows)
        return
    print_table(
        ("name", "role", "active", "password"),
        [
            (r["name"], r["role"], *("yes" if r[key] else "no" for key in ("active", "password")))
            for r in rows
        ],
    )


@command.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default=None, help="coder for a new person.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, one line.")
@click.pass_obj
@handled
def add(project_path: Path, name: str, role: str | None, password_stdin: bool) -> None:
    """Add NAME with a password, or give NAME a new password or role."""
    from amity.web.accounts import hash_password

    name = name.strip()
    with opened(project_path) as project:
        if password_stdin:
            password = sys.stdin.readline().rstrip("\r\n")
        else:
            password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        project.team.set_coder(name, role=role, active=True, secret=hash_password(password))  # type: ignore[arg-type]
    click.echo(f"{name} can sign in")


@command.command("deactivate")
@click.argument("name")
@click.pass_obj
@handled
def deactivate(project_path: Path, name: str) -> None:
    """Shut NAME out; what NAME coded stays."""
    with opened(project_path) as project:
        if name not in {each.name for each in project.team.coders()}:
            raise NotFound(f"the project has no coder {name!r}; see: amity team {project_path} list")
        project.team.set_coder(name, active=False)
    click.echo(f"{name} can no longer sign in")
