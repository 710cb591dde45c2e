"""The report of a project."""

from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from amity import __version__
from amity.errors import InvalidValue
from amity.model import PositionFilter
from amity.views import DocumentLine, Quote, ReportContent, render_report
from amity.views.report_text import render_markdown, write_docx

if TYPE_CHECKING:
    from amity.network import PositionColumns
    from amity.project import Project

AROUND = 120


def report_content(project: "Project", condition: PositionFilter) -> ReportContent:
    """
    Return what the report of a project is written from.

    Parameters
    ----------
    project : Project
        An open project.
    condition : PositionFilter
        Which positions count.

    Returns
    -------
    ReportContent
        Words are fetched only where the report quotes them.
    """
    from amity.network import NetworkOptions, build_network

    columns = project.columns(condition)
    network = build_network(columns, options=NetworkOptions(isolates=False))
    summary = project.summary()
    names = {row.actor.id: row.actor.name for row in project.actors()}
    rows = project.documents()
    documents = [
        DocumentLine(
            row.id,
            row.title or row.id,
            row.date,
            row.issuers,
            row.kind,
            row.n_positions,
            row.n_checked,
        )
        for row in rows
    ]

    def words(identity: str) -> Quote:
        row = project.position(identity)
        text = project.document(row.position.document_id).text
        first, last = (
            min(each.start for each in row.position.evidence),
            max(each.end for each in row.position.evidence),
        )
        before, after = text[max(0, first - AROUND) : first], text[last : last + AROUND]
        return Quote(
            row.position,
            row.document_title or row.position.document_id,
            row.position.date or row.document_date,
            _from_word(before) if first > AROUND else before,
            _to_word(after) if last + AROUND < len(text) else after,
            row.state,
            tuple(names[each] for each in row.position.via),
        )

    runs = project.read_runs()
    unread = [each for run in runs for each in run.unreadable]
    methods = [
        ("Program", f"amity {__version__}"),
        (
            "Readers",
            ", ".join(sorted({f"{run.origin.agent} {run.origin.version}".strip() for run in runs}))
            or "none; coded by hand",
        ),
        (
            "Positions",
            f"{summary.n_positions} stand, of which {summary.n_checked} were checked by a person ({_share(summary.n_checked, summary.n_positions)})",
        ),
        (
            "Network",
            f"positions with a signed target, score at least {condition.min_score:g} or checked; generic actors and positions towards oneself left out",
        ),
        (
            "Unread",
            f"{len(unread)} files could not be read"
            + (
                ": " + "; ".join(f"{each['path']}: {each['reason']}" for each in unread[:10])
                if unread
                else ""
            ),
        ),
        (
            "Caution",
            "positions marked with a score were found by a program and not checked by a person; scores say how sure it is",
        ),
    ]
    dated = dated_polarities(columns)
    counts = {
        "Acts": summary.positions_by_act,
        "Towards targets": {
            "supporting": summary.positions_by_polarity.get("1", 0),
            "opposing": summary.positions_by_polarity.get("-1", 0),
            "neither": summary.positions_by_polarity.get("0", 0),
        },
        "Kinds of document": summary.documents_by_kind,
    }
    return ReportContent(summary.name, network, words, documents, dated, counts, methods)


def dated_polarities(columns: "PositionColumns") -> list[tuple[str, int]]:
    """
    Return first day and polarity of each dated position.

    Parameters
    ----------
    columns : PositionColumns
        Positions as columns; a position with several pairs counts once.

    Returns
    -------
    list of tuple of str and int
        ISO date and 1, -1 or 0, in the columns' order.
    """
    import numpy as np

    _, first = np.unique(columns.position, return_index=True)
    kept = first[columns.day[first] > 0]
    return [(date.fromordinal(int(columns.day[row])).isoformat(), int(columns.polarity[row])) for row in kept]


def write_report(project: "Project", path: str | PathLike[str], condition: PositionFilter) -> Path:
    """
    Write the report of a project; the ending decides: ``.html`` (also for print), ``.md`` or ``.docx``.

    Parameters
    ----------
    project : Project
        An open project.
    path : path-like
        Where to write.
    condition : PositionFilter
        Which positions count.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InvalidValue
        If the ending is another.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in (".html", ".htm", ".md", ".docx"):
        raise InvalidValue(f"a report cannot be written as {target.name!r}; use .html, .md or .docx")
    content = report_content(project, condition)
    if ending == ".docx":
        return write_docx(content, target)
    target.write_text(
        render_markdown(content) if ending == ".md" else render_report(content), encoding="utf-8"
    )
    return target


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"


def _from_word(text: str) -> str:
    return "\u2026 " + text.partition(" ")[2] if " " in text else text


def _to_word(text: str) -> str:
    return text.rpartition(" ")[0] + " \u2026" if " " in text else text
