"""The score of a position: a sum of weights, one a feature, turned into a number between 0 and 1."""

from collections.abc import Iterator
from functools import cache
from math import exp
from pathlib import Path

from amity.positions.cues import Cue
from amity.positions.reading import Reading
from amity.positions.roles import Entity
from amity.text.phrases import read_table

_RANKED = (
    "subj0", "subj", "obj", "agent", "pass", "np", "in", "poss", "by", "towards", "of:agent", "of:patient", "of:any", "of:none",
    "obj's", "gov0", "gov", "cop", "cop0", "subj's", "between", "with", "from", "to:listed", "subj to", "subj to+", "gov's", "cop's", "b1", "a1",
    "b1|", "a1|", "other", "b2", "a2", "b2|", "a2|", "b3", "a3", "b3|", "a3|",
)  # fmt: skip
_RANK = {role: place for place, role in enumerate(_RANKED)}


@cache
def weights() -> dict[str, float]:
    """Return the weight of every feature in ``data/weights.tsv``."""
    path = Path(__file__).parent / "data" / "weights.tsv"
    return {feature: float(weight) for feature, weight in read_table(path)}


def score_of(features: Iterator[str] | list[str]) -> float:
    """
    Return the score of a candidate.

    Parameters
    ----------
    features : iterable of str
        Its features; unknown ones count nothing.

    Returns
    -------
    float
        ``1 / (1 + exp(-sum of weights))``.
    """
    table = weights()
    total = sum(table.get(each, 0.0) for each in features)
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


def cue_features(reading: Reading, cue: Cue, family: str) -> list[str]:
    """
    Return the features of a cue alone.

    Parameters
    ----------
    reading : Reading
        The sentence.
    cue : Cue
        The cue.
    family : str
        ``J`` where the speaker judges, ``D`` where someone named does or holds.

    Returns
    -------
    list of str
        Features.
    """
    clause = reading.clause
    found = ["0", f"{family}", f"{family}|{cue.cls}", f"{family}|{cue.kind}"]
    if any(clause.tags[each] == "N" for each in range(max(0, cue.start - 4), cue.start)):
        found += [f"{family}|neg", f"{family}|neg|{cue.kind}"]
    if cue.kind == "verb":
        status = reading.status_at(cue.start)
        if status != "actual":
            found.append(f"{family}|{status}|{'+' if cue.sign > 0 else '-'}")
        form = clause.forms[cue.start]
        if form is not None:
            found.append(f"{family}|form:{form[1]}|{cue.act}")
    if reading.speakers[cue.start].voice != "own":
        found.append(f"{family}|{reading.speakers[cue.start].voice}")
    return found


def entity_features(reading: Reading, cue: Cue, entity: Entity, side: str) -> list[str]:
    """
    Return the features of an actor in its relation to a cue.

    Parameters
    ----------
    reading : Reading
        The sentence.
    cue : Cue
        The cue.
    entity : Entity
        The actor or actors.
    side : str
        Family and side: ``JT``, ``DH`` or ``DT``.

    Returns
    -------
    list of str
        Features.
    """
    sign = "+" if cue.sign > 0 else "-"
    broad = f"{cue.kind}{sign}"
    found: list[str] = []
    for role in entity.roles:
        found += [f"{side}|{role}", f"{side}|{role}|{broad}", f"{side}|{role}|{sign}{cue.act}"]
    traits = _traits(reading, cue, entity)
    found += [f"{side}|{trait}" for trait in traits]
    found += [f"{side}|{trait}|{sign}{cue.act}" for trait in traits]
    best = best_role(entity)
    found.append(f"{side}|best|{best}|{broad}")
    return found


def pair_features(cue: Cue, holder: Entity, target: Entity) -> list[str]:
    """
    Return the features of a holder and a target together.

    Parameters
    ----------
    cue : Cue
        The cue.
    holder, target : Entity
        Who acts, and towards whom.

    Returns
    -------
    list of str
        Features.
    """
    sign = "+" if cue.sign > 0 else "-"
    left, right = best_role(holder), best_role(target)
    found = [f"P|{left}|{right}", f"P|{left}|{right}|{cue.kind}{sign}"]
    if holder.start >= 0 and target.start >= 0:
        order = "HT" if holder.start < target.start else "TH"
        middle = (min(holder.start, target.start) < cue.start) + (max(holder.start, target.start) < cue.start)
        found.append(f"P|{order}{middle}|{cue.kind}{sign}")
    return found


def best_role(entity: Entity) -> str:
    """
    Return the closest of an entity's relations to the cue.

    Parameters
    ----------
    entity : Entity
        The actor.

    Returns
    -------
    str
        The relation; ``none`` where there is none.
    """
    return min(entity.roles, key=lambda each: (_RANK.get(each, 50), each), default="none")


def _traits(reading: Reading, cue: Cue, entity: Entity) -> list[str]:
    traits = ["f:" + entity.form]
    if set(entity.actors) <= reading.issuers:
        traits.append("issuer")
    elif set(entity.actors) <= reading.addressees:
        traits.append("addressee")
    if set(entity.actors) <= set(reading.speakers[cue.start].holders):
        traits.append("speaker")
    kinds = {reading.kinds.get(each, "") for each in entity.actors}
    traits += ["k:" + kind for kind in sorted(kinds)]
    if any(each in reading.generic for each in entity.actors):
        traits.append("generic")
    if len(entity.actors) > 1:
        traits.append("joint")
    if entity.start >= 0:
        distance = min(abs(entity.start - cue.start), abs(entity.end - cue.start))
        traits.append(
            "d:" + ("0" if distance <= 2 else "1" if distance <= 6 else "2" if distance <= 14 else "3")
        )
    return traits
