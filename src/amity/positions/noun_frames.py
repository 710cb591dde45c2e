"""Positions that nouns carry: "aggression against X", "X's support for Y", "solidarity with Z"."""

from dataclasses import dataclass

from amity.model import HolderForm
from amity.positions.grammar import MISSING, Phrase
from amity.positions.lexicon import NounCue, noun_cues, word_class
from amity.positions.reading import Finding, Reading

_LIGHT = frozenset(
    "launch commit carry express extend convey offer reiterate reaffirm give render provide continue pursue undertake conduct wage "
    "engage resort perpetrate impose inflict maintain show demonstrate send pay declare renew voice intensify escalate unleash grant receive "
    "enjoy have make take mount apply step join pledge organise organize plan prepare subject".split()
)
_TAKING = frozenset({"receive", "get", "obtain", "suffer", "enjoy", "undergo", "accept", "face"})


@dataclass(slots=True)
class _Parts:
    agents: tuple[str, ...]
    form: HolderForm
    patients: tuple[str, ...]
    start: int
    end: int
    score: float = 0.6
    is_inferred: bool = False
    is_copula: bool = False


def read_nouns(reading: Reading) -> None:
    """
    Add the positions of every cue noun of the sentence.

    Parameters
    ----------
    reading : Reading
        The sentence.
    """
    clause = reading.clause
    table = noun_cues()
    for index in range(clause.n):
        cue = table.get(clause.low[index])
        if cue is None or clause.tags[index] != "W":
            continue
        if index + 1 < clause.n and clause.tags[index + 1] == "W" and clause.low[index + 1] not in table:
            continue
        phrase = clause.core_back(index)
        if phrase is None or phrase.core != index + 1:
            continue
        clause.attach(phrase)
        if not _is_denied(reading, phrase, index):
            _read_noun(reading, index, phrase, cue)


def _is_denied(reading: Reading, phrase: Phrase, index: int) -> bool:
    near = reading.clause.low[max(0, phrase.start - 2) : index]
    return any(each in ("no", "not", "without", "never") for each in near)


def _read_noun(reading: Reading, index: int, phrase: Phrase, cue: NounCue) -> None:
    parts = _parts(reading, index, phrase, cue)
    at = (index, index + 1)
    concept = reading.words(phrase.start, phrase.end)
    evidence = (reading.stretch(parts.start, parts.end),)
    strength = reading.strength_at(phrase.start, index, cue.strength)
    agents, form, score = parts.agents, parts.form, parts.score
    if not agents and "held" in cue.flags and parts.patients:
        agents, form, score = reading.speakers[index].holders, "implicit", 0.5
    if not agents and "judge" in cue.flags and parts.patients and cue.act == "deed":
        agents, form, score = reading.memory.culprits(), "unknown", 0.35
        agents = tuple(each for each in agents if each not in parts.patients)
        parts.is_inferred = True
    if "copula" in cue.flags and not parts.is_copula:
        return
    if agents and parts.patients and (cue.sign or cue.act == "meet"):
        named = concept if cue.act == "deed" else None
        reading.add(
            Finding(
                agents,
                form,
                cue.act,
                cue.sign,
                strength,
                at,
                evidence,
                parts.patients,
                named,
                1 if named else None,
                score,
            )
        )
        if cue.act == "deed" and not cue.flags and phrase.is_mutual:
            reading.add(
                Finding(
                    parts.patients,
                    form,
                    cue.act,
                    cue.sign,
                    strength,
                    at,
                    evidence,
                    agents,
                    named,
                    1 if named else None,
                    score,
                )
            )
    if "judge" in cue.flags and cue.sign < 0 and agents and not reading.is_speaker(agents, index):
        speaker = reading.speakers[index].holders
        judged = (reading.described(parts.start, parts.end),)
        score -= 0.1 if parts.patients else 0.15
        reading.add(
            Finding(speaker, "implicit", "criticise", -1, strength, at, judged, agents, concept, -1, score)
        )
        if cue.act == "deed" and not parts.is_inferred:
            reading.memory.blame(agents)


def _parts(reading: Reading, index: int, phrase: Phrase, cue: NounCue) -> _Parts:
    """Who does it and to whom it is done, by the phrase itself and then by its verb."""
    parts = _Parts(phrase.possessors, "named", (), phrase.start, phrase.end)
    for label, actors, _, _ in phrase.attached:
        if actors:
            _attached_part(parts, label, actors, cue, phrase)
    if not parts.agents:
        _subject_part(reading, parts, phrase, cue)
    elif parts.agents == phrase.possessors:
        _possessor_part(reading, parts, index, phrase)
    if parts.agents and not parts.patients and cue.act == "deed" and cue.towards:
        _object_part(reading, parts, phrase)
    return parts


def _attached_part(parts: _Parts, label: str, actors: tuple[str, ...], cue: NounCue, phrase: Phrase) -> None:
    if label == "by" or (label == "from" and cue.sign and "judge" not in cue.flags):
        parts.agents = parts.agents or actors
    elif label in cue.towards and not (label == "of" and cue.of == "agent"):
        parts.patients = parts.patients or actors
    elif label == "of" and cue.of in ("agent", "any"):
        parts.agents = parts.agents or actors
    elif label == "of" and cue.of == "patient":
        parts.patients = parts.patients or actors
    elif label == "between" and len(actors) == 2 and not parts.agents:
        parts.agents, parts.patients = actors[:1], actors[1:]
        phrase.is_mutual = True


def _subject_part(reading: Reading, parts: _Parts, phrase: Phrase, cue: NounCue) -> None:
    """The subject of the verb that has the noun as its object does it ("X launched an attack")."""
    clause = reading.clause
    verb = phrase.start - 1
    while verb >= 0 and clause.tags[verb] in "RDP":
        verb -= 1
    if verb >= 0 and clause.tags[verb] == "A" and clause.low[verb] in word_class("be"):
        found = clause.left_of(clause.group_start(verb))
        if found is not None and found.actors and found.form != "thing":
            parts.agents, parts.form = reading.holder_of(found, verb)
            parts.start, parts.is_copula = min(parts.start, found.start), True
        return
    if verb < 0 or clause.tags[verb] != "V" or clause.is_passive(verb):
        return
    base = clause.base_of(verb)
    subject = clause.subject(verb)
    if subject is None or (base not in _LIGHT and cue.act != "deed"):
        return
    actors, form = reading.holder_of(subject, verb)
    if not actors:
        return
    start = clause.group_start(verb)
    if subject.form != MISSING and not subject.controlled and clause.tags[start - 1 if start else 0] != "C":
        start = min(start, subject.start)
    if base in _TAKING:
        if not parts.patients:
            parts.patients, parts.start = actors, min(parts.start, start)
        return
    if subject.form == "thing" or base not in _LIGHT:
        parts.score -= 0.15
    parts.agents, parts.form, parts.start = actors, form, min(parts.start, start)


def _possessor_part(reading: Reading, parts: _Parts, index: int, phrase: Phrase) -> None:
    """ "Its aggression" as the object of a light verb: the evidence begins with the verb's subject."""
    clause = reading.clause
    if any(
        clause.low[each] in word_class("possessive")
        for each in range(phrase.start, min(phrase.start + 2, index))
    ):
        parts.form = "pronoun"
    verb = phrase.start - 1
    if verb < 0 or clause.tags[verb] != "V" or clause.base_of(verb) not in _LIGHT:
        return
    subject = clause.subject(verb)
    start = clause.group_start(verb)
    if (
        subject is not None
        and set(subject.actors) == set(parts.agents)
        and clause.tags[start - 1 if start else 0] != "C"
    ):
        start = min(start, subject.start)
    parts.start = min(parts.start, start)


def _object_part(reading: Reading, parts: _Parts, phrase: Phrase) -> None:
    """The verb's object or a later phrase with "against" names whom a deed is done to."""
    clause = reading.clause
    index = phrase.end
    while index < clause.n and clause.tags[index] not in ";,VS" and index - phrase.end < 12:
        if clause.low[index] in ("against", "upon", "towards", "toward"):
            found = clause.phrase_at(index + 1) if index + 1 < clause.n else None
            if found is not None and found.responsible:
                parts.patients = tuple(each for each in found.responsible if each not in parts.agents)
                parts.end = found.end
            return
        index += 1
