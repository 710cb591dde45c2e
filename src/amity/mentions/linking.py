"""Actors of a new document ↔ actors a project already has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from amity.mentions.lexicon import canonical_names
from amity.model import Actor


@dataclass(frozen=True, slots=True)
class Link:
    """
    Which known actor a new one is.

    Parameters
    ----------
    actor_id : str
        The new actor.
    known_id : str or None
        The known actor; None where it is none of them.
    reason : str
        Why, in words that can be shown.
    """

    actor_id: str
    known_id: str | None
    reason: str


def link_actors(new: Sequence[Actor], known: Sequence[Actor]) -> list[Link]:
    """
    Return, for each new actor, the known actor it is, with the reason.

    Parameters
    ----------
    new : sequence of Actor
        Actors of one coding.
    known : sequence of Actor
        Actors of a project.

    Returns
    -------
    list of Link
        One a new actor, in order.

    Notes
    -----
    In this order: the same name; a name that the word lists give for the same state or organisation; another form of one state's name
    ("Government of X", "Republic of X", "X"); an alias of one that is a
    name of the other, if only one known actor has it and the kinds can agree. Persons are linked by full name, not by surname alone; generic
    actors only to generic ones of the same name. Names are compared without case and first article.
    """
    by_name: dict[str, list[Actor]] = {}
    by_alias: dict[str, list[Actor]] = {}
    by_canon: dict[tuple[str, str], list[Actor]] = {}
    by_state: dict[str, Actor] = {}
    for actor in known:
        by_name.setdefault(_plain(actor.name), []).append(actor)
        for alias in actor.aliases:
            by_alias.setdefault(_plain(alias), []).append(actor)
        canon = _canon(actor)
        if canon is not None:
            by_canon.setdefault(canon, []).append(actor)
        if state := _state(actor):
            by_state.setdefault(state, actor)
    return [_link(actor, by_name, by_alias, by_canon, by_state) for actor in new]


def _link(
    actor: Actor,
    by_name: dict[str, list[Actor]],
    by_alias: dict[str, list[Actor]],
    by_canon: dict[tuple[str, str], list[Actor]],
    by_state: dict[str, Actor],
) -> Link:
    name = _plain(actor.name)
    same = [each for each in by_name.get(name, ()) if each.generic == actor.generic and _agree(actor, each)]
    if same:
        return Link(actor.id, same[0].id, f"same name “{same[0].name}”")
    if actor.generic:
        return Link(actor.id, None, "no generic actor of that name is known")
    canon = _canon(actor)
    if canon is not None and by_canon.get(canon):
        found = by_canon[canon][0]
        return Link(
            actor.id, found.id, f"“{actor.name}” and “{found.name}” are listed as names of {canon[1]}"
        )
    same_state = by_state.get(_state(actor))
    if same_state is not None:
        return Link(
            actor.id, same_state.id, f"“{actor.name}” and “{same_state.name}” are forms of one state's name"
        )
    candidates: dict[str, tuple[Actor, str]] = {}
    for alias in (actor.name, *actor.aliases):
        plain = _plain(alias)
        if actor.kind == "person" and " " not in plain:
            continue
        for each in (*by_name.get(plain, ()), *by_alias.get(plain, ())):
            if not each.generic and _agree(actor, each):
                candidates.setdefault(each.id, (each, alias))
    if len(candidates) == 1:
        found, alias = next(iter(candidates.values()))
        return Link(actor.id, found.id, f"both are called “{alias}”")
    if candidates:
        return Link(
            actor.id, None, "several known actors share its aliases: " + ", ".join(sorted(candidates))
        )
    return Link(actor.id, None, "no known actor of that name")


def _agree(left: Actor, right: Actor) -> bool:
    """Whether two kinds may be one actor: a state is its government, a person is no body."""
    return (left.kind == "person") == (right.kind == "person") or "other" in (left.kind, right.kind)


def _canon(actor: Actor) -> tuple[str, str] | None:
    """The list's name of a state or organisation, if this actor is one."""
    if actor.generic or actor.kind in ("person", "collective"):
        return None
    table = canonical_names()
    for form in (actor.name, *actor.aliases):
        plain = _plain(form)
        for reading in (plain, plain.removeprefix("government of ").removeprefix("the ")):
            name = table.get(reading)
            if name is not None and name.type in ("state", "organisation"):
                return name.type, name.canon
    return None


_STATE_FORM = re.compile(
    r"(?:(?:royal|imperial|provisional|federal|grand|united) )?(?:government|republic|kingdom|union|federation|empire|duchy|principality|"
    r"commonwealth|confederation|sultanate|emirate|state|isles|islands) of (?:the )?(.+)"
)


def _state(actor: Actor) -> str:
    """What is left of a state's or government's name without its form of state; empty for other actors (codebook, rule 16)."""
    if actor.generic or actor.kind not in ("state", "government"):
        return ""
    name = state_of_name(actor.name) or ""
    return name if actor.kind == "state" or name != _plain(actor.name) else ""


def state_of_name(name: str) -> str | None:
    """
    Return what a state's name keeps without its form.

    Parameters
    ----------
    name : str
        As in "Government of X", "Kingdom of X", "X".

    Returns
    -------
    str or None
        As in "x"; None for a name of several words that has no such form.
    """
    plain = _plain(name)
    match = _STATE_FORM.fullmatch(plain)
    if match is not None:
        return match[1]
    return plain if " " not in plain else None


def _plain(name: str) -> str:
    words = " ".join(name.replace("’", "'").split()).lower()
    for article in ("the ", "a ", "an "):
        words = words.removeprefix(article)
    return words
