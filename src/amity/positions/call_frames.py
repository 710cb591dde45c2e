"""Calls: who is called upon to do what, and what that says about third parties (codebook, rules 6 and 17)."""

from amity.positions.concepts import action_words
from amity.positions.grammar import Phrase, Subject
from amity.positions.lexicon import VerbCue
from amity.positions.reading import Finding, Reading

WRONG = frozenset(
    "cease desist abandon stop halt end rescind renounce withdraw discontinue terminate".split()
)
_WRONG_NOUNS = frozenset("withdrawal cessation end halt termination evacuation release".split())


def read_call(reading: Reading, verb: int, end: int, cue: VerbCue, subject: Subject) -> None:
    """
    Add the positions of one call.

    Parameters
    ----------
    reading : Reading
        The sentence.
    verb, end : int
        The cue.
    cue : VerbCue
        What it is.
    subject : Subject
        Of the verb.
    """
    clause = reading.clause
    holders, form = reading.holder_of(subject, verb)
    if not holders or reading.negated(verb) or subject.form == "thing":
        return
    index = end
    if index < clause.n and clause.low[index] in ("to", "upon", "on") and clause.tags[index] == "P":
        index += 1
    addressee = clause.object_at(index)
    start = (
        clause.group_start(verb)
        if subject.form == "missing" or subject.controlled
        else min(subject.start, clause.group_start(verb))
    )
    strength = reading.strength_at(verb, end, cue.strength)
    status = reading.status_at(verb)
    score = 0.7 - (0.05 if subject.controlled else 0.0)
    if addressee is None:
        return
    if not addressee.actors:
        concept = reading.concept_of(addressee)
        sign = -1 if addressee.owners and addressee.head_words & _WRONG_NOUNS else 0
        reading.add(
            Finding(
                holders,
                form,
                "call",
                sign if addressee.owners else 1,
                strength,
                (verb, end),
                (reading.stretch(start, addressee.end),),
                addressee.owners,
                concept,
                1,
                score - 0.2,
                status,
            )
        )
        return
    asked = _asked(reading, addressee)
    head = (start, addressee.core)
    if not asked:
        stretch = reading.stretch(start, addressee.end)
        concept = None
        if addressee.core < clause.n and clause.low[addressee.core] in ("for", "that"):
            concept = reading.words(addressee.core + 1, stretch[1])
        reading.add(
            Finding(
                holders,
                form,
                "call",
                0,
                strength,
                (verb, end),
                (stretch,),
                addressee.actors,
                concept,
                1 if concept else None,
                score - 0.1,
                status,
            )
        )
        return
    for number, (first, last) in enumerate(asked):
        sign = (
            -1
            if clause.base_of(first) in WRONG or clause.low[first : first + 3] == ["put", "an", "end"]
            else 0
        )
        concept = action_words(clause.words[first:last])
        evidence = (
            ((start, last),)
            if number == 0
            else (head, (first - 1 if clause.tags[first - 1] == "T" else first, last))
        )
        reading.add(
            Finding(
                holders,
                form,
                "call",
                sign,
                strength,
                (verb, end),
                evidence,
                addressee.actors,
                concept,
                1 if concept else None,
                score,
                status,
            )
        )


def _asked(reading: Reading, addressee: Phrase) -> list[tuple[int, int]]:
    """The infinitives after an addressee: first and last token of each."""
    clause = reading.clause
    first = None
    for index in range(addressee.core, min(addressee.core + 25, clause.n - 1)):
        if clause.tags[index] == ";":
            break
        if clause.tags[index] == "T":
            first = index
            break
    if first is None:
        return []
    starts = [first]
    index = first + 1
    limit = clause.n
    while index < limit:
        if clause.tags[index] == ";" and clause.low[index] not in ("(", ")", "[", "]"):
            limit = index
            break
        if (
            clause.tags[index] == "T"
            and index > 0
            and (
                clause.tags[index - 1] in "C,"
                or (clause.tags[index - 1] == "R" and clause.tags[index - 2] in "C,")
            )
        ):
            starts.append(index)
        index += 1
    found: list[tuple[int, int]] = []
    for place, begin in enumerate(starts):
        verb = begin + 1
        while verb < limit and clause.tags[verb] in "RN":
            verb += 1
        stop = starts[place + 1] if place + 1 < len(starts) else limit
        while stop > verb + 1 and clause.tags[stop - 1] in 'CR,;"':
            stop -= 1
        stop = min(stop, reading.stretch(begin, min(verb + 1, clause.n))[1] if stop - verb > 45 else stop)
        if verb < stop:
            found.append((verb, stop))
    return found
