"""What the commands share: errors, tables, JSON, progress, and the options that choose positions."""

import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from amity.errors import AmityError, InvalidValue, NotFound
from amity.model import ACTS, STATES, STATUSES, VOICES, PositionFilter

if TYPE_CHECKING:
    from amity.project import Project

Function = TypeVar("Function", bound=Callable[..., Any])

POLARITIES = {"support": 1, "opposition": -1, "neither": 0, "1": 1, "-1": -1, "0": 0, "+": 1, "-": -1}


def handled(function: Function) -> Function:
    """Turn an `AmityError` into its message and exit code 2; anything else is a bug and shows its traceback."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except AmityError as error:
            if kwargs.get("as_json"):
                click.echo(json.dumps({"error": {"type": type(error).__name__, "message": str(error)}}))
            click.echo(f"amity: {error}", err=True)
            sys.exit(2)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)

    return wrapper  # type: ignore[return-value]


def json_option(function: Function) -> Function:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")(function)


def project_argument(function: Function) -> Function:
    """Add the argument PROJECT."""
    return click.argument("project_path", metavar="PROJECT", type=click.Path(path_type=Path))(function)


@contextmanager
def opened(path: Path, *, coder: str = "") -> "Iterator[Project]":
    """Open a project and close it again."""
    from amity.project import Project

    if not path.exists():
        raise NotFound(f"there is no project {path}; make one with: amity read FOLDER --into {path}")
    project = Project.open(path, coder=coder or _user())
    try:
        yield project
    finally:
        project.close()


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "someone"


FILTER_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--since", metavar="DATE", help="First day, month or year."),
    click.option("--until", metavar="DATE", help="Last day, month or year; included."),
    click.option(
        "--holder", "holders", multiple=True, metavar="ACTOR", help="Held by this actor (name, alias or id)."
    ),
    click.option("--target", "targets", multiple=True, metavar="ACTOR", help="Towards this actor."),
    click.option("--actor", "actors", multiple=True, metavar="ACTOR", help="Held by or towards this actor."),
    click.option("--act", "acts", multiple=True, type=click.Choice(ACTS), help="Only this act."),
    click.option(
        "--polarity",
        "polarities",
        multiple=True,
        type=click.Choice(list(POLARITIES)),
        help="support, opposition or neither.",
    ),
    click.option(
        "--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="Only this status."
    ),
    click.option("--voice", "voices", multiple=True, type=click.Choice(VOICES), help="Only this voice."),
    click.option(
        "--state",
        "states",
        multiple=True,
        type=click.Choice(STATES),
        help="Only in this state; default: all that stand.",
    ),
    click.option("--concept", "concepts", multiple=True, help="Only about this concept."),
    click.option("--document", "documents", multiple=True, metavar="ID", help="Only from this document."),
    click.option(
        "--kind-of-document", "kinds", multiple=True, metavar="KIND", help="Only from documents of this kind."
    ),
    click.option(
        "--min-score", type=click.FloatRange(0, 1), default=None, help="Least score of an unchecked position."
    ),
    click.option("--search", "text", default="", metavar="TEXT", help="Words in the evidence."),
)


def filter_options(function: Function) -> Function:
    """Add the options that choose positions; the command gets them as ``filters``, a dictionary for `build_filter`."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        names = (
            "since", "until", "holders", "targets", "actors", "acts", "polarities", "statuses", "voices", "states",
            "concepts", "documents", "kinds", "min_score", "text",
        )  # fmt: skip
        return function(*args, filters={name: kwargs.pop(name) for name in names}, **kwargs)

    decorated: Any = wrapper
    for option in reversed(FILTER_OPTIONS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def build_filter(
    project: "Project", filters: dict[str, Any], *, least: float | None = None, **more: Any
) -> PositionFilter:
    """Return the filter that the options describe, with actors' names turned into their ids; `least` is the score where none is given."""
    values = dict(filters)
    for key in ("holders", "targets", "actors"):
        values[key] = tuple(actor_id(project, name) for name in values[key])
    values["polarities"] = tuple(POLARITIES[each] for each in values["polarities"])
    if values["min_score"] is None:
        values["min_score"] = project.default_min_score if least is None else least
    return PositionFilter(**{**values, **more})


def actor_id(project: "Project", name: str) -> str:
    """Return the id of the actor that a name, alias or id means."""
    wanted = name.casefold().strip()
    rows = project.actors()
    for row in rows:
        if row.actor.id == name:
            return row.actor.id
    exactly = [row.actor.id for row in rows if row.actor.name == name]
    alike = [row.actor.id for row in rows if row.actor.name.casefold() == wanted]
    aliased = [row.actor.id for row in rows if wanted in (each.casefold() for each in row.actor.aliases)]
    found = next((sorted(each) for each in (exactly, alike, aliased) if each), [])
    if len(found) > 1:
        raise InvalidValue(f"{name!r} may mean {', '.join(found)}; give one of these ids")
    if not found:
        near = get_close_matches(name, [row.actor.name for row in rows], n=3, cutoff=0.4)
        hint = f"; did you mean {', '.join(near)}?" if near else "; see: amity actors PROJECT list"
        raise NotFound(f"no actor of the project is called {name!r}{hint}")
    return found[0]


def print_json(value: Any, *, compact: bool = False) -> None:
    """Print a value as JSON, indented unless it holds matrices."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=None if compact else 1, default=str))


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[str] = ()
) -> None:
    """Print a table: fitted to a terminal, whole where the output is piped."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else _plain(str(cell)) for cell in row))
    console = Console(
        highlight=False, soft_wrap=False, markup=False, width=None if sys.stdout.isatty() else 220
    )
    console.print(table)


def _plain(text: str) -> str:
    """Without line breaks and control characters: a hostile text must not steer the terminal."""
    return "".join(each if each.isprintable() else " " for each in " ".join(text.split()))


def shorten(text: str, length: int = 160) -> str:
    """Return the text on one line, cut in the middle of what is too long."""
    line = _plain(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "\u2026"
