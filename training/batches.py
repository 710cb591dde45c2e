"""Examples padded into tensors, in batches of about equal numbers of word pieces."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from amity.encoder.labels import CUE_FIELDS, SPAN_LABELS, SPECIALS
from training.examples import IGNORE, CueTarget, Example
from training.gold import ADDRESSEE, ISSUER


@dataclass(slots=True)
class Batch:
    """Padded tensors of some windows; every index is into this batch."""

    ids: Tensor
    mask: Tensor
    features: Tensor
    first: Tensor
    last: Tensor
    words: Tensor
    part: Tensor
    supervised: Tensor
    spans: Tensor
    cues: Tensor
    fields: Tensor
    evidence: Tensor
    concept: Tensor
    candidates: Tensor
    pairs: Tensor
    holder: Tensor
    target: Tensor
    arcs: Tensor | None
    relations: Tensor | None
    directed: Tensor
    directed_label: Tensor


def make_batches(
    examples: Sequence[Example], budget: int, random_state: random.Random
) -> list[list[Example]]:
    """
    Return examples in batches of one source and of about the same length.

    Parameters
    ----------
    examples : sequence of Example
        Of any source.
    budget : int
        Word pieces in a batch, padding included.
    random_state : random.Random
        For the order.

    Returns
    -------
    list of list of Example
        In random order.
    """
    by_source: dict[str, list[Example]] = {}
    for example in examples:
        by_source.setdefault(example.source, []).append(example)
    batches: list[list[Example]] = []
    for source in sorted(by_source):
        listed = by_source[source]
        random_state.shuffle(listed)
        listed.sort(key=lambda each: len(each.window.ids) // 8)
        current: list[Example] = []
        for example in listed:
            if current and (len(current) + 1) * len(example.window.ids) > budget:
                batches.append(current)
                current = []
            current.append(example)
        if current:
            batches.append(current)
    random_state.shuffle(batches)
    return batches


def collate(examples: Sequence[Example]) -> Batch:
    """Return the tensors of some examples."""
    count = len(examples)
    pieces = max(len(each.window.ids) for each in examples)
    words = max(max(len(each.window.first) for each in examples), 1)
    ids = np.zeros((count, pieces), dtype=np.int64)
    mask = np.zeros((count, pieces), dtype=bool)
    features = np.zeros((count, pieces, examples[0].window.features.shape[1]), dtype=np.float32)
    first, last = np.zeros((count, words), dtype=np.int64), np.zeros((count, words), dtype=np.int64)
    part = np.full((count, words), -1, dtype=np.int64)
    supervised = np.zeros((count, len(SPAN_LABELS)), dtype=bool)
    arcs, relations = np.full((count, words), IGNORE), np.full((count, words), IGNORE)
    for place, example in enumerate(examples):
        window = example.window
        size, length = len(window.ids), len(window.first)
        ids[place, :size], mask[place, :size] = window.ids, True
        features[place, :size] = window.features
        first[place, :length], last[place, :length] = window.first, window.last
        part[place, :length] = window.part
        supervised[place, sorted(example.supervised)] = True
        if example.arcs is not None and example.relations is not None:
            arcs[place, :length], relations[place, :length] = example.arcs, example.relations
    spans = [(place, *span) for place, example in enumerate(examples) for span in example.spans]
    has_tree = any(example.arcs is not None for example in examples)
    directed = [(place, *e.pair[0], *e.pair[1]) for place, e in enumerate(examples) if e.pair is not None]
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy(mask),
        torch.from_numpy(features),
        torch.from_numpy(first),
        torch.from_numpy(last),
        torch.from_numpy(part >= 0),
        torch.from_numpy(part),
        torch.from_numpy(supervised),
        _table(spans, 4),
        *_arguments(examples),
        torch.from_numpy(arcs) if has_tree else None,
        torch.from_numpy(relations) if has_tree else None,
        _table(directed, 5),
        torch.tensor([e.pair[2] for e in examples if e.pair is not None], dtype=torch.int64),
    )


def _table(rows: Sequence[Sequence[int]], columns: int) -> Tensor:
    return torch.tensor(rows, dtype=torch.int64).reshape(len(rows), columns)


def _arguments(examples: Sequence[Example]) -> tuple[Tensor, ...]:
    """Cues, their fields, evidence and concept; candidates; pairs with holder and target labels."""
    cues, fields, evidence, concept, candidates = [], [], [], [], []
    pairs, holder, target = [], [], []
    for place, example in enumerate(examples):
        base = len(candidates)
        candidates.extend((place, mention.start, mention.end) for mention in example.mentions)
        for cue in example.cues:
            labels = candidate_labels(example, cue)
            for candidate, (holds, sign) in enumerate(labels):
                number = candidate if candidate < len(SPECIALS) else base + candidate
                pairs.append((len(cues), number))
                holder.append(holds)
                target.append(sign)
            cues.append((place, cue.start, cue.end))
            fields.append([_field(cue, name) for name in CUE_FIELDS])
            evidence.append(cue.evidence or (IGNORE, IGNORE))
            concept.append(cue.concept or (IGNORE, IGNORE))
    return (
        _table(cues, 3),
        _table(fields, len(CUE_FIELDS)),
        _table(evidence, 2),
        _table(concept, 2),
        _table(candidates, 3),
        _table(pairs, 2),
        torch.tensor(holder, dtype=torch.int64),
        torch.tensor(target, dtype=torch.int64),
    )


def _field(cue: CueTarget, name: str) -> int:
    return int(cue.has_concept) if name == "concept" else getattr(cue, name)


def candidate_labels(example: Example, cue: CueTarget) -> list[tuple[int, int]]:
    """
    Return, for issuer, addressee and every mention, whether it holds the position and with which sign it is its target.

    Parameters
    ----------
    example : Example
        The window.
    cue : CueTarget
        A cue of it.

    Returns
    -------
    list of (int, int)
        1, 0 or `IGNORE` for the holder; a place in `TARGET_SIGNS` or `IGNORE` for the target. All mentions of an actor inside
        the evidence count; where there are none, the nearest one, and the others are ignored.
    """
    low, high = cue.evidence or (cue.start, cue.end)
    labels = [
        (_special_holder(example, cue, ISSUER), _special_target(cue, example.issuers)),
        (_special_holder(example, cue, ADDRESSEE), _special_target(cue, example.addressees)),
    ]
    chosen: dict[str, set[int]] = {}
    for actor in {*cue.holders, *cue.targets}:
        own = [place for place, each in enumerate(example.mentions) if each.actor == actor]
        inside = [p for p in own if low <= example.mentions[p].start and example.mentions[p].end <= high]
        nearest = sorted(own, key=lambda p: abs(example.mentions[p].start - cue.start))[:1]
        chosen[actor] = set(inside or nearest)
    for place, mention in enumerate(example.mentions):
        actor = mention.actor
        picked = place in chosen.get(actor, ())
        holds = 0 if actor not in cue.holders else 1 if picked else IGNORE
        sign = 0 if actor not in cue.targets else cue.targets[actor] if picked else IGNORE
        labels.append((holds, sign))
    return labels


def _special_holder(example: Example, cue: CueTarget, which: str) -> int:
    actors = example.issuers if which == ISSUER else example.addressees
    held = [actor for actor in actors if actor in cue.holders]
    if not held:
        return 0
    if len(held) == len(actors):
        return 1
    return 1 if any(cue.holders[actor] in ("implicit", "pronoun") for actor in held) else IGNORE


def _special_target(cue: CueTarget, actors: Sequence[str]) -> int:
    signs = [cue.targets[actor] for actor in actors if actor in cue.targets]
    if not signs:
        return 0
    return signs[0] if len(signs) == len(actors) else IGNORE
