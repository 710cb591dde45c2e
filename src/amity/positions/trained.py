"""Document and mentions → positions, by the shipped encoder's scores."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from amity.encoder import ArgumentScore, CueScore, Encoder, SentenceScores, load_encoder
from amity.model import Act, Certainty, Coding, Document, HolderForm, Mention, Origin, Position, position_id
from amity.positions import rules
from amity.positions.calibration import UNSUPPORTED, Calibration, logit
from amity.positions.trained_actors import SentenceActors, resolve_mentions
from amity.text.sentences import split_sentences

VERSION = "1"
ORIGIN = Origin("reader:trained", VERSION)
LEAST_PAIR = 0.1
"""A target is suggested from this share of its cue's certainty."""
SURE = 0.5
"""Holders and targets from this probability stand together in one position."""


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A holder's or several holders' position as the scores show it.

    Parameters
    ----------
    sentence : int
        Place of the sentence.
    offset : int
        Of the sentence in the document.
    cue : CueScore
        Its cue.
    holders, targets : tuple of str
        Actor ids.
    holder_form : HolderForm
        How the holder is shown.
    polarity : int or None
        Towards the targets.
    features : tuple of float
        What the calibration looks at: log-odds of cue, holder, target and sign, evidence; 1 where it takes no side.
    """

    sentence: int
    offset: int
    cue: CueScore
    holders: tuple[str, ...]
    targets: tuple[str, ...]
    holder_form: HolderForm
    polarity: int | None
    features: tuple[float, ...]


@dataclass(slots=True)
class _Roles:
    """Candidates of one cue gathered by actor."""

    holder: dict[str, tuple[float, HolderForm]] = field(default_factory=dict)
    target: dict[str, ArgumentScore] = field(default_factory=dict)


def find_positions(
    document: Document, coding: Coding, *, encoder: Encoder | None = None, with_rules: bool = True
) -> Coding:
    """
    Return a coding with the positions that the trained reader finds.

    Parameters
    ----------
    document : Document
        In English, or in a language not known; for other languages no position is found.
    coding : Coding
        Its actors, issuers and mentions, as `amity.mentions.find_mentions` gives them.
    encoder : Encoder, optional
        Instead of the shipped one.
    with_rules : bool
        Whether the rule reader is heard as well.

    Returns
    -------
    Coding
        The same with positions in text order of their cues, and with the actors and mentions that the encoder found besides. Each has
        exact evidence, the origin ``reader:trained`` and a calibrated score.

    Raises
    ------
    ModelUnavailable
        If the weights are not in this installation.
    ReaderError
        If the network fails.

    Notes
    -----
    The issuer is a candidate of its own for every cue: a clause without a subject needs no mention. A position without a likely
    target is about a concept.
    """
    if document.language not in ("", "en") or not coding.issuers:
        return coding
    encoder = encoder or load_encoder()
    actors, findings = read_findings(document, coding, encoder)
    full = actors.coding
    calibration = Calibration.of(encoder.settings)
    by_rules = rules.find_positions(document, coding).positions if with_rules else ()
    positions: dict[str, Position] = {}
    for position, features in supported(by_rules, findings, calibration):
        score = calibration.rule_score(features)
        certainty: Certainty = "sure" if score >= SURE else "unsure"
        positions[position.id] = replace(position, score=score, certainty=certainty, origin=ORIGIN)
    for finding in findings:
        if not any(is_same(finding, each) for each in by_rules):
            read = position_of(document, full, finding, calibration)
            if read is not None:
                positions.setdefault(read.id, read)
    return Coding(
        full.document_id,
        full.actors,
        full.issuers,
        full.addressees,
        full.mentions,
        tuple(sorted(positions.values(), key=lambda each: (each.cue.start, each.cue.end, each.id))),
        full.quotations,
    )


def read_findings(
    document: Document, coding: Coding, encoder: Encoder
) -> tuple[SentenceActors, list[Finding]]:
    """
    Return who the mentions are and what the scores say, before calibration.

    Parameters
    ----------
    document : Document
        The document.
    coding : Coding
        Actors, issuers and mentions.
    encoder : Encoder
        The encoder.

    Returns
    -------
    actors : SentenceActors
        The coding with further mentions, and the actors of every scored mention.
    findings : list of Finding
        In text order.
    """
    spans = split_sentences(document.text)
    inside = _by_sentence(spans, coding.mentions)
    names = {actor.id: (actor.name, *actor.aliases) for actor in coding.actors}
    scores = encoder.read(
        [document.text[start:end] for start, end in spans],
        issuers=[name for issuer in coding.issuers for name in names[issuer]],
        addressees=[name for addressee in coding.addressees for name in names[addressee]],
        also=[
            [(m.span.start - start, m.span.end - start) for m in listed]
            for (start, _), listed in zip(spans, inside, strict=True)
        ],
    )
    actors = resolve_mentions(document, coding, spans, scores)
    findings = [
        finding
        for place, ((start, _), each) in enumerate(zip(spans, scores, strict=True))
        for cue in each.cues
        for finding in _findings(cue, place, start, actors, scores)
    ]
    return actors, findings


def is_same(finding: Finding, position: Position) -> bool:
    """
    Return whether a finding and the rule reader's position say the same of the same words.

    Parameters
    ----------
    finding : Finding
        From the scores.
    position : Position
        From the rules.

    Returns
    -------
    bool
        True where they share a holder, a target (or have none), the polarity and a stretch of evidence.
    """
    start, end = finding.offset + finding.cue.evidence[0], finding.offset + finding.cue.evidence[1]
    if not any(each.start < end and start < each.end for each in position.evidence):
        return False
    if finding.polarity != position.polarity or not set(finding.holders) & set(position.holders):
        return False
    return bool(set(finding.targets) & set(position.targets)) or not (finding.targets or position.targets)


def supported(
    by_rules: Sequence[Position], findings: Sequence[Finding], calibration: Calibration
) -> list[tuple[Position, tuple[float, float, float, float]]]:
    """
    Return the rule reader's positions with what their calibration looks at.

    Parameters
    ----------
    by_rules : sequence of Position
        From the rules.
    findings : sequence of Finding
        From the scores.
    calibration : Calibration
        For the findings' scores.

    Returns
    -------
    list of (Position, (float, float, float, float))
        In their order, with the log-odds of their own score and of the strongest finding that says the same, 1 where they take no side,
        and 1 where they have no target.
    """
    found = []
    for position in by_rules:
        same = [
            logit(calibration.score(each.cue.best("act"), bool(each.targets), each.features))
            for each in findings
            if is_same(each, position)
        ]
        neutral = float(position.polarity == 0 or position.act == "state")
        no_target = float(not position.targets)
        found.append((position, (logit(position.score), max([UNSUPPORTED, *same]), neutral, no_target)))
    return found


def _by_sentence(spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[list[Mention]]:
    found: list[list[Mention]] = [[] for _ in spans]
    ordered = sorted(mentions, key=lambda each: (each.span.start, each.span.end))
    place = 0
    for mention in ordered:
        while place < len(spans) and spans[place][1] <= mention.span.start:
            place += 1
        if place < len(spans) and mention.span.end <= spans[place][1]:
            found[place].append(mention)
    return found


def _findings(
    cue: CueScore, place: int, offset: int, actors: SentenceActors, scores: Sequence[SentenceScores]
) -> Iterator[Finding]:
    roles = _gather(cue, actors, scores)
    if not roles.holder:
        return
    best = max(roles.holder, key=lambda each: roles.holder[each][0])
    joint = [each for each, (p, _) in roles.holder.items() if p >= SURE] or [best]
    joint.sort(key=lambda each: -roles.holder[each][0])
    base = (logit(cue.probability), logit(min(roles.holder[each][0] for each in joint)))
    sure = logit(cue.evidence_probability)
    form = roles.holder[joint[0]][1]
    none = 1.0
    wanted: list[tuple[bool, int, float, str]] = []
    for actor, argument in roles.target.items():
        if joint == [actor]:
            continue
        none *= 1.0 - argument.target
        if argument.target >= LEAST_PAIR:
            sign = max(argument.support, argument.opposition, argument.neutral)
            wanted.append((argument.target >= SURE, argument.polarity, sign, actor))
    for (is_sure, polarity), group in groupby(
        sorted(wanted, key=lambda each: (not each[0], each[1])), key=lambda e: e[:2]
    ):
        listed = list(group)
        bundles = [listed] if is_sure else [[each] for each in listed]
        for bundle in bundles:
            yield from _towards(cue, place, offset, joint, form, polarity, bundle, (*base, sure))
    if none >= LEAST_PAIR:
        yield Finding(
            place,
            offset,
            cue,
            tuple(joint),
            (),
            form,
            None,
            (*base, logit(none), sure, float(cue.best("act") == "state")),
        )


def _towards(
    cue: CueScore,
    place: int,
    offset: int,
    joint: list[str],
    form: HolderForm,
    polarity: int,
    bundle: list[tuple[bool, int, float, str]],
    odds: tuple[float, float, float],
) -> Iterator[Finding]:
    """One finding for holders that are no targets, and one for each holder that is a target as well (mutual deeds)."""
    targets = [each[3] for each in bundle]
    probability = min(each[2] for each in bundle)
    features = (
        odds[0],
        odds[1],
        logit(probability),
        odds[2],
        float(polarity == 0 or cue.best("act") == "state"),
    )
    apart = [each for each in joint if each not in targets]
    if apart:
        yield Finding(place, offset, cue, tuple(apart), tuple(targets), form, polarity, features)
    for holder in joint:
        rest = tuple(each for each in targets if each != holder)
        if holder in targets and rest:
            yield Finding(place, offset, cue, (holder,), rest, form, polarity, features)


def _gather(cue: CueScore, actors: SentenceActors, scores: Sequence[SentenceScores]) -> _Roles:
    """The strongest evidence for each actor in each role."""
    roles = _Roles()
    coding = actors.coding
    for argument in cue.arguments:
        if argument.special is not None:
            ids: tuple[str, ...] = coding.issuers if argument.special == "issuer" else coding.addressees
            form: HolderForm = "implicit"
        else:
            key = (argument.sentence or 0, argument.mention or 0)
            ids = actors.actors.get(key, ())
            form = scores[key[0]].mentions[key[1]].form
        for actor in ids:
            known = roles.holder.get(actor)
            # words that show the holder tell its form; the special candidate only where there are none
            if (
                known is None
                or argument.holder > known[0]
                or (known[1] == "implicit" and argument.holder >= SURE)
            ):
                roles.holder[actor] = (max(argument.holder, known[0] if known else 0.0), form)
            target = roles.target.get(actor)
            if target is None or argument.target > target.target:
                roles.target[actor] = argument
    return roles


def position_of(
    document: Document, coding: Coding, finding: Finding, calibration: Calibration
) -> Position | None:
    """
    Return the position that a finding is, or None where its words name neither target nor concept.

    Parameters
    ----------
    document : Document
        The document.
    coding : Coding
        With the finding's actors.
    finding : Finding
        From `read_findings`.
    calibration : Calibration
        For the score.

    Returns
    -------
    Position or None
        With exact evidence and the origin ``reader:trained``.
    """
    cue, offset = finding.cue, finding.offset
    act: Act = cue.best("act")  # type: ignore[assignment]
    concept = _concept(document, finding)
    if not finding.targets and concept is None:
        return None
    agreement = {"none": None, "+": 1, "-": -1}[cue.best("agreement")] if concept is not None else None
    evidence = (document.span(offset + cue.evidence[0], offset + cue.evidence[1]),)
    cue_span = document.span(offset + cue.start, offset + cue.end)
    score = calibration.score(act, bool(finding.targets), finding.features)
    is_own = set(finding.holders) <= set(coding.issuers)
    voice = "own" if is_own and cue.best("voice") == "reported" else cue.best("voice")
    return Position(
        position_id(
            document.id,
            holders=finding.holders,
            targets=finding.targets,
            concept=concept,
            act=act,
            polarity=finding.polarity,
            agreement=agreement,
            cue=(cue_span.start, cue_span.end),
            evidence=tuple((each.start, each.end) for each in evidence),
        ),
        document.id,
        finding.holders,
        act,
        evidence,
        cue_span,
        targets=finding.targets,
        polarity=finding.polarity,
        concept=concept,
        agreement=agreement,
        holder_form=finding.holder_form,
        via=() if is_own or voice == "own" else coding.issuers,
        status=cue.best("status"),  # type: ignore[arg-type]
        voice=voice,  # type: ignore[arg-type]
        strength=cue.best("strength"),  # type: ignore[arg-type]
        certainty="sure" if score >= SURE else "unsure",
        origin=ORIGIN,
        score=score,
    )


def _concept(document: Document, finding: Finding) -> str | None:
    """The words that say what it is about; for a position without a target the words after its cue at the least."""
    cue, offset = finding.cue, finding.offset
    if cue.idea is not None and (not finding.targets or cue.best("concept") == "given"):
        return _phrase(document, offset + cue.idea[0], offset + cue.idea[1])
    if finding.targets:
        return None
    after = _phrase(document, offset + cue.end, offset + cue.evidence[1])
    return after or _phrase(document, offset + cue.evidence[0], offset + cue.evidence[1])


def _phrase(document: Document, start: int, end: int) -> str | None:
    words = " ".join(document.text[start:end].split()).strip(" ,;:.“”\"'()")
    if len(words) > 160:
        words = words[:160].rsplit(" ", 1)[0]
    return words or None
