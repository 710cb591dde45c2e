"""Five folds of the gold documents: all documents of an issuer in one fold."""

import random
from collections.abc import Sequence

from amity.evaluation.actors import plain_name
from amity.model import Coding, Document

FOLDS = 5
Pair = tuple[Document, Coding]


def split_folds(pairs: Sequence[Pair], *, seed: int = 0) -> list[list[Pair]]:
    """
    Return the documents in folds.

    Parameters
    ----------
    pairs : sequence of (Document, Coding)
        Gold.
    seed : int
        Of the order in which issuers are dealt.

    Returns
    -------
    list of list of (Document, Coding)
        Documents that share an issuer are in one fold; folds hold about as many positions each.
    """
    groups = _issuer_groups(pairs)
    random.Random(seed).shuffle(groups)
    groups.sort(key=lambda group: -sum(len(coding.positions) for _, coding in group))
    folds: list[list[Pair]] = [[] for _ in range(FOLDS)]
    for group in groups:
        smallest = min(folds, key=lambda fold: sum(len(coding.positions) for _, coding in fold))
        smallest.extend(group)
    return [sorted(fold, key=lambda pair: pair[0].id) for fold in folds]


def _issuer_groups(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Documents that share the name of an issuer, directly or through others."""
    owner: dict[str, int] = {}
    groups: dict[int, list[Pair]] = {}
    for place, (document, coding) in enumerate(pairs):
        keys = {plain_name(each) for each in document.issuers} or {document.id}
        met = sorted({owner[key] for key in keys if key in owner})
        home = met[0] if met else place
        merged = [(document, coding)]
        for each in met:
            merged += groups.pop(each)
        groups[home] = merged
        for key, value in list(owner.items()):
            if value in met:
                owner[key] = home
        owner.update(dict.fromkeys(keys, home))
    return [groups[place] for place in sorted(groups)]
