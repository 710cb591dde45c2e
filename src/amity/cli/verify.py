"""``amity verify``."""

import sys
from pathlib import Path

import click

from amity.cli.common import handled, json_option, opened, print_json


@click.command("verify")
@click.argument("source", metavar="PROJECT_OR_SITE", type=click.Path(path_type=Path))
@json_option
@handled
def command(source: Path, as_json: bool) -> None:
    """Check every hash, offset, quote, event and derived table of a project, or every file of a published site.

    Exit code 1 where something does not fit; it is listed.
    """
    from amity.publishing.verify import verify_site

    if source.is_dir():
        problems = verify_site(source)
    else:
        with opened(source) as project:
            problems = project.verify()
    if as_json:
        print_json({"problems": problems})
    else:
        for each in problems:
            click.echo(each)
        click.echo(f"{len(problems)} problems in {source}" if problems else f"{source} is sound")
    sys.exit(1 if problems else 0)
