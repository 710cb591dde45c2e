"""Positions that verbs carry: subject, object, passive, what a call asks for."""

from dataclasses import dataclass, replace

from amity.model import Act, HolderForm, Status, Strength
from amity.positions.call_frames import read_call
from amity.positions.grammar import MISSING, Phrase, Subject
from amity.positions.lexicon import VerbCue, noun_cues, verb_cues
from amity.positions.reading import Finding, Reading, holder_form, modal_before

CALLING = frozenset(
    "call urge request demand appeal order invite ask entreat beseech implore beg require direct instruct exhort press encourage remind advise enable allow permit help authorize authorise want force compel lead cause".split()
)
_MEANING_TO = frozenset("wish intend desire intention want readiness pledge determination decision".split())
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
        and clause.form_of(verb) in ("past", "participle")
        and (end >= clause.n or clause.low[end] != "by")
    ):
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


@dataclass(slots=True)
class _Draft:
    """A verb's position while it is worked out."""

    holders: tuple[str, ...]
    form: HolderForm
    act: Act
    sign: int
    strength: Strength
    at: tuple[int, int]
    start: int
    score: float
    status: Status

    def finding(
        self,
        end: int,
        targets: tuple[str, ...],
        concept: str | None,
        agreement: int | None,
        reading: Reading,
    ) -> Finding:
        """Return the finding whose evidence runs on to the end of its clause."""
        return Finding(
            self.holders,
            self.form,
            self.act,
            self.sign if targets else agreement or 0,
            self.strength,
            self.at,
            (reading.stretch(self.start, max(end, self.at[1])),),
            targets,
            concept,
            agreement,
            self.score,
            self.status,
        )


def _read_active(reading: Reading, verb: int, end: int, cue: VerbCue, subject: Subject) -> None:
    holders, form = reading.holder_of(subject, verb)
    if not holders:
        return
    strength = reading.strength_at(verb, end, cue.strength)
    draft = _Draft(
        holders,
        form,
        cue.act,
        cue.sign,
        strength,
        (verb, end),
        0,
        _score(cue, subject),
        reading.status_at(verb),
    )
    draft.start = _evidence_start(reading, verb, subject)
    if _apply_governor(reading, verb, cue, subject, draft) and _apply_modal(reading, verb, draft):
        _emit(reading, cue, draft, _target(reading, end, cue))


def _apply_governor(reading: Reading, verb: int, cue: VerbCue, subject: Subject, draft: _Draft) -> bool:
    """Let negation and the verb that an infinitive depends on change the act; whether a position is left."""
    flips = reading.negated(verb)
    governing = subject.controlled.rstrip("+")
    if governing in _FLIPPING:
        flips = not flips
    elif governing in CALLING and subject.controlled.endswith("+"):
        if cue.act in ("commit", "concede", "meet", "state") or subject.form == "thing":
            return False
        draft.act, draft.score, draft.status = "endorse" if draft.sign > 0 else "call", 0.45, "actual"
    elif governing and governing not in _WILLING:
        draft.score -= 0.12
    if flips:
        turned = _turned(draft.act, draft.sign)
        if turned is None:
            return False
        draft.act, draft.sign = turned
        draft.score -= 0.1
        draft.at = (reading.clause.group_start(verb), draft.at[1])
    if draft.act == "deed" and draft.sign > 0 and governing in _MEANING_TO:
        draft.act = "commit"
    return True


def _apply_modal(reading: Reading, verb: int, draft: _Draft) -> bool:
    """Let a modal change the act; whether a position is left (what others must do is no position of theirs)."""
    modal = modal_before(reading.clause, verb)
    if reading.is_speaker(draft.holders, verb):
        if modal in ("will", "shall") and draft.act in ("endorse", "deed") and draft.sign > 0:
            draft.act, draft.status = "commit", "actual"
        return True
    if modal == "shall" or (modal and draft.status == "hypothetical"):
        draft.score -= 0.2
    return modal not in ("must", "should", "ought")


def _evidence_start(reading: Reading, verb: int, subject: Subject) -> int:
    start = reading.clause.group_start(verb)
    if (
        subject.form == MISSING
        or subject.controlled
        or subject.start > verb
        or _follows_conjunction(reading, verb)
    ):
        return start
    return start if verb - subject.start > 40 else min(subject.start, start)


def _follows_conjunction(reading: Reading, verb: int) -> bool:
    """Whether a verb shares its subject with one before it, so that its own words begin with it."""
    before = reading.clause.group_start(verb) - 1
    return before > 0 and reading.clause.tags[before] == "C"


def _emit(reading: Reading, cue: VerbCue, draft: _Draft, target: Phrase | None) -> None:
    if cue.lemma in _MUTUAL and len(draft.holders) == 2 and (target is None or not target.actors):
        _emit_mutual(reading, draft, target)
        return
    if target is None:
        _emit_clause(reading, draft)
        return
    actors = _targets(reading, cue, draft, target)
    concept = reading.concept_of(target)
    draft.score -= (0.0 if target.actors else 0.08) + (0.05 if target.form == "pronoun" else 0.0)
    if actors and (draft.sign or draft.act == "meet"):
        agreement = (1 if cue.act == "deed" and not target.owners else draft.sign) if concept else None
        finding = draft.finding(target.end, actors, concept, agreement, reading)
        reading.add(finding)
        _also_judge(reading, cue, finding)
    elif concept and draft.act not in ("meet", "deed"):
        agreement = draft.sign or (1 if draft.act in ("call", "endorse", "commit") else None)
        draft.score = min(draft.score, 0.6)
        reading.add(
            draft.finding(target.end, (), concept, None if draft.act == "state" else agreement, reading)
        )


def _targets(reading: Reading, cue: VerbCue, draft: _Draft, target: Phrase) -> tuple[str, ...]:
    if "that" in cue.frame or ("to" in cue.frame and not target.actors):
        return ()
    if "person" in cue.flags:
        return target.actors
    if target.responsible or cue.act != "criticise":
        return target.responsible
    head = noun_cues().get(target.head)
    if (
        (head is not None and head.sign < 0)
        or target.form == "pronoun"
        or target.head in ("it", "this", "them")
    ):
        draft.score = min(draft.score, 0.5)
        return reading.memory.culprits()
    return ()


def _emit_mutual(reading: Reading, draft: _Draft, target: Phrase | None) -> None:
    """ "X and Y agreed on Z": one position in each direction (codebook, rule 19)."""
    concept = reading.concept_of(target)
    end = target.end if target is not None else draft.at[1]
    draft.score = 0.6
    holders = draft.holders
    for one, other in (holders, holders[::-1]):
        draft.holders = (one,)
        reading.add(draft.finding(end, (other,), concept, 1 if concept else None, reading))


def _emit_clause(reading: Reading, draft: _Draft) -> None:
    """A that-clause or infinitive after the cue is the concept."""
    clause, after = reading.clause, draft.at[1]
    if after >= clause.n or clause.low[after] not in ("that", "to") or draft.act in ("meet", "deed"):
        return
    stop = after + 1
    while stop < clause.n and clause.tags[stop] not in ";" and stop - after < 40:
        stop += 1
    concept = reading.words(after + 1, min(stop, after + 14))
    agreement = None if draft.act == "state" else draft.sign or 1
    if concept:
        draft.score = min(draft.score, 0.5)
        found = draft.finding(stop, (), concept, agreement, reading)
        reading.add(replace(found, evidence=((draft.start, stop),)))


def _also_judge(reading: Reading, cue: VerbCue, finding: Finding) -> None:
    """The narrator who tells of a wrong in words that judge it criticises its doer."""
    at, holders = finding.cue, finding.holders
    if "judge" not in cue.flags or reading.is_speaker(holders, at[0]) or finding.status != "actual":
        return
    if cue.act == "deed":
        reading.memory.blame(holders)
    evidence = (reading.segment(*finding.evidence[0]),)
    reading.add(
        Finding(
            reading.speakers[at[0]].holders,
            "implicit",
            "criticise",
            -1,
            cue.strength,
            at,
            evidence,
            holders,
            finding.concept,
            -1 if finding.concept else None,
            finding.score - 0.25,
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
    form = holder_form(agent.form, other="nominal")
    start = min(subject.start, clause.group_start(verb))
    evidence = (reading.stretch(start, agent.core),)
    status = reading.status_at(verb)
    finding = Finding(
        agent.actors,
        form,
        cue.act,
        cue.sign,
        cue.strength,
        (verb, end),
        evidence,
        subject.actors,
        score=0.6,
        status=status,
    )
    reading.add(finding)
    _also_judge(reading, cue, finding)


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
    if (act == "endorse" and sign > 0) or act == "commit":
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
