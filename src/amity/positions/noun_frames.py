"""Positions that nouns carry: "aggression against X", "X's support for Y", "solidarity with Z"."""

from dataclasses import dataclass

from amity.model import HolderForm
from amity.positions.grammar import MISSING, Phrase, Subject
from amity.positions.lexicon import NounCue, noun_cues, word_class
from amity.positions.reading import Finding, Reading

_LIGHT = frozenset(
    "launch commit carry express extend convey offer reiterate reaffirm give render provide continue pursue undertake conduct wage "
    "engage resort perpetrate impose inflict maintain show demonstrate send pay declare renew voice intensify escalate unleash grant receive"
    " enjoy have make take mount apply step join receive pledge".split()
)


@dataclass(frozen=True, slots=True)
class _Parts:
    agents: tuple[str, ...]
    form: HolderForm
    patients: tuple[str, ...]
    start: int
    end: int
    subject: Subject | None


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
        if cue is None or clause.tags[index] not in "WM" or clause.at[index] is not None and clause.at[index].end != index + 1:  # type: ignore[union-attr]
            continue
        if clause.at[index] is not None or index + 1 < clause.n and clause.tags[index + 1] == "W" and clause.low[index + 1] not in table:
            continue
        phrase = clause.core_back(index)
        if phrase is None or phrase.core != index + 1:
            continue
        clause.attach(phrase)
        _read_noun(reading, index, phrase, cue)


def _read_noun(reading: Reading, index: int, phrase: Phrase, cue: NounCue) -> None:
    parts = _parts(reading, index, phrase, cue)
    clause = reading.clause
    at = (index, index + 1)
    concept = reading.words(phrase.start, phrase.end)
    evidence = (reading.stretch(parts.start, parts.end),)
    strength = reading.strength_at(phrase.start, index, cue.strength)
    status = "actual" if parts.subject is None or parts.subject.form == MISSING else "actual"
    negative = any(clause.low[each] in ("no", "not", "without", "never") for each in range(max(0, phrase.start - 2), index))
    if negative:
        return
    agents, form = parts.agents, parts.form
    score = 0.6
    if not agents and "held" in cue.flags and parts.patients:
        agents, form, score = reading.speakers[index].holders, "implicit", 0.5
    if parts.patients and agents and cue.sign:
        agreement = (1 if cue.act == "deed" else cue.sign) if concept and cue.act == "deed" else None
        reading.add(Finding(agents, form, cue.act, cue.sign, strength, at, evidence, parts.patients, concept if cue.act == "deed" else None, agreement, score, status))
    elif parts.patients and agents and cue.act == "meet":
        reading.add(Finding(agents, form, "meet", 0, strength, at, evidence, parts.patients, None, None, 0.5, status))
    if "judge" in cue.flags and parts.agents and not reading.is_speaker(parts.agents, index) and cue.sign < 0:
        speaker = reading.speakers[index].holders
        score = 0.5 if parts.patients else 0.45
        reading.add(Finding(speaker, "implicit", "criticise", -1, strength, at, evidence, parts.agents, concept, -1, score, "actual"))


def _parts(reading: Reading, index: int, phrase: Phrase, cue: NounCue) -> _Parts:
    clause = reading.clause
    agents: tuple[str, ...] = phrase.possessors
    form: HolderForm = "named"
    patients: tuple[str, ...] = ()
    start, end = phrase.start, phrase.end
    subject: Subject | None = None
    for label, actors, _, _ in phrase.attached:
        if not actors:
            continue
        if label == "by" and not agents:
            agents = actors
        elif label in cue.towards and not patients and not (label == "of" and cue.of == "agent"):
            patients = actors
        elif label == "of" and cue.of in ("agent", "any") and not agents:
            agents = actors
        elif label == "of" and cue.of == "patient" and not patients:
            patients = actors
        elif label == "between" and len(actors) == 2 and not agents:
            agents, patients = actors[:1], actors[1:]
    if not agents:
        verb = phrase.start - 1
        while verb >= 0 and clause.tags[verb] in "RDP":
            verb -= 1
        if verb >= 0 and clause.tags[verb] == "V" and clause.forms[verb] is not None and clause.forms[verb][0] in _LIGHT and not clause.is_passive(verb):  # type: ignore[index]
            subject = clause.subject(verb)
            if subject is not None:
                agents, form = reading.holder_of(subject, verb)
                if subject.form not in (MISSING,) and not subject.controlled:
                    start = min(start, subject.start)
                else:
                    start = min(start, clause.group_start(verb))
    elif agents == phrase.possessors and any(clause.low[each] in word_class("possessive") for each in range(phrase.start, min(phrase.start + 2, index))):
        form = "pronoun"
        verb = phrase.start - 1
        if verb >= 0 and clause.tags[verb] == "V" and clause.forms[verb] is not None and clause.forms[verb][0] in _LIGHT:  # type: ignore[index]
            subject = clause.subject(verb)
            if subject is not None and set(subject.actors) == set(agents) and subject.form != MISSING:
                start = min(start, subject.start)
            else:
                start = min(start, clause.group_start(verb))
    return _Parts(agents, form, patients, start, end, subject)
