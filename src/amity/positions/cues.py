"""Every cue word of a sentence with its class, whatever the frames make of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from amity.model import Act, Strength
from amity.positions.epithet_frames import phrase_cues
from amity.positions.lexicon import judgements, noun_cues, verb_cues
from amity.positions.reading import Reading
from amity.text.epithets import epithets


@dataclass(frozen=True, slots=True)
class Cue:
    """
    A cue in its sentence.

    Parameters
    ----------
    start, end : int
        Tokens.
    kind : str
        ``verb``, ``noun``, ``close`` (an epithet), ``wide`` (a judging word), ``vague`` (one that judges only in some contexts), ``phrase`` or ``must``.
    act : Act
        What it does if someone named does it.
    sign : int
        1 or -1.
    strength : Strength
        Its strength.
    judged : bool
        Whether the narrator judges the deed by the word.
    towards : frozenset of str
        Prepositions before the one it is directed at.
    of : str
        As in `NounCue`.
    """

    start: int
    end: int
    kind: str
    act: Act
    sign: int
    strength: Strength
    judged: bool
    towards: frozenset[str] = frozenset()
    of: str = "any"

    @property
    def cls(self) -> str:
        """The class that weights are kept for."""
        return f"{self.kind}:{self.act}:{'+' if self.sign > 0 else '-'}{'j' if self.judged else ''}"


def find_cues(reading: Reading) -> Iterator[Cue]:
    """
    Yield the signed cues of a sentence from left to right.

    Parameters
    ----------
    reading : Reading
        The sentence.

    Yields
    ------
    Cue
        One a cue word or phrase.
    """
    clause = reading.clause
    phrases = phrase_cues()
    index = 0
    while index < clause.n:
        found = phrases.match(clause.low, index) if clause.low[index] in phrases else None
        if found is not None:
            end, phrase = found
            yield Cue(
                index, end, "phrase", phrase.act, phrase.sign, phrase.strength, phrase.frame == "subject"
            )
            index = end
            continue
        cue = _word_cue(reading, index)
        if cue is not None:
            yield cue
            index = cue.end
            continue
        index += 1


def _word_cue(reading: Reading, index: int) -> Cue | None:
    clause = reading.clause
    word, tag = clause.low[index], clause.tags[index]
    form = clause.forms[index]
    if tag == "V" and form is not None and form[0] in verb_cues():
        return _verb_cue(reading, index, form[0])
    noun = noun_cues().get(word) if tag in "WV" else None
    if noun is not None and noun.sign and "copula" not in noun.flags:
        return Cue(
            index,
            index + 1,
            "noun",
            noun.act,
            noun.sign,
            noun.strength,
            "judge" in noun.flags,
            noun.towards,
            noun.of,
        )
    if tag == "O":
        return None
    listed = epithets().get(word)
    if listed is not None:
        return Cue(index, index + 1, "close", _view(listed.sign), listed.sign, listed.strength, True)
    wider = judgements().get(word)
    if wider is not None:
        return Cue(
            index,
            index + 1,
            "vague" if wider.strength == "weak" else "wide",
            _view(wider.sign),
            wider.sign,
            wider.strength,
            True,
        )
    if word in ("must", "should") and tag == "A":
        return Cue(index, index + 1, "must", "call", -1, "plain", True)
    return None


def _view(sign: int) -> Act:
    return "endorse" if sign > 0 else "criticise"


def _verb_cue(reading: Reading, index: int, base: str) -> Cue | None:
    low = reading.clause.low
    for cue in verb_cues()[base]:
        end = index + 1 + len(cue.particle)
        if cue.particle and tuple(low[index + 1 : end]) != cue.particle:
            continue
        sign = cue.sign or (-1 if cue.act == "call" else 0)
        if not sign:
            return None
        return Cue(index, end, "verb", cue.act, sign, cue.strength, "judge" in cue.flags, cue.frame)
    return None
