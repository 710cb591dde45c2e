"""``amity sample``."""

from pathlib import Path

import click

from amity.cli.common import handled, json_option, print_json


@click.command("sample")
@click.argument("directory", type=click.Path(path_type=Path))
@json_option
@handled
def command(directory: Path, as_json: bool) -> None:
    """Write the sample corpus, an invented world with its gold codings, into DIRECTORY."""
    from amity.samples import write_sample

    written = write_sample(directory)
    if as_json:
        print_json({"directory": str(directory), "files": [str(path) for path in written]})
        return
    click.echo(f"{len(written)} files are in {directory}")
    click.echo(f"next: amity read {directory / 'documents'} --into {directory.name}.amity")
