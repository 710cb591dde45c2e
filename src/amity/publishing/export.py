"""A project in a format of other tools."""

from collections.abc import Iterator
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from amity.errors import UnknownFormat
from amity.model import Coding, Document, Position, PositionFilter

if TYPE_CHECKING:
    from amity.network import PositionColumns
    from amity.project import PositionRow, Project


def export_project(
    project: "Project", name: str, path: str | PathLike[str], condition: PositionFilter
) -> list[Path]:
    """
    Write a project's network or codings in an exchange format.

    Parameters
    ----------
    project : Project
        An open project.
    name : str
        Name of the format, as in `amity.formats.FORMATS`.
    path : path-like
        Where to write.
    condition : PositionFilter
        Which positions count; for codings only its documents and score matter.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    UnknownFormat
        If no format of that name is written.
    """
    from amity.formats import FORMATS
    from amity.network import build_network
    from amity.views import layout_network

    chosen = FORMATS.get(name)
    if chosen is None or not chosen.writes:
        known = ", ".join(each.name for each in FORMATS.values() if each.writes)
        raise UnknownFormat(f"no format {name!r} is written; choose one of {known}")
    if chosen.kind == "coding":
        return chosen.write(coded_documents(project, condition), path)
    network = build_network(project.columns(condition))
    rows: dict[str, PositionRow] = {}

    def row_of(identity: str) -> "PositionRow":
        if identity not in rows:
            rows[identity] = project.position(identity)
        return rows[identity]

    def position(identity: str) -> Position:
        return row_of(identity).position

    def day(identity: str) -> str | None:
        row = row_of(identity)
        return row.position.date or row.document_date

    return chosen.write(network, path, positions=position, layout=layout_network(network), dates=day)


def position_days(columns: "PositionColumns") -> dict[str, str]:
    """
    Return the first day of every dated position.

    Parameters
    ----------
    columns : PositionColumns
        Positions.

    Returns
    -------
    dict of str to str
        ISO date by position id.
    """
    dated = zip(columns.position.tolist(), columns.day.tolist(), strict=True)
    return {columns.position_ids[row]: date.fromordinal(day).isoformat() for row, day in dated if day > 0}


def coded_documents(project: "Project", condition: PositionFilter) -> Iterator[tuple[Document, Coding]]:
    """
    Yield each document with what stands in it, one at a time.

    Parameters
    ----------
    project : Project
        An open project.
    condition : PositionFilter
        Only its documents; positions below its score that no person confirmed are left out.

    Yields
    ------
    tuple of Document and Coding
        With the project's actor ids.
    """
    from dataclasses import replace

    for row in project.documents():
        if condition.documents and row.id not in condition.documents:
            continue
        coding = project.coding(row.id)
        kept = tuple(each for each in coding.positions if each.score >= condition.min_score)
        yield project.document(row.id), replace(coding, positions=kept)
