"""Actor authority files: tables of actors, and actor dictionaries of CAMEO and Phoenix with dated roles."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from amity.errors import InvalidRecord, InvalidValue
from amity.formats.cells import first_of, read_table, table_text
from amity.formats.files import read_text, write_text
from amity.formats.network_rows import actor_from_attributes
from amity.formats.records import FilePath, Problem
from amity.model import Actor, day_range

_ROLE = re.compile(r"\[([^\[\]]*)\]")
_DATED = re.compile(r"(\S+)(?:\s+(?:(<|>)\s*(\d{6}|\d{8})|(\d{6}|\d{8})\s*-\s*(\d{6}|\d{8})))?\s*\Z")
_CENTURY = 40
"""Two-digit years up to this count as 20xx, as in the CAMEO dictionaries."""


@dataclass(frozen=True, slots=True)
class DatedRole:
    """
    What an actor is, from one day to another.

    Parameters
    ----------
    code : str
        As in ``IDNGOV``.
    start, end : date or None
        First and last day, both inclusive; None for no limit.
    """

    code: str
    start: date | None = None
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        """
        Return whether the role is held on a day.

        Parameters
        ----------
        day : date
            The day.

        Returns
        -------
        bool
            Both limits are inclusive.
        """
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """
    An actor of a dictionary.

    Parameters
    ----------
    name : str
        With spaces, as the dictionary spells it.
    aliases : tuple of str
        Its synonyms.
    roles : tuple of DatedRole
        In the order of the file.
    """

    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[DatedRole, ...] = ()

    def code_on(self, day: date | None = None) -> str | None:
        """
        Return the code of the role that an actor holds on a day.

        Parameters
        ----------
        day : date, optional
            The day; without it only roles without limits count.

        Returns
        -------
        str or None
            Dated roles go before undated ones, the first of several; None where no role is held.
        """
        dated = [each for each in self.roles if each.start is not None or each.end is not None]
        undated = [each for each in self.roles if each.start is None and each.end is None]
        held = [each for each in dated if day is not None and each.holds_on(day)]
        return next((each.code for each in (*held, *undated)), None)


def read_actor_dictionary(path: FilePath) -> tuple[list[DictionaryEntry], list[Problem]]:
    """
    Return the actors of a CAMEO or Phoenix dictionary, with what could not be read.

    Parameters
    ----------
    path : path
        Lines ``NAME_OF_ACTOR [CODE]``, ``+SYNONYM``, and ``[CODE 930120-010120]``, ``[CODE >010120]``, ``[CODE <930120]``; ``#`` begins a remark.

    Returns
    -------
    tuple of (list of DictionaryEntry, list of Problem)
        Entries in the order of the file.

    Raises
    ------
    UnreadableFile
        If the file cannot be read.
    InvalidRecord
        If it holds no entry.

    References
    ----------
    Schrodt, P. A. (2012). CAMEO codebook 1.1b3; Open Event Data Alliance, PETRARCH dictionaries.
    """
    entries: list[DictionaryEntry] = []
    problems: list[Problem] = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        content = line.partition("#")[0].partition(";")[0].rstrip()
        if not content.strip():
            continue
        words = _ROLE.sub("", content).strip()
        roles = []
        for inside in _ROLE.findall(content):
            try:
                roles.append(_role(inside))
            except InvalidValue as error:
                problems.append(Problem(f"{path}, line {number}", str(error)))
        if words and not words.startswith("+"):
            entries.append(DictionaryEntry(_spelled(words), roles=tuple(roles)))
        elif not entries:
            problems.append(Problem(f"{path}, line {number}", "a synonym or role before the first actor"))
        else:
            last = entries[-1]
            aliases = (*last.aliases, _spelled(words[1:])) if words else last.aliases
            entries[-1] = replace(last, aliases=aliases, roles=(*last.roles, *roles))
    if not entries:
        raise InvalidRecord(f"{path} holds no actor; expected lines such as NAME_OF_ACTOR [CODE]")
    return entries, problems


def _spelled(words: str) -> str:
    return " ".join(words.replace("_", " ").split())


def _role(text: str) -> DatedRole:
    match = _DATED.match(text.strip())
    if match is None:
        raise InvalidValue(f"[{text}] is no role; expected a code, and < DAY, > DAY or DAY-DAY")
    code, side, limit, first, last = match.groups()
    if limit is not None:
        day = _day(limit)
        return DatedRole(code, end=day) if side == "<" else DatedRole(code, start=day)
    if first is not None:
        return DatedRole(code, _day(first), _day(last))
    return DatedRole(code)


def _day(digits: str) -> date:
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= _CENTURY else "19") + digits
    return day_range(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")[0]


def read_actor_table(path: FilePath) -> list[Actor]:
    """
    Return the actors of a table.

    Parameters
    ----------
    path : path
        Delimited text with a header: ``name`` (or ``label``), and where there are such columns ``id``, ``kind``, ``generic``, ``aliases`` (separated by " | ");
        every other column, as ``wikidata`` or ``party``, is an attribute.

    Returns
    -------
    list of Actor
        In the order of the file; an id is made of the name where there is none.

    Raises
    ------
    UnreadableFile
        If the file cannot be read.
    InvalidRecord
        If there is no column of names, a row has no name, or an id occurs twice.
    """
    actors: dict[str, Actor] = {}
    for line, cells in read_table(path):
        column = first_of(cells, ("name", "label", "actor"))
        if column is None:
            raise InvalidRecord(f"{path} has the columns {', '.join(cells)}; expected one called name")
        name = cells[column].strip()
        if not name:
            raise InvalidRecord(f"{path}, line {line}: an actor needs a name")
        identity = cells.get("id") or name
        if identity in actors:
            raise InvalidRecord(f"{path}, line {line}: the id {identity!r} occurs twice")
        values = {key: value for key, value in cells.items() if key not in ("id", column)}
        actors[identity] = actor_from_attributes(identity, {**values, "name": name})
    return list(actors.values())


def write_actor_table(actors: Iterable[Actor], path: FilePath) -> list[Path]:
    """
    Return the path of a table of actors.

    Parameters
    ----------
    actors : iterable of Actor
        The actors.
    path : path
        ``NAME.csv``.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    `read_actor_table` reads it back. With the column ``name`` it can be reconciled in OpenRefine; put the identifiers found into a column ``wikidata``.
    """
    listed = list(actors)
    keys = sorted({key for actor in listed for key in actor.attributes})
    rows = (
        (
            actor.id,
            actor.name,
            actor.kind,
            "true" if actor.generic else "false",
            " | ".join(actor.aliases),
            *(actor.attributes.get(key, "") for key in keys),
        )
        for actor in listed
    )
    return [write_text(path, table_text(["id", "name", "kind", "generic", "aliases", *keys], rows))]
