"""Write the reference pages that follow from the code: ``python docs/generate.py`` (a test holds that they are up to date)."""

import sys
from pathlib import Path

import click

from amity import _ROOMS
from amity.cli import COMMANDS, main

REFERENCE = Path(__file__).parent / "reference"


def cli_page() -> str:
    """Return the page of commands, from their own help."""
    parts = [
        "# Commands",
        "Every command prints a readable table, and JSON with `--json`. Exit codes: 0; 1 where some inputs could not be read (they are listed); 2 where the command could not be done (one line says why).",
    ]
    for name in sorted(COMMANDS):
        command = main.get_command(click.Context(main), name)
        assert command is not None
        parts.append(f"## amity {name}\n\n```text\n{_help(command, f'amity {name}')}\n```")
        if isinstance(command, click.Group):
            for below in sorted(command.commands):
                parts.append(
                    f"### amity {name} {below}\n\n```text\n{_help(command.commands[below], f'amity {name} {below}')}\n```"
                )
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command, name: str) -> str:
    root = click.Context(main, **main.context_settings)
    context = click.Context(command, parent=root, info_name=name, max_content_width=100, terminal_width=100)
    return command.get_help(context).strip()


def python_page() -> str:
    """Return the page of public names, by room."""
    parts = ["# Python", "What `import amity` offers. Names are loaded when they are first used."]
    for room, names in _ROOMS.items():
        parts.append(f"## {room}")
        for name in sorted(names):
            kind = "autoclass" if name[0].isupper() else "autofunction"
            parts.append(f"```{{eval-rst}}\n.. {kind}:: {room}.{name}\n```")
    return "\n\n".join(parts) + "\n"


PAGES = {"cli.md": cli_page, "python.md": python_page}

if __name__ == "__main__":
    for page, write in PAGES.items():
        (REFERENCE / page).write_text(write(), encoding="utf-8")
        sys.stdout.write(f"{page}\n")
