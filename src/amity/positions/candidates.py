"""Every reading that a cue allows, scored; the best are kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from amity.model import Act
from amity.positions.cues import Cue, find_cues
from amity.positions.reading import Finding, Reading, holder_form
from amity.positions.roles import Entity, find_roles
from amity.positions.scoring import cue_features, entity_features, pair_features, score_of

CLEAR = 0.55
"""A frame this sure stands on its own, whatever the weights make of the rest."""
FRAME_SHARE = 0.8


@dataclass(slots=True)
class Candidate:
    """
    A possible position with the features that score it.

    Parameters
    ----------
    finding : Finding
        The position.
    features : list of str
        What speaks for and against it.
    """

    finding: Finding
    features: list[str]


def find_candidates(reading: Reading) -> Iterator[Candidate]:
    """
    Yield the signed candidates of a sentence.

    Parameters
    ----------
    reading : Reading
        The sentence, after the frames; what these found is a feature of the candidates that agree with it.

    Yields
    ------
    Candidate
        With the score of its features in its finding only after `keep_best`.
    """
    by_frame = _frames(reading)
    seen: set[tuple[object, ...]] = set()
    for cue in find_cues(reading):
        entities = find_roles(reading, cue)
        _add_remembered(reading, cue, entities)
        yield from _judgements(reading, cue, entities, by_frame, seen)
        yield from _deeds(reading, cue, entities, by_frame, seen)
    for key, finding in by_frame.items():
        if key not in seen:
            yield Candidate(finding, ["0", "R", f"R|{finding.rule}", f"R|{finding.rule}|{finding.act}"])


def _add_remembered(reading: Reading, cue: Cue, entities: list[Entity]) -> None:
    """Actors that earlier sentences make likely: the last culprit, the last first actor, the one most spoken of."""
    memory = reading.memory
    named = (
        ("memory", memory.culprits() if cue.sign < 0 else ()),
        ("previous", memory.previous),
        ("main", memory.main()),
    )
    for role, actors in named:
        if not actors:
            continue
        for entity in entities:
            if entity.actors == actors:
                entity.roles.add(role)
                break
        else:
            entities.append(Entity(actors, {role}))


def _frames(reading: Reading) -> dict[tuple[object, ...], Finding]:
    found: dict[tuple[object, ...], Finding] = {}
    for finding in reading.findings:
        if finding.targets and finding.sign:
            found[(finding.cue[0], finding.holders, finding.targets, finding.sign)] = finding
    return found


def _judgements(
    reading: Reading,
    cue: Cue,
    entities: list[Entity],
    by_frame: dict[tuple[object, ...], Finding],
    seen: set[tuple[object, ...]],
) -> Iterator[Candidate]:
    speaker = reading.speakers[cue.start].holders
    shared = cue_features(reading, cue, "J")
    act: Act = "call" if cue.kind == "must" else "endorse" if cue.sign > 0 else "criticise"
    for entity in entities:
        if set(entity.actors) & set(speaker) or reading.is_speaker(entity.actors, cue.start):
            continue
        key = (cue.start, speaker, entity.actors, cue.sign)
        features = shared + entity_features(reading, cue, entity, "JT")
        finding = by_frame.get(key)
        if finding is not None:
            features += [f"J|R|{finding.rule}", f"J|R|{finding.rule}|{cue.cls}"]
        else:
            evidence = _judged_evidence(reading, cue, entity)
            finding = Finding(
                speaker,
                "implicit",
                act,
                cue.sign,
                cue.strength,
                (cue.start, cue.end),
                (evidence,),
                entity.actors,
            )
        seen.add(key)
        yield Candidate(finding, features)


def _deeds(
    reading: Reading,
    cue: Cue,
    entities: list[Entity],
    by_frame: dict[tuple[object, ...], Finding],
    seen: set[tuple[object, ...]],
) -> Iterator[Candidate]:
    if cue.kind in ("close", "wide", "vague", "must"):
        return
    shared = cue_features(reading, cue, "D")
    holders = [(each, entity_features(reading, cue, each, "DH")) for each in entities]
    targets = [(each, entity_features(reading, cue, each, "DT")) for each in entities]
    for holder, left in holders:
        for target, right in targets:
            if set(holder.actors) & set(target.actors):
                continue
            key = (cue.start, holder.actors, target.actors, cue.sign)
            features = shared + left + right + pair_features(cue, holder, target)
            finding = by_frame.get(key)
            if finding is not None:
                features += [f"D|R|{finding.rule}", f"D|R|{finding.rule}|{cue.cls}"]
            else:
                form = holder_form(holder.form)
                evidence = _deed_evidence(reading, cue, holder, target)
                finding = Finding(
                    holder.actors,
                    form,
                    cue.act,
                    cue.sign,
                    cue.strength,
                    (cue.start, cue.end),
                    (evidence,),
                    target.actors,
                )
            seen.add(key)
            yield Candidate(finding, features)


def _judged_evidence(reading: Reading, cue: Cue, entity: Entity) -> tuple[int, int]:
    start, end = cue.start, cue.end
    if entity.start >= 0:
        start, end = min(start, entity.start), max(end, entity.end)
    return reading.segment(start, end)


def _deed_evidence(reading: Reading, cue: Cue, holder: Entity, target: Entity) -> tuple[int, int]:
    start, end = cue.start, cue.end
    for each in (holder, target):
        if each.start >= 0:
            start, end = min(start, each.start), max(end, each.end)
    if holder.start < 0 and cue.kind != "noun":
        return reading.stretch(start, end)
    if holder.start >= 0 and holder.start == start:
        return reading.stretch(start, end)
    return reading.described(start, end)


def keep_best(reading: Reading, candidates: Iterator[Candidate], *, least: float) -> None:
    """
    Replace the signed findings of a sentence by its best candidates.

    Parameters
    ----------
    reading : Reading
        The sentence; its findings without a target or sign stay.
    candidates : iterator of Candidate
        From `find_candidates`.
    least : float
        Lowest score that is kept.

    Notes
    -----
    Best first; a candidate with the same holders, target and sign as a better one, in overlapping words, is dropped (codebook, rule 12).
    """
    scored: list[Finding] = []
    for candidate in candidates:
        score = score_of(candidate.features)
        if candidate.finding.rule and candidate.finding.score >= CLEAR:
            score = max(score, FRAME_SHARE * candidate.finding.score)
        if score >= least:
            scored.append(replace(candidate.finding, score=score))
    scored.sort(key=lambda each: (-each.score, each.cue, each.holders, each.targets))
    reading.restart()
    for finding in scored:
        reading.add(finding)
    signed = {(each.cue, each.holders) for each in reading.findings if each.targets and each.sign}
    reading.findings = [
        each for each in reading.findings if each.targets or (each.cue, each.holders) not in signed
    ]
