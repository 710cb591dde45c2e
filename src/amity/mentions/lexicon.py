"""The word lists of the mention finder, read once: states, organisations, titles, head nouns."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from amity.model import ActorKind
from amity.text.phrases import PhraseTable, read_table
from amity.text.tokens import tokenize

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Name:
    """
    A listed name.

    Parameters
    ----------
    type : str
        ``state``, ``adjective`` (of a state), ``capital`` or ``organisation``.
    canon : str
        The name that the list puts first.
    kind : ActorKind
        Kind of the actor.
    """

    type: str
    canon: str
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class Head:
    """
    A noun that makes a noun phrase an actor.

    Parameters
    ----------
    singular : str
        The noun.
    plural : bool
        Whether this form is the plural.
    kind : ActorKind
        Kind of the actor.
    flags : frozenset of str
        As explained at the top of ``data/heads.tsv``.
    """

    singular: str
    plural: bool
    kind: ActorKind
    flags: frozenset[str]


def words_of(text: str) -> list[str]:
    """
    Return the tokens of a text with straight apostrophes.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        Its tokens.
    """
    straight = text.replace("’", "'")
    return [straight[start:end] for start, end in tokenize(straight)]


@cache
def names() -> PhraseTable[Name]:
    """Return the table of listed names, matched with their capitals."""
    return PhraseTable((words_of(form), name) for form, name in _listed_names())


@cache
def canonical_names() -> dict[str, Name]:
    """Return each listed form with what it names."""
    found: dict[str, Name] = {}
    for form, name in _listed_names():
        found.setdefault(form.replace("’", "'").lower(), name)
    return found


def _listed_names() -> Iterator[tuple[str, Name]]:
    for row in read_table(_DATA / "states.tsv"):
        canon, aliases, adjectives, capitals = [*row, "", "", ""][:4]
        for form in (canon, *_split(aliases)):
            yield form, Name("state", canon, "state")
        for form in _split(adjectives):
            yield form, Name("adjective", canon, "state")
        for form in _split(capitals):
            yield form, Name("capital", canon, "state")
    for canon, forms, kind in ([*row, "", ""][:3] for row in read_table(_DATA / "organisations.tsv")):
        for form in (canon, *_split(forms)):
            yield form, Name("organisation", canon, cast(ActorKind, kind))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


@cache
def heads() -> PhraseTable[Head]:
    """Return the table of head nouns, in lower case."""
    entries: list[tuple[list[str], Head]] = []
    for singular, plural, kind, flags in ([*row, ""][:4] for row in read_table(_DATA / "heads.tsv")):
        marks = frozenset(flags.split())
        entries.append((words_of(singular.lower()), Head(singular, False, cast(ActorKind, kind), marks)))
        if plural != "-" and plural != singular:
            entries.append((words_of(plural.lower()), Head(singular, True, cast(ActorKind, kind), marks)))
    return PhraseTable(entries)


@cache
def titles() -> PhraseTable[str]:
    """Return the table of titles that stand before a person's name."""
    return PhraseTable((words_of(row[0]), row[0]) for row in read_table(_DATA / "titles.tsv"))


@cache
def titles_words() -> frozenset[str]:
    """Return every word that occurs in a title."""
    return frozenset(
        word for row in read_table(_DATA / "titles.tsv") for word in words_of(row[0]) if word[0].isalpha()
    )


@cache
def word_class(name: str) -> frozenset[str]:
    """Return the words of a class in ``data/words.tsv``."""
    for row in read_table(_DATA / "words.tsv"):
        if row[0] == name:
            return frozenset(row[1].split())
    return frozenset()
