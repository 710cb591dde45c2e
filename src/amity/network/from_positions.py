"""Positions and attributes as variables of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from amity.errors import NotFound
from amity.model import ACTS, STATUSES, VOICES, Actor
from amity.network.columns import Column, NumberColumn, TextColumn, sorted_column, taken, text_column
from amity.network.records import PositionColumns
from amity.network.statements import UNDATED, StatementTable, build_table

_UNIX = 719163  # datetime.date(1970, 1, 1).toordinal()


def statements_of(
    columns: PositionColumns,
    *,
    targets: bool = False,
    documents: Mapping[str, Mapping[str, str]] | None = None,
) -> StatementTable:
    """
    Return positions as statements of a discourse network.

    Parameters
    ----------
    columns : PositionColumns
        Positions.
    targets : bool
        Whether each target makes a statement of its own, for networks of holders, targets and concepts; else a
        position counts once for each holder, and positions without a concept are left out.
    documents : mapping of str to mapping or None
        Author, source, section, type, title of documents by their id.

    Returns
    -------
    StatementTable
        Variables ``organization``, ``actor`` and ``holder`` (all three the holder's name), ``holder.kind`` and
        ``holder.X`` for each attribute X of actors, ``concept``, ``agreement`` (truth value, missing where the
        position has none), ``act``, ``status``, ``voice``; with targets also ``target``, ``target.kind``, ``target.X`` and
        ``polarity`` (missing without a target). Different actors of one name are told apart by their id.
    """
    rows = np.flatnonzero(_wanted(columns, targets=targets))
    names = _names(columns.actors)
    holder = columns.holder[rows]
    variables: dict[str, Column] = {}
    _add_actors(variables, "holder", holder, columns.actors, names)
    variables["organization"] = variables["actor"] = variables["holder"]
    variables["concept"] = _merged(columns.concept[rows], columns.concepts)
    variables["agreement"] = _signed(columns.agreement[rows])
    coded: tuple[tuple[str, NDArray[np.int8], Sequence[str]], ...] = (
        ("act", columns.act, ACTS),
        ("status", columns.status, STATUSES),
        ("voice", columns.voice, VOICES),
    )
    for name, codes, allowed in coded:
        variables[name] = _merged(codes[rows].astype(np.int32), allowed)
    if targets:
        target = columns.target[rows]
        _add_actors(variables, "target", target, columns.actors, names)
        polarity = columns.polarity[rows].astype(np.int64)
        variables["polarity"] = NumberColumn(
            polarity, "integer", None if (target >= 0).all() else target >= 0
        )
    document = columns.document[rows]
    described: dict[str, Column] = {"id": _merged(document, columns.document_ids)}
    for name in ("title", "author", "source", "section", "type") if documents else ():
        values = [(documents or {}).get(identity, {}).get(name, "") for identity in columns.document_ids]
        described[name] = taken(text_column(values), document)
    day = columns.day[rows].astype(np.int64)
    time = np.where(day < 0, UNDATED, (day - _UNIX) * 86400)
    dated = time[time != UNDATED]
    period = (int(dated.min()), int(dated.max())) if len(dated) else (None, None)
    return build_table(
        time, document.astype(np.int64), columns.position[rows], variables, described, period=period
    )


def _wanted(columns: PositionColumns, *, targets: bool) -> NDArray[np.bool_]:
    if targets:
        return np.ones(len(columns), dtype=np.bool_)
    keep: NDArray[np.bool_] = columns.concept >= 0
    rows = np.flatnonzero(keep)
    pair = columns.position[rows] * np.int64(max(len(columns.actors), 1)) + columns.holder[rows]
    keep[:] = False
    keep[rows[np.unique(pair, return_index=True)[1]]] = True
    return keep


def _names(actors: tuple[Actor, ...]) -> list[str]:
    seen: dict[str, int] = {}
    for actor in actors:
        seen[actor.name] = seen.get(actor.name, 0) + 1
    return [actor.name if seen[actor.name] == 1 else f"{actor.name} ({actor.id})" for actor in actors]


def _merged(codes: NDArray[np.int32], labels: Sequence[str]) -> TextColumn:
    """Codes into labels of which several may be equal; a negative code is the empty text."""
    place: dict[str, int] = {}
    becomes = np.array([place.setdefault(label, len(place)) for label in [*labels, ""]], dtype=np.int32)
    return sorted_column(becomes[np.where(codes < 0, len(labels), codes)], list(place))


def _signed(values: NDArray[np.int8]) -> NumberColumn:
    present = values != 0
    return NumberColumn((values > 0).astype(np.int64), "boolean", None if present.all() else present)


def _add_actors(
    variables: dict[str, Column],
    variable: str,
    codes: NDArray[np.int32],
    actors: tuple[Actor, ...],
    names: list[str],
) -> None:
    variables[variable] = _merged(codes, names)
    variables[f"{variable}.kind"] = _merged(codes, [actor.kind for actor in actors])
    for key in sorted({key for actor in actors for key in actor.attributes}):
        variables[f"{variable}.{key}"] = _merged(
            codes, [str(actor.attributes.get(key, "")) for actor in actors]
        )


def with_attribute(
    table: StatementTable, variable: str, attribute: str, values: Mapping[str, str]
) -> StatementTable:
    """
    Return a table with an attribute of a variable's values as a variable of its own.

    Parameters
    ----------
    table : StatementTable
        Statements.
    variable : str
        The variable whose values have the attribute.
    attribute : str
        Name of the attribute; the new variable is ``variable.attribute``.
    values : mapping of str to str
        The attribute's value for each of the variable's; empty where it is not named.

    Returns
    -------
    StatementTable
        With one variable more.

    Raises
    ------
    NotFound
        If the table has no such variable, or none of its values is named.
    """
    column = table.text(variable)
    if column.labels and not set(column.labels) & set(values):
        raise NotFound(f"no value of {variable!r} has the attribute {attribute!r}; are the names the same?")
    new = _merged(column.codes, [values.get(label, "") for label in column.labels])
    return replace(table, variables={**table.variables, f"{variable}.{attribute}": new})
