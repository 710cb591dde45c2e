"""Which actors stand in which relation to a cue: by the clause analysis, and by nearness."""

from dataclasses import dataclass, field

from amity.positions.cues import Cue
from amity.positions.grammar import MISSING, Phrase
from amity.positions.reading import Reading

_PREPOSITIONS = frozenset(
    "of by against with to for in from between on upon towards toward among at over".split()
)
_REACH = 3


@dataclass(slots=True)
class Entity:
    """
    Actors that may hold or receive a position.

    Parameters
    ----------
    actors : tuple of str
        Actor ids.
    roles : set of str
        Relations to the cue.
    start, end : int
        Tokens that show them; -1 where none does.
    form : str
        How these show them.
    """

    actors: tuple[str, ...]
    roles: set[str] = field(default_factory=set)
    start: int = -1
    end: int = -1
    form: str = "implicit"


def find_roles(reading: Reading, cue: Cue) -> list[Entity]:
    """
    Return the actors around a cue with their relations to it.

    Parameters
    ----------
    reading : Reading
        The sentence.
    cue : Cue
        A cue in it.

    Returns
    -------
    list of Entity
        Each group of actors once; among them the speaker if the cue's clause has no subject.
    """
    found: dict[tuple[str, ...], Entity] = {}
    _near(reading, cue, found)
    if cue.kind == "verb":
        _verb_roles(reading, cue, found)
    elif cue.kind == "must":
        _must_roles(reading, cue, found)
    else:
        _noun_roles(reading, cue, found)
    return list(found.values())


def _mark(
    found: dict[tuple[str, ...], Entity], actors: tuple[str, ...], role: str, start: int, end: int, form: str
) -> None:
    if not actors:
        return
    entity = found.get(actors)
    if entity is None:
        entity = found[actors] = Entity(actors, set(), start, end, form)
    elif entity.start < 0:
        entity.start, entity.end, entity.form = start, end, form
    entity.roles.add(role)


def _mark_phrase(found: dict[tuple[str, ...], Entity], phrase: Phrase | None, role: str) -> None:
    if phrase is None:
        return
    if phrase.actors:
        _mark(found, phrase.actors, role, phrase.start, phrase.core, phrase.form)
    else:
        _mark(found, phrase.owners, role + "'s", phrase.start, phrase.end, "nominal")
    for label, actors, start, end in phrase.attached:
        _mark(found, actors, f"{role} {label}", start, end, "named")


def _near(reading: Reading, cue: Cue, found: dict[tuple[str, ...], Entity]) -> None:
    clause = reading.clause
    step, count, crossed = cue.start - 1, 0, ""
    while step >= 0 and count < _REACH:
        if clause.tags[step] == ";" and clause.low[step] in (";", ":"):
            break
        if clause.tags[step] in ",S":
            crossed = "|"
        atom = clause.at[step]
        if atom is None:
            step -= 1
            continue
        count += 1
        _mark(found, atom.actors, f"b{count}{crossed}", atom.start, atom.end, atom.form)
        _mark_preposition(reading, found, atom.actors, atom.start)
        step = atom.start - 1
    step, count, crossed = cue.start, 0, ""
    while step < clause.n and count < _REACH:
        if clause.tags[step] == ";" and clause.low[step] in (";", ":", ".") and step > cue.start:
            break
        if clause.tags[step] in ",S":
            crossed = "|"
        atom = clause.at[step]
        if atom is None:
            step += 1
            continue
        role = "in" if atom.start <= cue.start < atom.end else f"a{count + 1}{crossed}"
        count += role != "in"
        _mark(found, atom.actors, role, atom.start, atom.end, atom.form)
        if role != "in":
            _mark_preposition(reading, found, atom.actors, atom.start)
        step = atom.end


def _mark_preposition(
    reading: Reading, found: dict[tuple[str, ...], Entity], actors: tuple[str, ...], start: int
) -> None:
    if start > 0 and reading.clause.low[start - 1] in _PREPOSITIONS:
        found[actors].roles.add("p:" + reading.clause.low[start - 1])


def _subject_roles(reading: Reading, verb: int, role: str, found: dict[tuple[str, ...], Entity]) -> None:
    subject = reading.clause.subject(verb)
    if subject is None:
        return
    if subject.form == MISSING:
        _mark(found, reading.speakers[verb].holders, role + "0", -1, -1, "implicit")
        return
    suffix = "'s" if subject.form == "thing" else ""
    if subject.controlled:
        suffix += " to" + ("+" if subject.controlled.endswith("+") else "")
    _mark(
        found,
        subject.actors,
        role + suffix,
        subject.start,
        subject.start + 1,
        "nominal" if suffix else subject.form,
    )


def _verb_roles(reading: Reading, cue: Cue, found: dict[tuple[str, ...], Entity]) -> None:
    clause = reading.clause
    if clause.is_passive(cue.start):
        _subject_roles(reading, cue.start, "pass", found)
        _mark_phrase(found, clause.agent(cue.start), "agent")
        return
    _subject_roles(reading, cue.start, "subj", found)
    target = clause.object_at(cue.end) if cue.end < clause.n else None
    _mark_phrase(found, target, "obj")
    if target is None:
        for index in range(cue.end, min(cue.end + 6, clause.n - 1)):
            if clause.tags[index] in ";,VS":
                break
            if clause.tags[index] == "P":
                _mark_phrase(
                    found,
                    clause.phrase_at(index + 1),
                    f"to:{'listed' if clause.low[index] in cue.towards else 'other'}",
                )
                break


def _must_roles(reading: Reading, cue: Cue, found: dict[tuple[str, ...], Entity]) -> None:
    subject = reading.clause.left_of(cue.start)
    if subject is not None and subject.actors:
        _mark(
            found,
            subject.actors,
            "subj" + ("'s" if subject.form == "thing" else ""),
            subject.start,
            subject.start + 1,
            subject.form,
        )


def _noun_roles(reading: Reading, cue: Cue, found: dict[tuple[str, ...], Entity]) -> None:
    clause = reading.clause
    phrase = clause.core_back_from(cue.start) if clause.tags[cue.start] == "W" else None
    start = cue.start
    if phrase is not None and phrase.start <= cue.start < phrase.core:
        clause.attach(phrase)
        start = phrase.start
        _mark(found, phrase.actors, "np", phrase.start, phrase.core, phrase.form)
        _mark(found, phrase.possessors, "poss", phrase.start, phrase.core, "nominal")
        for label, actors, first, last in phrase.attached:
            kind = (
                "towards"
                if label in cue.towards
                else label
                if label in ("of", "by", "between", "from", "with")
                else "other"
            )
            if kind == "of":
                kind = f"of:{cue.of}"
            _mark(found, actors, kind, first, last, "named")
    subject, verb = clause.governing_subject(start)
    if subject is None and clause.tags[cue.start] == "R":
        subject, verb = clause.following_subject(cue.start)
    if subject is not None and verb >= 0:
        copula = "cop" if clause.tags[verb] == "A" else "gov"
        if subject.form == MISSING:
            _mark(found, reading.speakers[verb].holders, copula + "0", -1, -1, "implicit")
        elif subject.actors:
            suffix = "'s" if subject.form == "thing" else ""
            _mark(
                found,
                subject.actors,
                copula + suffix,
                subject.start,
                subject.start + 1,
                "nominal" if suffix else subject.form,
            )
