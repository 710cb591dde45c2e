"""Positions that judging words and fixed phrases carry (codebook, rule 3)."""

from functools import cache
from pathlib import Path
from typing import cast

from amity.model import Act, HolderForm, Strength
from amity.positions.grammar import MISSING, Phrase
from amity.positions.lexicon import PhraseCue, judgements, noun_cues
from amity.positions.reading import Finding, Reading
from amity.text.epithets import Epithet, epithets
from amity.text.phrases import PhraseTable, read_table

_SIGNS = {"+": 1, "-": -1, "0": 0}


@cache
def phrase_cues() -> PhraseTable[PhraseCue]:
    """Return the fixed phrases, in lower case."""
    return PhraseTable(
        (words.split(), PhraseCue(cast(Act, act), _SIGNS[sign], cast(Strength, strength), frame))
        for words, act, sign, strength, frame in read_table(Path(__file__).parent / "data" / "phrases.tsv")
    )


def read_epithets(reading: Reading) -> None:
    """
    Add the positions of judging words: in the names of actors, of their acts, and said of the clause's subject.

    Parameters
    ----------
    reading : Reading
        The sentence.
    """
    clause = reading.clause
    listed, wider = epithets(), judgements()
    for index in range(clause.n):
        word = clause.low[index]
        found = listed.get(word)
        close = found is not None
        if found is None:
            other = wider.get(word)
            if other is None or word in noun_cues():
                continue
            found = Epithet(other.sign, other.strength)
        if clause.tags[index] in "WMVR":
            _read_judging(reading, index, found, close=close)


def _read_judging(reading: Reading, index: int, found: Epithet, *, close: bool) -> None:
    clause = reading.clause
    atom = clause.at[index]
    if atom is not None and atom.form != "pronoun":
        if atom.end > index + 1 or atom.end - atom.start > 1:
            _judge(reading, index, found, atom.actors, atom.start, atom.end, None, 0.62 if close else 0.5)
        return
    if _negated_near(reading, index):
        return
    phrase = clause.core_back_from(index) if clause.tags[index] == "W" else None
    if phrase is not None and phrase.start <= index < phrase.core:
        clause.attach(phrase)
        if phrase.responsible:
            concept = None if phrase.actors else reading.words(phrase.start, phrase.end)
            score = 0.6 if phrase.actors and close else 0.5
            if phrase.actors or index + 1 == phrase.core or close or found.sign < 0:
                _judge(reading, index, found, phrase.responsible, phrase.start, phrase.end, concept, score)
            return
    subject, verb = clause.governing_subject(phrase.start if phrase is not None else index)
    if subject is None and clause.tags[index] == "R":
        subject, verb = clause.following_subject(index)
    if subject is not None and subject.actors:
        start = min(subject.start, index)
        end = phrase.end if phrase is not None else index + 1
        concept = None if phrase is None else reading.words(phrase.start, phrase.end)
        _judge(reading, index, found, subject.actors, start, max(end, verb + 1), concept, 0.4)


def _negated_near(reading: Reading, index: int) -> bool:
    return any(reading.clause.tags[each] == "N" for each in range(max(0, index - 4), index))


def _judge(
    reading: Reading,
    index: int,
    epithet: Epithet,
    actors: tuple[str, ...],
    start: int,
    end: int,
    concept: str | None,
    score: float,
) -> None:
    speaker = reading.speakers[index].holders
    sign = epithet.sign
    act: Act = "endorse" if sign > 0 else "criticise"
    if reading.is_speaker(actors, index):
        return
    evidence = (reading.described(start, end),)
    reading.add(
        Finding(
            speaker,
            "implicit",
            act,
            sign,
            epithet.strength,
            (index, index + 1),
            evidence,
            actors,
            concept,
            sign if concept else None,
            score,
        )
    )


def read_phrases(reading: Reading) -> None:
    """
    Add the positions of fixed phrases.

    Parameters
    ----------
    reading : Reading
        The sentence.
    """
    clause = reading.clause
    table = phrase_cues()
    index = 0
    while index < clause.n:
        found = table.match(clause.low, index) if clause.low[index] in table else None
        if found is None:
            index += 1
            continue
        end, cue = found
        _read_phrase(reading, index, end, cue)
        index = end


def _read_phrase(reading: Reading, index: int, end: int, cue: PhraseCue) -> None:
    clause = reading.clause
    at = (index, end)
    if cue.frame == "clause":
        _read_clause_phrase(reading, index, end, cue)
        return
    if cue.frame == "after":
        target = clause.phrase_at(end) if end < clause.n else None
        if target is not None and target.responsible:
            evidence = (reading.stretch(index, target.end),)
            reading.add(
                Finding(
                    reading.speakers[index].holders,
                    "implicit",
                    cue.act,
                    cue.sign,
                    cue.strength,
                    at,
                    evidence,
                    target.responsible,
                    reading.words(index, target.end),
                    cue.sign,
                    0.45,
                )
            )
        return
    verb = index
    if clause.tags[index] not in "VA":
        verb = next(
            (
                each
                for each in range(index - 1, max(-1, index - 20), -1)
                if clause.tags[each] in "VA"
                and (clause.tags[each] == "V" or each + 1 == index or clause.tags[each + 1] in "RNA")
            ),
            -1,
        )
        if verb < 0:
            return
    subject = clause.subject(verb) if clause.tags[verb] == "V" else clause.left_of(clause.group_start(verb))
    if subject is None or not subject.actors:
        return
    if cue.frame == "subject":
        if reading.is_speaker(subject.actors, index):
            return
        evidence = (reading.stretch(min(subject.start, index), end),)
        reading.add(
            Finding(
                reading.speakers[index].holders,
                "implicit",
                cue.act,
                cue.sign,
                cue.strength,
                at,
                evidence,
                subject.actors,
                None,
                None,
                0.5,
            )
        )
        return
    target = clause.phrase_at(end) if end < clause.n else None
    if target is None or not target.responsible:
        return
    holders, form = reading.holder_of(subject, index)
    evidence = (reading.stretch(min(subject.start, index), target.end),)
    reading.add(
        Finding(
            holders,
            form,
            cue.act,
            cue.sign,
            cue.strength,
            at,
            evidence,
            target.responsible,
            reading.concept_of(target),
            cue.sign if reading.concept_of(target) else None,
            0.55,
        )
    )


def _read_clause_phrase(reading: Reading, index: int, end: int, cue: PhraseCue) -> None:
    """ "Deeply concerned about X", "I am grateful to X"."""
    clause = reading.clause
    before = index - 1
    while before >= 0 and (clause.tags[before] in 'R"' or clause.low[before] in ("all", "both", "most")):
        before -= 1
    if (
        before < 0
        or clause.tags[before] == ";"
        or clause.words[index][:1].isupper()
        or clause.tags[before] == ","
    ):
        holders, start = reading.speakers[index].holders, index
        form: HolderForm = "implicit"
    elif clause.tags[before] == "A":
        subject = clause.left_of(clause.group_start(before))
        if subject is None or subject.form in (MISSING, "thing"):
            return
        holders, form = reading.holder_of(subject, index)
        start = subject.start
    elif clause.tags[index] == "V":
        subject = clause.subject(index)
        holders, form = reading.holder_of(subject, index)
        start = subject.start if subject is not None else index
    else:
        return
    step = end
    while step < clause.n and clause.tags[step] in "PR":
        step += 1
    if end < clause.n and clause.low[end] in ("that", "lest"):
        step = end + 1
    target: Phrase | None = clause.phrase_at(step) if step < clause.n else None
    if target is None:
        return
    concept = reading.concept_of(target)
    evidence = (reading.stretch(start, target.end),)
    actors = target.responsible
    strength = reading.strength_at(index, end, cue.strength)
    if actors and not (cue.sign < 0 and target.actors):
        reading.add(
            Finding(
                holders,
                form,
                cue.act,
                cue.sign,
                strength,
                (index, end),
                evidence,
                actors,
                concept,
                cue.sign if concept else None,
                0.6,
            )
        )
    elif concept:
        reading.add(
            Finding(
                holders, form, cue.act, cue.sign, strength, (index, end), evidence, (), concept, cue.sign, 0.5
            )
        )
