"""The language-model reader on the command line: its options, and the estimate that is shown before it starts."""

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amity.cli.common import Function
from amity.errors import InvalidValue

if TYPE_CHECKING:
    from amity.documents import ReadOptions
    from amity.model import Document
    from amity.pipeline import Reader
    from amity.pipeline.language_model import LanguageModel
    from amity.project import Project

_OPTIONS: tuple[Any, ...] = (
    click.option(
        "--endpoint",
        default="",
        metavar="URL",
        help="With --reader llm: an OpenAI-compatible service, as in http://localhost:11434/v1. Documents are sent there.",
    ),
    click.option("--model", default="", metavar="NAME", help="With --reader llm: the model's name there."),
    click.option(
        "--max-calls",
        type=click.IntRange(1),
        default=None,
        help="With --reader llm: calls at most, retries included.",
    ),
    click.option(
        "--calls-a-minute",
        type=click.FloatRange(0, min_open=True),
        default=60.0,
        show_default=True,
        help="With --reader llm: calls started a minute at most.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        default=120.0,
        show_default=True,
        help="With --reader llm: seconds for one call.",
    ),
    click.option("--yes", is_flag=True, help="With --reader llm: start without asking."),
)
_NAMES = ("endpoint", "model", "max_calls", "calls_a_minute", "timeout", "yes")


def language_model_options(function: Function) -> Function:
    """Add the options of the language-model reader; the command gets them as ``language_model``."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, language_model={name: kwargs.pop(name) for name in _NAMES}, **kwargs)

    decorated: Any = wrapper
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def language_model_reader(
    name: str, given: dict[str, Any], project_path: Path, *, cluster: str | None
) -> "LanguageModel | None":
    """Return the language model that the options name; None where another reader reads."""
    if name != "llm":
        if given["endpoint"] or given["model"]:
            raise InvalidValue(f"--endpoint and --model belong to --reader llm; the reader is {name}")
        return None
    if not given["endpoint"] or not given["model"]:
        raise InvalidValue(
            "--reader llm needs --endpoint URL and --model NAME; documents are sent nowhere that you have not named"
        )
    if cluster:
        raise InvalidValue("--reader llm does not read on a cluster; leave --cluster out")
    from amity.pipeline.language_model import LanguageModel, LanguageModelSettings

    return LanguageModel(
        LanguageModelSettings(
            given["endpoint"],
            given["model"],
            cache=project_path.with_name(project_path.name + ".llm-cache"),
            max_calls=given["max_calls"] or 0,
            calls_a_minute=given["calls_a_minute"],
            timeout=given["timeout"],
        )
    )


def as_reader_of(model: "LanguageModel") -> "Reader":
    """Return the reader that a language model is."""
    from amity.pipeline import Reader

    return Reader("llm", model.origin, model.find_positions, model.tally)


def confirm_calls(
    model: "LanguageModel",
    project: "Project",
    inputs: tuple[Path, ...],
    options: "ReadOptions",
    *,
    yes: bool,
    as_json: bool,
) -> None:
    """Show what the read will ask of the endpoint, and go on only with the user's consent."""
    settings = model.settings
    if as_json and not yes:
        raise InvalidValue("--json asks no questions; add --yes to send the documents to the endpoint")
    found = model.estimate(_unread(model, project, inputs, options))
    most = f"; at most {settings.max_calls}" if settings.max_calls else ""
    click.echo(
        f"{found.documents} documents go to {settings.shown}, model {settings.model}: about {found.calls} calls{most} "
        f"({found.cached} answers are kept from before), about {found.input_tokens} tokens to read and "
        f"{found.output_tokens} to write, at most {settings.calls_a_minute:g} calls a minute",
        err=True,
    )
    if not yes and found.calls:
        click.confirm("Send them?", abort=True, err=True)


def _unread(
    model: "LanguageModel", project: "Project", inputs: tuple[Path, ...], options: "ReadOptions"
) -> "Iterator[Document]":
    from amity.documents import Unreadable, read_documents

    seen: set[str] = set()
    for path in inputs:
        for item in read_documents(path, options=options):
            if isinstance(item, Unreadable) or item.sha256 in seen:
                continue
            seen.add(item.sha256)
            if project.reading_of(item.sha256, origin=model.origin) is None:
                yield item


def print_tally(model: "LanguageModel") -> None:
    """Print what was asked and what was dropped."""
    counts = model.tally()
    calls, tokens = counts.pop("calls"), counts.pop("tokens")
    click.echo(f"{calls} calls" + (f", {tokens} tokens as the endpoint counts them" if tokens else ""))
    for reason, number in counts.items():
        click.echo(f"  {number} {reason}")
