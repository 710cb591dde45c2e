"""The command line: one file a command; each is loaded only when it is called."""

from importlib import import_module

import click

from amity import __version__

COMMANDS = {
    "actors": "List, merge and rename a project's actors.",
    "bundle": "Write a reproducibility bundle.",
    "demo": "Read the sample corpus and open the result.",
    "evaluate": "Score a project's or folder's codings against gold.",
    "export": "Write positions, codings or the network in a format of other tools.",
    "figure": "Draw a print-ready figure with its caption.",
    "import": "Bring codings of other tools into a project.",
    "learn": "Learn from a project's decisions how far to believe its suggestions.",
    "measure": "Measure a network: balance, blocs, polarization and more.",
    "merge": "Merge two copies of a project that were coded apart.",
    "network": "Build a network and print or write it.",
    "positions": "List positions with their words.",
    "publish": "Publish a project as a static site.",
    "read": "Read documents into a project.",
    "redo": "Bring back what was undone.",
    "report": "Write the report of a project: HTML, Markdown or Word.",
    "sample": "Write out the sample corpus.",
    "serve": "Open the workbench of a project in the browser.",
    "show": "Summarise a project.",
    "team": "List, add and deactivate the people who work on a project.",
    "undo": "Take back the latest change to a project.",
    "verify": "Check that a project or a published site is sound.",
}
"""Every command with its line in ``amity --help``; the name is the module's."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"amity.cli.{cmd_name}_" if cmd_name == "import" else f"amity.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="amity")
def main() -> None:
    """Who stands with whom, in whose words: from documents to signed networks of positions.

    Begin with: amity demo
    """
