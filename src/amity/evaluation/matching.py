"""One-to-one matching of greatest weight between two lists."""

from collections import defaultdict
from collections.abc import Iterable


def match_one_to_one(candidates: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """
    Return the one-to-one matching with the greatest sum of weights.

    Parameters
    ----------
    candidates : iterable of (int, int, float)
        Place in the left list, place in the right list, positive weight. Pairs not named cannot be matched.

    Returns
    -------
    list of tuple of int
        Matched places, sorted; each place occurs once at most.

    Notes
    -----
    The assignment problem is solved exactly (`scipy.optimize.linear_sum_assignment`) for each connected
    component of the candidates; the answer does not depend on their order unless two matchings have equal sums.
    """
    weights = {(left, right): weight for left, right, weight in candidates if weight > 0}
    matched: list[tuple[int, int]] = []
    for pairs in _components(sorted(weights)):
        lefts = sorted({left for left, _ in pairs})
        rights = sorted({right for _, right in pairs})
        if len(pairs) == 1:
            matched.append(pairs[0])
            continue
        import numpy as np
        from scipy.optimize import linear_sum_assignment

        matrix = np.zeros((len(lefts), len(rights)))
        row, column = {x: i for i, x in enumerate(lefts)}, {x: i for i, x in enumerate(rights)}
        for pair in pairs:
            matrix[row[pair[0]], column[pair[1]]] = weights[pair]
        for i, j in zip(*linear_sum_assignment(matrix, maximize=True), strict=True):
            if matrix[i, j] > 0:
                matched.append((lefts[i], rights[j]))
    return sorted(matched)


def _components(pairs: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for left, right in pairs:
        parent[root(("l", left))] = root(("r", right))
    grouped: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for pair in pairs:
        grouped[root(("l", pair[0]))].append(pair)
    return list(grouped.values())
