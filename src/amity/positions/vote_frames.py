"""Votes and adoptions: positions towards a draft, inferred (codebook, rule 13)."""

from amity.model import Act
from amity.positions.grammar import MISSING
from amity.positions.reading import Finding, Reading, holder_form

_VOTES: dict[str, tuple[Act, int | None]] = {
    "for": ("endorse", 1),
    "favour": ("endorse", 1),
    "favor": ("endorse", 1),
    "against": ("refuse", -1),
}


_LISTED: dict[str, tuple[Act, int | None]] = {
    "favour": ("endorse", 1),
    "favor": ("endorse", 1),
    "against": ("refuse", -1),
    "abstention": ("state", None),
    "abstentions": ("state", None),
    "abstaining": ("state", None),
}


def read_votes(reading: Reading) -> None:
    """
    Add the positions that an adoption, a vote or an abstention shows.

    Parameters
    ----------
    reading : Reading
        The sentence.
    """
    clause = reading.clause
    for index, word in enumerate(clause.low):
        if word == "adopted" and index <= 1 and clause.words[index][:1].isupper():
            _read_adoption(reading, index)
        elif word in _LISTED and index + 1 < clause.n:
            _read_list(reading, index)
        elif word in ("voted", "abstained", "abstains", "votes", "vote") and clause.tags[index] == "V":
            _read_vote(reading, index)


def _draft(reading: Reading) -> str:
    return reading.document.title or "the draft"


def _add(
    reading: Reading,
    holders: tuple[str, ...],
    form: str,
    act: Act,
    agreement: int | None,
    cue: tuple[int, int],
    start: int,
    end: int,
    concept: str,
) -> None:
    shown = holder_form(form)
    reading.add(
        Finding(
            holders,
            shown,
            act,
            agreement or 0,
            "plain",
            cue,
            ((start, end),),
            (),
            concept,
            agreement,
            0.55,
            voice="inferred",
        )
    )


def _read_adoption(reading: Reading, index: int) -> None:
    clause = reading.clause
    end = index + 1
    while end < clause.n and clause.tags[end] not in ";,":
        end += 1
    near = clause.low[index + 1 : end]
    if "unanimously" in near or "votes" in near or "meeting" in near or "vote" in near:
        _add(
            reading,
            reading.speakers[index].holders,
            "implicit",
            "endorse",
            1,
            (index, index + 1),
            index,
            end,
            _draft(reading),
        )


def _read_list(reading: Reading, index: int) -> None:
    """Voters in brackets or after a colon: "2 abstentions (X, Y)", "In favour: X, Y." """
    clause = reading.clause
    if clause.low[index + 1] not in "(:":
        return
    holders: list[str] = []
    end = index + 2
    while end < clause.n and clause.low[end] not in (")", ".", ";"):
        atom = clause.at[end]
        if atom is not None:
            holders += [each for each in atom.actors if each not in holders]
            end = atom.end
        else:
            end += 1
    act, agreement = _LISTED[clause.low[index]]
    if holders:
        stop = min(end + 1, clause.n)
        _add(
            reading, tuple(holders), "named", act, agreement, (index, index + 1), index, stop, _draft(reading)
        )


def _read_vote(reading: Reading, index: int) -> None:
    clause = reading.clause
    subject = clause.subject(index)
    if subject is None or subject.form in (MISSING, "thing") or not subject.actors or reading.negated(index):
        return
    act: Act = "state"
    agreement: int | None = None
    end = index + 1
    if clause.low[index].startswith("vote"):
        mark = next(
            (each for each in range(index + 1, min(index + 4, clause.n)) if clause.low[each] in _VOTES), None
        )
        if mark is None:
            return
        act, agreement = _VOTES[clause.low[mark]]
        end = mark + 1
    stop = reading.stretch(index, end)[1]
    while end < stop and clause.low[end] in ("of", "on", "from"):
        end += 1
    concept = reading.words(end, stop) or _draft(reading)
    _add(
        reading,
        subject.actors,
        subject.form,
        act,
        agreement,
        (index, index + 1),
        subject.start,
        stop,
        concept,
    )
