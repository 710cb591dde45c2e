"""Last resort: cue words that no frame could place, given to the actors that stand nearest (low scores)."""

from amity.positions.grammar import Atom
from amity.positions.lexicon import judgements, noun_cues, verb_cues
from amity.positions.reading import Finding, Reading
from amity.text.epithets import epithets


def read_leftovers(reading: Reading) -> None:
    """
    Add positions for cue words that no other rule used.

    Parameters
    ----------
    reading : Reading
        The sentence, after all other rules.
    """
    clause = reading.clause
    used = [False] * clause.n
    for finding in reading.findings:
        for index in range(*finding.cue):
            used[index] = True
    nouns, verbs, judging, listed = noun_cues(), verb_cues(), judgements(), epithets()
    for index in range(clause.n):
        if used[index] or clause.at[index] is not None and clause.tags[index] == "O":
            continue
        word = clause.low[index]
        noun = nouns.get(word) if clause.tags[index] == "W" else None
        form = clause.forms[index]
        verb = verbs.get(form[0], (None,))[-1] if form is not None and clause.tags[index] == "V" else None
        sign, act, judged = 0, "", False
        if noun is not None and "copula" not in noun.flags:
            sign, act, judged = noun.sign, noun.act, "judge" in noun.flags
        elif verb is not None and not verb.particle and "give" not in verb.flags:
            sign, act, judged = verb.sign, verb.act, "judge" in verb.flags
        elif word in listed:
            sign, act, judged = listed[word].sign, "view", True
        elif word in judging:
            sign, act, judged = judging[word].sign, "view", True
        if not sign or _denied(reading, index):
            continue
        _place(reading, index, sign, act, judged)


def _denied(reading: Reading, index: int) -> bool:
    return any(reading.clause.tags[each] == "N" for each in range(max(0, index - 4), index))


def _place(reading: Reading, index: int, sign: int, act: str, judged: bool) -> None:
    before, after = _nearest(reading, index)
    speaker = reading.speakers[index].holders
    at = (index, index + 1)
    segment = reading.segment(index, index + 1)
    if act == "deed":
        agent = before.actors if before is not None else reading.memory.culprits() if sign < 0 else ()
        patient = after.actors if after is not None else ()
        patient = tuple(each for each in patient if each not in agent)
        if agent and patient and len(agent) < 6:
            evidence = (_around(reading, index, before, after),)
            form = before.form if before is not None else "unknown"
            reading.add(Finding(agent, form, "deed", sign, "plain", at, evidence, patient, None, None, 0.3))  # type: ignore[arg-type]
    if judged and sign < 0:
        target = before or after
        actors = target.actors if target is not None else reading.memory.culprits()
        if actors and not reading.is_speaker(actors, index):
            evidence = (_around(reading, index, target, None) if target is not None else segment,)
            reading.add(
                Finding(speaker, "implicit", "criticise", -1, "plain", at, evidence, actors, None, None, 0.29)
            )
    elif act in ("view", "endorse") and sign > 0:
        target = after or before
        if target is not None and not reading.is_speaker(target.actors, index):
            evidence = (_around(reading, index, None, target),)
            reading.add(
                Finding(
                    speaker, "implicit", "endorse", 1, "plain", at, evidence, target.actors, None, None, 0.28
                )
            )


def _nearest(reading: Reading, index: int) -> tuple[Atom | None, Atom | None]:
    """The nearest actor before and after a token inside its sentence's clause."""
    clause = reading.clause
    before = after = None
    step = index - 1
    while step >= 0 and clause.low[step] not in (";", ":"):
        atom = clause.at[step]
        if atom is not None:
            before = atom
            break
        step -= 1
    step = index + 1
    while step < clause.n and clause.tags[step] != ";":
        atom = clause.at[step]
        if atom is not None:
            after = atom
            break
        step += 1
    return before, after


def _around(reading: Reading, index: int, before: Atom | None, after: Atom | None) -> tuple[int, int]:
    start = min(index, before.start) if before is not None else index
    end = max(index + 1, after.end) if after is not None else index + 1
    return reading.segment(start, end)
