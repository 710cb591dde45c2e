"""Polarization: how near a network is to camps that agree within and disagree between."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue, NetworkError
from amity.measures.annealing import anneal, anneal_blocs
from amity.measures.clusterability import named_blocs
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.results import Result

Matrix = NDArray[np.float64]
Levels = Literal["published", "mean"]

ALL_SPLITS = 15
"""Up to so many actors every split in two groups is tried."""

RANDOM_STARTS = 2
"""Starts besides the spectral and the annealed ones."""


@dataclass(frozen=True)
class Polarization(Result):
    """
    The camps that a pair of networks, of congruence and of conflict, comes nearest to, and how near.

    Parameters
    ----------
    misfit : float
        Q, the distance from perfect camps; the smaller, the more polarized.
    normalised_misfit : float
        Q over the total weight of ordered pairs, ``Q / (|C| + |X|)``.
    fit : float
        Share of the weight in its place, from 0 to 1: congruence within groups and conflict between them.
    partition : mapping of str to int
        Group of each actor; 0 is the largest.
    sizes : tuple of int
        Actors per group.
    is_exact : bool
        Whether every split was tried.
    starts, reached : int
        Starts of the search, and how many of them ended at this misfit.
    seed : int
        Of the search.
    settings : mapping
        Options as used.
    """

    misfit: float
    normalised_misfit: float
    fit: float
    partition: Mapping[str, int]
    sizes: tuple[int, ...]
    is_exact: bool
    starts: int
    reached: int
    seed: int
    settings: Mapping[str, Any] = field(default_factory=dict)


def polarization(
    congruence: Any,
    conflict: Any = None,
    *,
    k: int = 2,
    levels: Levels = "published",
    seed: int = 0,
    labels: Any = None,
) -> Polarization:
    """
    Return the groups with the least misfit, and the misfit.

    Parameters
    ----------
    congruence, conflict : array, sparse matrix or labelled matrix of shape (n, n)
        How far each pair agrees and disagrees; symmetric, not negative; the diagonal is ignored. Without
        `conflict`, the first may be any signed network (see `signed_graph`): its positive weights are the
        congruence, its negative ones the conflict.
    k : int
        Number of groups; none is empty, and their sizes are free.
    levels : {"published", "mean"}
        What perfect camps look like: as published (see Notes), or the mean congruence within and the mean
        conflict between, the same for every group. For three groups and more prefer ``mean``.
    seed : int
        Of the search; the same seed gives the same groups.
    labels : sequence of str, optional
        Names of the actors.

    Returns
    -------
    Polarization
        Exact for k = 2 and up to `ALL_SPLITS` actors, else the best of several starts, each improved until
        neither moving an actor nor exchanging two helps.

    Raises
    ------
    NetworkError
        If the matrices are not square, differ in shape, or hold negative or infinite numbers.
    InvalidValue
        If `k` is below 2 or above the number of actors, or `levels` is another word.

    Notes
    -----
    For groups of sizes n_g, with ``W = sum n_g (n_g - 1)`` ordered pairs within and ``B = n (n - 1) - W``
    between, perfect camps have congruence ``e_g = n_g (n_g - 1) / W * |C| / W`` within group g, conflict
    ``f_gh = n_g n_h / B * |X| / B`` between g and h, and nothing else. Q is half the sum over ordered pairs of
    the absolute differences. Leifeld's program computes the same quantity and takes the groups with the
    *greatest* value among those of equal size; a distance is smallest at the best groups, and camps need not
    be equal. With two equal camps e_g and f are half the mean within and between, so even perfect camps of
    uniform strength keep a normalised misfit of 0.25; `fit` is 1 there. With ``levels="mean"``, ``e = |C| / W``
    and ``f = |X| / B``, and perfect camps of uniform strength have misfit 0.

    Fewer than two actors give no groups and raise. Without any weight Q is 0 and fit 1.

    References
    ----------
    Leifeld, Henrichsen & Haunss, rDNA 3.1, ``dna_polarization``.
    """
    C, X, names = congruence_and_conflict(congruence, conflict, labels)
    n = len(C)
    if levels not in ("published", "mean"):
        raise InvalidValue(f"levels must be published or mean, not {levels!r}")
    if not 2 <= k <= n:
        raise InvalidValue(f"k must be from 2 to the number of actors, {n}; not {k}")
    exact = k == 2 and n <= ALL_SPLITS
    if exact:
        starts = [np.array((0, *rest)) for rest in product((0, 1), repeat=n - 1) if any(rest)]
        values = [misfit_of_groups(C, X, groups, levels=levels) for groups in starts]
        ends = starts
    else:
        starts = _starts(C, X, k, seed)
        ends = [_improve(C, X, groups, k, levels) for groups in starts]
        values = [misfit_of_groups(C, X, groups, levels=levels) for groups in ends]
    best = int(np.argmin(values))
    groups = ends[best]
    weight = float(C.sum() + X.sum())
    same = groups[:, None] == groups[None, :]
    right = float(C[same].sum() + X[~same].sum())
    return Polarization(
        misfit=values[best],
        normalised_misfit=values[best] / weight if weight else 0.0,
        fit=right / weight if weight else 1.0,
        partition=named_blocs(names, groups.astype(np.int64)),
        sizes=tuple(sorted(np.bincount(groups, minlength=k).tolist(), reverse=True)),
        is_exact=exact,
        starts=len(starts),
        reached=int(np.isclose(values, values[best], rtol=1e-9).sum()),
        seed=seed,
        settings={"k": k, "levels": levels},
    )


def misfit_of_groups(
    congruence: Matrix, conflict: Matrix, groups: NDArray[Any], *, levels: Levels = "published"
) -> float:
    """
    Return the misfit Q of given groups.

    Parameters
    ----------
    congruence, conflict : float64 array of shape (n, n)
        Symmetric, not negative, nothing on the diagonal.
    groups : int array of shape (n,)
        Group of each actor.
    levels : {"published", "mean"}
        What perfect camps look like.

    Returns
    -------
    float
        See `polarization`.
    """
    expected = _expected(np.bincount(groups), congruence, conflict, levels)
    same = groups[:, None] == groups[None, :]
    ideal = expected[0][groups][:, None]
    far = expected[1][np.ix_(groups, groups)]
    gaps = np.where(same, np.abs(congruence - ideal) + conflict, congruence + np.abs(conflict - far))
    np.fill_diagonal(gaps, 0)
    return float(gaps.sum()) / 2


def _expected(
    sizes: NDArray[Any], congruence: Matrix, conflict: Matrix, levels: Levels
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Congruence within each group and conflict between each two, were the camps perfect."""
    n = int(sizes.sum())
    inside = (sizes * (sizes - 1)).astype(np.float64)
    across = np.outer(sizes, sizes).astype(np.float64)
    within = float(inside.sum())
    between = n * (n - 1) - within
    if levels == "mean":
        inside[:], across[:] = within, between
    return (
        inside / within * float(congruence.sum()) / within if within else np.zeros(len(sizes)),
        across / between * float(conflict.sum()) / between if between else np.zeros_like(across),
    )


def congruence_and_conflict(
    congruence: Any, conflict: Any, labels: Any = None
) -> tuple[Matrix, Matrix, tuple[str, ...]]:
    """
    Return the two matrices that polarization is measured on, and the actors' names.

    Parameters
    ----------
    congruence, conflict : array, sparse matrix, labelled matrix or signed network
        As in `polarization`.
    labels : sequence of str, optional
        Names of the actors.

    Returns
    -------
    congruence, conflict : float64 array of shape (n, n)
        Symmetric, nothing on the diagonal.
    names : tuple of str
        Of the actors.

    Raises
    ------
    NetworkError
        If the matrices do not fit.
    """
    if conflict is None:
        graph = congruence
        if not isinstance(graph, SignedGraph):
            graph = signed_graph(congruence, weighted=True, labels=labels)
        matrix = np.zeros((2, graph.n, graph.n))
        for layer, sign in enumerate((1, -1)):
            chosen = graph.sign == sign
            ends = graph.source[chosen], graph.target[chosen]
            np.add.at(matrix[layer], ends, np.abs(graph.weight[chosen]))
            np.add.at(matrix[layer], ends[::-1], np.abs(graph.weight[chosen]))
        return matrix[0], matrix[1], graph.labels
    names = labels if labels is not None else getattr(congruence, "rows", None)
    C, X = _dense(congruence), _dense(conflict)
    if C.ndim != 2 or C.shape[0] != C.shape[1] or C.shape != X.shape:
        raise NetworkError(f"congruence and conflict must be square and alike, not {C.shape} and {X.shape}")
    for matrix in (C, X):
        if not np.isfinite(matrix).all() or (matrix < 0).any():
            raise NetworkError("congruence and conflict must be finite and not negative")
        np.fill_diagonal(matrix, 0)
    if not (np.allclose(C, C.T) and np.allclose(X, X.T)):
        raise NetworkError("congruence and conflict must be symmetric")
    if names is None:
        names = range(len(C))
    if len(names) != len(C):
        raise NetworkError(f"{len(names)} labels were given for {len(C)} actors")
    return C, X, tuple(str(name) for name in names)


def _dense(matrix: Any) -> Matrix:
    inner = getattr(matrix, "matrix", matrix)
    if hasattr(inner, "toarray"):
        inner = inner.toarray()
    return np.array(inner, dtype=np.float64)


def _starts(C: Matrix, X: Matrix, k: int, seed: int) -> list[NDArray[np.int64]]:
    """The spectral split, annealed ones, and random ones; none with an empty group."""
    from scipy.sparse import csr_array

    rng = np.random.default_rng(seed)
    n = len(C)
    net = csr_array(C - X)
    found: list[NDArray[np.int64]] = []
    if k == 2:
        _, vectors = np.linalg.eigh(C - X)
        found.append((vectors[:, -1] > 0).astype(np.int64))
        spins = anneal(net, runs=4, sweeps=60, seed=seed)
        found.extend((spins[:, run] > 0).astype(np.int64) for run in range(spins.shape[1]))
    else:
        blocs = anneal_blocs(net, k, runs=6, sweeps=80, seed=seed)
        found.extend(blocs[:, run] for run in range(blocs.shape[1]))
    found.extend(rng.integers(0, k, n) for _ in range(RANDOM_STARTS if n <= 200 else 1))
    unique: dict[bytes, NDArray[np.int64]] = {}
    for groups in found:
        filled = _filled(groups, k, rng)
        first = filled if filled[0] == 0 or k > 2 else 1 - filled
        unique.setdefault(first.tobytes(), first)
    return list(unique.values())


def _filled(groups: NDArray[Any], k: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """The same groups, with an actor of the largest in each empty one."""
    result = groups.astype(np.int64).copy()
    for group in range(k):
        if not (result == group).any():
            largest = np.bincount(result, minlength=k).argmax()
            result[rng.choice(np.flatnonzero(result == largest))] = group
    return result


def _improve(C: Matrix, X: Matrix, groups: NDArray[np.int64], k: int, levels: Levels) -> NDArray[np.int64]:
    """Move single actors, then exchange pairs, until nothing lowers the misfit."""
    groups = groups.copy()
    value = misfit_of_groups(C, X, groups, levels=levels)
    for _ in range(20 * len(groups)):
        node, target, better = _best_move(C, X, groups, k, levels)
        if better < value - 1e-9:
            groups[node] = target
            value = better
            continue
        one, two, better = _best_exchange(C, X, groups, value, levels)
        if better < value - 1e-9:
            groups[one], groups[two] = groups[two], groups[one]
            value = better
            continue
        break
    return groups


def _best_move(
    C: Matrix, X: Matrix, groups: NDArray[np.int64], k: int, levels: Levels = "published"
) -> tuple[int, int, float]:
    """Actor, group and misfit of the best single move; sizes after a move depend on the two groups only."""
    best = (0, int(groups[0]), np.inf)
    sizes = np.bincount(groups, minlength=k)
    for source in range(k):
        movers = np.flatnonzero(groups == source)
        if len(movers) < 2:
            continue
        for target in range(k):
            if target == source:
                continue
            new = sizes.copy()
            new[source] -= 1
            new[target] += 1
            cost = _costs(C, X, groups, new, levels)
            # cost[i, g]: misfit of actor i with all others if it were in group g
            now = cost[np.arange(len(groups)), groups]
            values = now.sum() / 2 - now[movers] + cost[movers, target]
            place = int(values.argmin())
            if values[place] < best[2]:
                best = (int(movers[place]), target, float(values[place]))
    return best


def _costs(C: Matrix, X: Matrix, groups: NDArray[np.int64], sizes: NDArray[Any], levels: Levels) -> Matrix:
    """Misfit of each actor with all others, were it in each group, at the levels expected for given sizes."""
    n, k = len(groups), len(sizes)
    inside, across = _expected(sizes, C, X, levels)
    member = np.zeros((n, k))
    member[np.arange(n), groups] = 1
    cost = np.zeros((n, k))
    at_home = C @ member
    abroad = X @ member
    close: dict[float, Matrix] = {}
    for group in range(k):
        own = member[:, group]
        gap = np.abs(C - inside[group]) @ own - inside[group] * own
        cost[:, group] = gap + abroad[:, group]
        for other in range(k):
            if other != group:
                level = float(across[group, other])
                if level not in close:
                    close[level] = np.abs(X - level) @ member - level * member
                cost[:, group] += at_home[:, other] + close[level][:, other]
    return cost


def _best_exchange(
    C: Matrix, X: Matrix, groups: NDArray[np.int64], value: float, levels: Levels = "published"
) -> tuple[int, int, float]:
    """Two actors of different groups and the misfit if they change places; sizes stay."""
    sizes = np.bincount(groups)
    inside, across = _expected(sizes, C, X, levels)
    cost = _costs(C, X, groups, sizes, levels)
    best = (0, 0, np.inf)
    for one in range(len(sizes)):
        for two in range(one + 1, len(sizes)):
            a, b = np.flatnonzero(groups == one), np.flatnonzero(groups == two)
            if not len(a) or not len(b):
                continue
            gain_a = cost[a, two] - cost[a, one]
            gain_b = cost[b, one] - cost[b, two]
            # the pair itself stays between the groups: undo what the two single moves did to it
            c, x = C[np.ix_(a, b)], X[np.ix_(a, b)]
            apart = c + np.abs(x - across[one, two])
            joined = 2 * apart - np.abs(c - inside[one]) - np.abs(c - inside[two]) - 2 * x
            total = value + gain_a[:, None] + gain_b[None, :] + joined
            place = np.unravel_index(int(total.argmin()), total.shape)
            if total[place] < best[2]:
                best = (int(a[place[0]]), int(b[place[1]]), float(total[place]))
    return best


def bimodality(values: Any) -> float:
    """
    Return Sarle's bimodality coefficient, corrected for the sample's size.

    Parameters
    ----------
    values : array of shape (n,)
        Scores of actors on a scale.

    Returns
    -------
    float
        From 0 to 1; 5/9 for a uniform distribution, more suggests two modes. 0 for fewer than four values, or
        if all are equal.

    Notes
    -----
    ``(g^2 + 1) / (e + 3 (n - 1)^2 / ((n - 2)(n - 3)))`` with sample skewness g and excess kurtosis e.

    References
    ----------
    Pfister et al. 2013, doi:10.3389/fpsyg.2013.00700.
    """
    scores = np.asarray(values, dtype=np.float64).ravel()
    n = len(scores)
    if n < 4 or np.ptp(scores) == 0:
        return 0.0
    centred = scores - scores.mean()
    m2, m3, m4 = (float((centred**power).mean()) for power in (2, 3, 4))
    skew = m3 / m2**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    excess = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / m2**2 - 3) + 6)
    return float((skew**2 + 1) / (excess + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))))


def esteban_ray(positions: Any, weights: Any = None, *, alpha: float = 1.3) -> float:
    """
    Return the polarization of a distribution on a line in the sense of Esteban and Ray.

    Parameters
    ----------
    positions : array of shape (g,)
        Where the groups (or actors) stand.
    weights : array of shape (g,), optional
        Their sizes; equal by default. Scaled to sum to 1.
    alpha : float
        Weight of identification within groups, above 0 and up to 1.6.

    Returns
    -------
    float
        ``sum_ij p_i^(1 + alpha) p_j |y_i - y_j|``; 0 for one group. Groups at the same place are joined first.

    Raises
    ------
    InvalidValue
        If `alpha` is out of range, or weights are negative or all 0.

    References
    ----------
    Esteban & Ray 1994, doi:10.2307/2951734.
    """
    if not 0 < alpha <= 1.6:
        raise InvalidValue(f"alpha must be above 0 and at most 1.6, not {alpha}")
    places = np.asarray(positions, dtype=np.float64).ravel()
    sizes = np.ones(len(places)) if weights is None else np.asarray(weights, dtype=np.float64).ravel()
    if len(sizes) != len(places) or (sizes < 0).any() or (len(sizes) and not sizes.sum()):
        raise InvalidValue("there must be one weight a position, none negative, not all 0")
    if not len(places):
        return 0.0
    unique, place = np.unique(places, return_inverse=True)
    share = np.bincount(place, weights=sizes) / sizes.sum()
    return float(share ** (1 + alpha) @ np.abs(unique[:, None] - unique[None, :]) @ share)


@dataclass(frozen=True)
class PolarizationProfile(Result):
    """
    Several views of how polarized a signed network is.

    Parameters
    ----------
    in_place : float
        ``1 - L / w`` of the best two-bloc partition found: the share of ties where two camps want them.
    negative_between : float
        Share of the negative weight that lies between those two blocs; 0 without negative ties.
    positive_within : float
        Share of the positive weight that lies within them; 0 without positive ties.
    external_internal_positive, external_internal_negative : float
        Krackhardt and Stern's (external - internal) / (external + internal) by sign; 0 without such ties.
    bimodality : float
        Of the actors' scores on the leading eigenvector of the signed matrix.
    esteban_ray : float
        Of the same scores scaled to [0, 1].
    sizes : tuple of int
        Of the two blocs among actors with ties.
    partition : mapping of str to int
        Bloc of each actor.
    scores : mapping of str to float
        Leading eigenvector, scaled to a largest size of 1.
    n, m : int
        Actors and ties.
    """

    in_place: float
    negative_between: float
    positive_within: float
    external_internal_positive: float
    external_internal_negative: float
    bimodality: float
    esteban_ray: float
    sizes: tuple[int, int]
    partition: Mapping[str, int]
    scores: Mapping[str, float]
    n: int
    m: int


def polarization_profile(
    graph: Any, *, weighted: bool = False, alpha: float = 1.3, seed: int = 0
) -> PolarizationProfile:
    """
    Return several polarization measures of a signed network at once.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected.
    weighted : bool
        Whether ties count by weight.
    alpha : float
        Of `esteban_ray`.
    seed : int
        Of the partition's search.

    Returns
    -------
    PolarizationProfile
        Zeros where there are no ties.

    References
    ----------
    Krackhardt & Stern 1988, doi:10.2307/2786835; Esteban & Ray 1994, doi:10.2307/2951734.
    """
    from amity.measures.frustration import frustration_index

    ties = signed_graph(graph, weighted=weighted)
    found = frustration_index(ties, weighted=weighted, prove=False, seed=seed)
    side = np.array([found.partition[label] for label in ties.labels])
    same = side[ties.source] == side[ties.target] if ties.m else np.zeros(0, dtype=bool)
    size = np.abs(ties.weight)
    positive = ties.weight > 0

    def total(chosen: Any) -> float:
        return float(size[chosen].sum())

    scores = _leading_scores(ties)
    span = float(np.ptp(scores)) if len(scores) else 0.0
    scaled = (scores - scores.min()) / span if span else np.zeros(len(scores))
    tied = np.unique(np.concatenate([ties.source, ties.target]))
    return PolarizationProfile(
        in_place=1 - float(found.value) / ties.total if ties.m else 0.0,
        negative_between=total(~positive & ~same) / max(total(~positive), 1e-300),
        positive_within=total(positive & same) / max(total(positive), 1e-300),
        external_internal_positive=_external_internal(total(positive & ~same), total(positive & same)),
        external_internal_negative=_external_internal(total(~positive & ~same), total(~positive & same)),
        bimodality=bimodality(scores[tied]),
        esteban_ray=esteban_ray(np.round(scaled[tied], 12), alpha=alpha),
        sizes=(int((side[tied] == 0).sum()), int((side[tied] == 1).sum())),
        partition=found.partition,
        scores=dict(zip(ties.labels, scores.tolist(), strict=True)),
        n=ties.n,
        m=ties.m,
    )


def _external_internal(external: float, internal: float) -> float:
    return (external - internal) / (external + internal) if external + internal else 0.0


def _leading_scores(ties: SignedGraph) -> NDArray[np.float64]:
    matrix = ties.adjacency()
    if not matrix.nnz:
        return np.zeros(ties.n)
    if ties.n <= 500:
        vector = np.linalg.eigh(matrix.toarray())[1][:, -1]
    else:
        from scipy.sparse.linalg import eigsh

        vector = eigsh(matrix, k=1, which="LA", v0=np.random.default_rng(0).standard_normal(ties.n))[1][:, 0]
    top = int(np.argmax(np.abs(vector)))
    result: NDArray[np.float64] = np.round(vector / vector[top], 12)
    return result
