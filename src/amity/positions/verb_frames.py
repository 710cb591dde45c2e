"""Positions that verbs carry: subject, object, passive, what a call asks for."""

from amity.model import Act, HolderForm, Status
from amity.positions.call_frames import read_call
from amity.positions.grammar import MISSING, Phrase, Subject
from amity.positions.lexicon import VerbCue, noun_cues, verb_cues, word_class
from amity.positions.reading import Finding, Reading, modal_before

CALLING = frozenset(
    "call urge request demand appeal order invite ask entreat beseech implore beg require direct instruct exhort press encourage remind advise enable allow permit help authorize authorise want force compel lead cause".split()
)
_MUTUAL = frozenset(
    {"agree", "agree to", "meet", "sign", "conclude", "co-operate", "cooperate", "negotiate", "exchange"}
)
_FLIPPING = frozenset("refrain cease stop refuse decline fail desist".split())
_WILLING = frozenset(
    "wish intend desire determination readiness willingness decision intention want ready willing determined prepared resolve undertake pledge promise continue like hasten seek try begin be".split()
)


def read_verbs(reading: Reading) -> None:
    """
    Add the positions of every cue verb of the sentence.

    Parameters
    ----------
    reading : Reading
        The sentence.
    """
    clause = reading.clause
    for verb in range(clause.n):
        form = clause.forms[verb]
        if form is None or clause.tags[verb] != "V":
            continue
        cues = verb_cues().get(form[0])
        if not cues:
            continue
        for cue in cues:
            end = _cue_end(reading, verb, cue)
            if end is not None:
                _read_verb(reading, verb, end, cue)
                break


def _cue_end(reading: Reading, verb: int, cue: VerbCue) -> int | None:
    """Where a cue ends if its particle follows its verb."""
    low = reading.clause.low
    index = verb + 1
    if not cue.particle:
        return index
    if cue.lemma.startswith(("hold ", "wish ")):
        for step in range(index, min(index + 14, reading.clause.n)):
            if low[step] == cue.particle[0]:
                return index
        return None
    while index < reading.clause.n and reading.clause.tags[index] == "R" and low[index] != cue.particle[0]:
        index += 1
    return (
        index + len(cue.particle) if tuple(low[index : index + len(cue.particle)]) == cue.particle else None
    )


def _read_verb(reading: Reading, verb: int, end: int, cue: VerbCue) -> None:
    clause = reading.clause
    if cue.frame == {"say"}:
        return
    if (
        "past" in cue.flags
        and clause.group_start(verb) == verb
        and clause.forms[verb] is not None
        and clause.forms[verb][1] in ("past", "participle")
        and (end >= clause.n or clause.low[end] != "by")
    ):  # type: ignore[index]
        subject = clause.subject(verb)
        if subject is None or subject.form == MISSING or end >= clause.n or clause.tags[end] not in "DMO":
            return
    if clause.is_passive(verb):
        _read_passive(reading, verb, end, cue)
        return
    subject = clause.subject(verb)
    if subject is None:
        return
    if cue.act == "call" and "call" in cue.frame:
        read_call(reading, verb, end, cue, subject)
        return
    _read_active(reading, verb, end, cue, subject)


def _read_active(reading: Reading, verb: int, end: int, cue: VerbCue, subject: Subject) -> None:
    holders, form = reading.holder_of(subject, verb)
    if not holders:
        return
    target = _target(reading, end, cue)
    act, sign, status, score = cue.act, cue.sign, reading.status_at(verb), _score(cue, subject)
    flips = reading.negated(verb)
    governing = subject.controlled.rstrip("+")
    if governing in _FLIPPING:
        flips = not flips
    called = bool(subject.controlled) and governing in CALLING
    if called and subject.controlled.endswith("+"):
        if reading.is_speaker(holders, verb) or subject.form != "thing":
            act, score, status = ("endorse" if sign > 0 else "call"), 0.45, "actual"
            if cue.act in ("commit", "concede", "meet", "state"):
                return
        else:
            return
    elif governing and governing not in _WILLING and governing not in _FLIPPING:
        score -= 0.12
    if flips:
        turned = _turned(act, sign)
        if turned is None:
            return
        act, sign = turned
        score -= 0.1
    modal = modal_before(clause := reading.clause, verb)
    if not reading.is_speaker(holders, verb):
        if modal in ("must", "should", "ought", "shall") or (modal and status == "hypothetical"):
            score -= 0.2
        if modal in ("must", "should", "ought"):
            return
    elif modal in ("will", "shall") and act in ("endorse", "deed") and sign > 0:
        act, status = "commit", "actual"
    if act == "deed" and governing in (
        "wish",
        "intend",
        "desire",
        "intention",
        "want",
        "readiness",
        "pledge",
        "determination",
        "decision",
    ):
        act = "commit" if sign > 0 else act
    start = (
        clause.group_start(verb)
        if subject.form == MISSING or subject.controlled
        else min(subject.start, clause.group_start(verb))
    )
    if subject.start > verb or verb - start > 40 or _follows_conjunction(reading, verb):
        start = clause.group_start(verb)
    _emit(
        reading,
        holders,
        form,
        act,
        sign,
        cue,
        (clause.group_start(verb) if flips else verb, end),
        start,
        target,
        score,
        status,
    )


def _follows_conjunction(reading: Reading, verb: int) -> bool:
    """Whether a verb shares its subject with one before it, so that its own words begin with it."""
    before = reading.clause.group_start(verb) - 1
    return before > 0 and reading.clause.tags[before] == "C"


def _emit(
    reading: Reading,
    holders: tuple[str, ...],
    form: HolderForm,
    act: Act,
    sign: int,
    cue: VerbCue,
    at: tuple[int, int],
    start: int,
    target: Phrase | None,
    score: float,
    status: Status,
) -> None:
    if (target is None or not target.actors) and cue.lemma in _MUTUAL and len(holders) == 2:
        evidence = (reading.stretch(start, target.end if target is not None else at[1]),)
        concept = reading.concept_of(target)
        for one, other in (holders, holders[::-1]):
            reading.add(
                Finding(
                    (one,),
                    form,
                    act,
                    sign,
                    cue.strength,
                    at,
                    evidence,
                    (other,),
                    concept,
                    1 if concept else None,
                    0.6,
                    status,
                )
            )
        return
    if target is None:
        _emit_clause(reading, holders, form, act, sign, cue, at, start, score, status)
        return
    actors = target.responsible
    if not actors and cue.act == "criticise":
        head = noun_cues().get(target.head)
        if (
            head is not None
            and head.sign < 0
            or target.form == "pronoun"
            or target.head in ("it", "this", "them")
        ):
            actors, score = reading.memory.culprits(), min(score, 0.5)
    if "person" in cue.flags:
        actors = target.actors
    if "that" in cue.frame or "to" in cue.frame and not target.actors:
        actors = ()
    concept = reading.concept_of(target)
    if not target.actors:
        score -= 0.08
    if target.form == "pronoun":
        score -= 0.05
    evidence = (reading.stretch(start, max(target.end, at[1])),)
    strength = reading.strength_at(at[0], at[1], cue.strength)
    if actors and sign != 0 or actors and act == "meet":
        agreement = (1 if cue.act == "deed" and not target.owners else sign) if concept else None
        reading.add(
            Finding(
                holders, form, act, sign, strength, at, evidence, actors, concept, agreement, score, status
            )
        )
        _also_judge(reading, cue, holders, evidence, at, concept, score, status)
    elif concept and act not in ("meet", "deed"):
        agreement = sign or None
        if act == "state":
            agreement = None
        elif act in ("call", "endorse", "commit") and not sign:
            agreement = 1
        reading.add(
            Finding(
                holders,
                form,
                act,
                agreement or 0,
                strength,
                at,
                evidence,
                (),
                concept,
                agreement,
                min(score, 0.6),
                status,
            )
        )


def _emit_clause(
    reading: Reading,
    holders: tuple[str, ...],
    form: HolderForm,
    act: Act,
    sign: int,
    cue: VerbCue,
    at: tuple[int, int],
    start: int,
    score: float,
    status: Status,
) -> None:
    """A that-clause or infinitive after the cue is the concept."""
    clause = reading.clause
    if at[1] >= clause.n or clause.low[at[1]] not in ("that", "to") or act in ("meet", "deed"):
        return
    stop = at[1] + 1
    while stop < clause.n and clause.tags[stop] not in ";" and stop - at[1] < 40:
        stop += 1
    concept = reading.words(at[1] + 1, min(stop, at[1] + 14))
    agreement = None if act == "state" else sign or 1
    evidence = ((start, stop),)
    if concept:
        strength = reading.strength_at(at[0], at[1], cue.strength)
        reading.add(
            Finding(
                holders,
                form,
                act,
                agreement or 0,
                strength,
                at,
                evidence,
                (),
                concept,
                agreement,
                min(score, 0.5),
                status,
            )
        )


def _also_judge(
    reading: Reading,
    cue: VerbCue,
    holders: tuple[str, ...],
    evidence: tuple[tuple[int, int], ...],
    at: tuple[int, int],
    concept: str | None,
    score: float,
    status: Status,
) -> None:
    """The narrator who tells of a wrong in words that judge it criticises its doer."""
    if "judge" not in cue.flags or reading.is_speaker(holders, at[0]) or status != "actual":
        return
    speaker = reading.speakers[at[0]]
    if cue.act == "deed":
        reading.memory.blame(holders)
    evidence = (reading.segment(evidence[0][0], evidence[0][1]),)
    reading.add(
        Finding(
            speaker.holders,
            "implicit",
            "criticise",
            -1,
            cue.strength,
            at,
            evidence,
            holders,
            concept,
            -1 if concept else None,
            score - 0.25,
        )
    )


def _read_passive(reading: Reading, verb: int, end: int, cue: VerbCue) -> None:
    clause = reading.clause
    agent = clause.agent(verb)
    subject = clause.subject(verb)
    if agent is None or not agent.actors or subject is None or not subject.actors or reading.negated(verb):
        return
    if cue.act in ("call", "state") or cue.sign == 0:
        return
    form: HolderForm = agent.form if agent.form in ("named", "nominal", "pronoun") else "nominal"  # type: ignore[assignment]
    start = min(subject.start, clause.group_start(verb))
    evidence = (reading.stretch(start, agent.core),)
    status = reading.status_at(verb)
    reading.add(
        Finding(
            agent.actors,
            form,
            cue.act,
            cue.sign,
            cue.strength,
            (verb, end),
            evidence,
            subject.actors,
            None,
            None,
            0.6,
            status,
        )
    )
    _also_judge(reading, cue, agent.actors, evidence, (verb, end), None, 0.6, status)


def _target(reading: Reading, end: int, cue: VerbCue) -> Phrase | None:
    clause = reading.clause
    if "give" in cue.flags:
        return _receiver(reading, end, cue)
    if cue.particle or cue.frame & {"obj", "that", "call"}:
        if (
            end < clause.n
            and clause.low[end] == "that"
            and not cue.particle
            and end + 1 < clause.n
            and clause.tags[end + 1] in "DMOW"
        ):
            return None
        found = clause.object_at(end)
        if found is not None:
            return found
    wanted = cue.frame - {"obj", "that", "to", "call"}
    for index in range(end, min(end + 6, clause.n - 1)):
        if clause.tags[index] in ";,VS":
            return None
        if clause.low[index] in wanted:
            return clause.phrase_at(index + 1)
    return None


def _receiver(reading: Reading, end: int, cue: VerbCue) -> Phrase | None:
    """Whom something is given to: an actor right after the verb, or after the preposition that follows the thing."""
    clause = reading.clause
    found = clause.object_at(end)
    if found is None:
        return None
    if found.actors and "obj" in cue.frame:
        return found if found.core < clause.n and clause.tags[found.core] in "WDP" else None
    for label, actors, at, _ in found.attached:
        if label in cue.frame and actors:
            return clause.phrase_at(at + 1)
    return None


def _turned(act: Act, sign: int) -> tuple[Act, int] | None:
    """What a negated act is; None where the negation leaves no position (codebook, rule 9)."""
    if act == "endorse" and sign > 0 or act == "commit":
        return "refuse", -1
    if act == "deed" and sign > 0:
        return "refuse", -1
    return None


def _score(cue: VerbCue, subject: Subject) -> float:
    score = {
        "endorse": 0.72,
        "criticise": 0.8,
        "refuse": 0.7,
        "commit": 0.6,
        "deed": 0.65,
        "warn": 0.6,
        "call": 0.7,
    }.get(cue.act, 0.55)
    if subject.form == "thing":
        score -= 0.2
    if subject.controlled:
        score -= 0.05
    return score
