"""Whose words a token is: the issuer's, a quoted speaker's, or those of someone whose view is reported."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from amity.model import Voice
from amity.positions.grammar import MISSING, Clause
from amity.positions.lexicon import verb_cues


@dataclass(frozen=True, slots=True)
class Speaker:
    """
    Who speaks at a token.

    Parameters
    ----------
    holders : tuple of str
        Actor ids.
    via : tuple of str
        Who reports them, from the issuer inwards.
    voice : Voice
        How the words come.
    """

    holders: tuple[str, ...]
    via: tuple[str, ...] = ()
    voice: Voice = "own"


_OPENING = frozenset("“«„")
_CLOSING = frozenset("”»")
_PLAIN = '"'


@dataclass(slots=True)
class QuoteState:
    """Whether a quotation is open at the end of a sentence, and whose it is."""

    is_open: bool = False
    speaker: tuple[str, ...] | None = None
    last_subject: tuple[str, ...] | None = None
    opened_at: int = 0
    closed: list[tuple[str | None, int, int]] = field(default_factory=list)

    def close(self, end: int) -> None:
        """Note the quotation that ends at an offset, unless it is empty."""
        if end > self.opened_at:
            self.closed.append((self.speaker[0] if self.speaker else None, self.opened_at, end))


def find_speakers(
    clause: Clause,
    base: Speaker,
    issuers: frozenset[str],
    state: QuoteState,
    spans: Sequence[tuple[int, int]],
) -> list[Speaker]:
    """
    Return the speaker of each token.

    Parameters
    ----------
    clause : Clause
        The sentence.
    base : Speaker
        The narrator.
    issuers : frozenset of str
        Ids of all issuers; what they report of themselves stays their own.
    state : QuoteState
        Carried from sentence to sentence; changed in place.
    spans : sequence of tuple of int
        Offsets of the sentence's tokens.

    Returns
    -------
    list of Speaker
        One a token.
    """
    speakers = [base] * clause.n
    subject = None
    for verb in range(clause.n):
        if clause.tags[verb] != "V":
            continue
        cues = verb_cues().get(clause.base_of(verb), ())
        if not cues or not any(
            "say" in cue.frame
            or "call" in cue.frame
            or "that" in cue.frame
            or cue.act in ("criticise", "warn")
            for cue in cues
        ):
            continue
        found = clause.subject(verb)
        if found is None or found.form in (MISSING, "thing") or not found.actors:
            continue
        if "say" in cues[0].frame:
            subject = found.actors
        if set(found.actors) <= issuers:
            continue
        that = next(
            (each for each in range(verb + 1, min(verb + 8, clause.n)) if clause.low[each] == "that"), None
        )
        if that is None or any(clause.tags[each] in ";V" for each in range(verb + 1, that)):
            continue
        inner = Speaker(found.actors, (*speakers[verb].via, *speakers[verb].holders), "reported")
        end = that + 1
        while end < clause.n and clause.low[end] != ";":
            speakers[end] = inner
            end += 1
    _quote(clause, base, speakers, state, spans, subject)
    if subject is not None:
        state.last_subject = subject
    return speakers


def _quote(
    clause: Clause,
    base: Speaker,
    speakers: list[Speaker],
    state: QuoteState,
    spans: Sequence[tuple[int, int]],
    subject: tuple[str, ...] | None,
) -> None:
    open_at = 0 if state.is_open else -1
    for index, word in enumerate(clause.words):
        opens = word in _OPENING or (word == _PLAIN and open_at < 0)
        closes = word in _CLOSING or (word == _PLAIN and open_at >= 0)
        if opens and open_at < 0:
            open_at = index
            state.opened_at = spans[index][1]
            state.speaker = subject or state.last_subject if subject is None else subject
        elif closes and open_at >= 0:
            _fill(clause, base, speakers, open_at, index, state)
            state.close(spans[index][0])
            open_at = -1
    if open_at >= 0:
        _fill(clause, base, speakers, open_at, clause.n, state)
    state.is_open = open_at >= 0


def _fill(
    clause: Clause, base: Speaker, speakers: list[Speaker], start: int, end: int, state: QuoteState
) -> None:
    if state.speaker is None or end - start < 6 or set(state.speaker) <= set(base.holders):
        return
    quoted = Speaker(state.speaker, (*base.via, *base.holders), "quoted")
    for index in range(start, end):
        speakers[index] = quoted
