"""Change over windows: distances between networks, phases, change points, and a map of the windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.graph import signed_graph
from amity.measures.results import Result, table

Distance = Literal["difference", "cosine", "spectrum"]


@dataclass(frozen=True)
class WindowDistances(Result):
    """
    Distances between the networks of windows, and the phases they fall into.

    Parameters
    ----------
    windows : tuple of str
        Names.
    distances : float64 array of shape (w, w)
        Symmetric; 0 on the diagonal.
    phases : tuple of int
        Phase of each window, numbered in order of appearance.
    silhouette : float
        Mean silhouette width of the phases, from -1 to 1; 0 for one phase.
    coordinates : float64 array of shape (w, 2)
        Classical multidimensional scaling of the distances.
    explained : float
        Share of the (positive) scaling eigenvalues in the two coordinates; 1 for equal windows.
    settings : mapping
        Options as used.
    """

    windows: tuple[str, ...]
    distances: NDArray[np.float64]
    phases: tuple[int, ...]
    silhouette: float
    coordinates: NDArray[np.float64]
    explained: float
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        rows = [
            (name, phase, float(x), float(y))
            for name, phase, (x, y) in zip(self.windows, self.phases, self.coordinates, strict=True)
        ]
        head = f"{len(set(self.phases))} phases, silhouette {self.silhouette:.3f}\n"
        return head + table(["window", "phase", "x", "y"], rows, limit=100)


def window_distances(
    graphs: Sequence[Any],
    *,
    windows: Sequence[object] | None = None,
    distance: Distance = "difference",
    phases: int | None = None,
    most_phases: int = 6,
    weighted: bool = True,
) -> WindowDistances:
    """
    Return how far the networks of windows are from each other, and into which phases they fall.

    Parameters
    ----------
    graphs : sequence
        One network a window; anything that `signed_graph` takes. Nodes are matched by label.
    windows : sequence, optional
        Names; by default 0, 1, ...
    distance : {"difference", "cosine", "spectrum"}
        Half the sum of absolute differences of the matrices, each divided by its total weight (0 to 1); one minus
        the cosine of the matrices (0 to 2); Euclidean distance of the signed Laplacians' eigenvalues, ascending,
        each divided by their sum.
    phases : int, optional
        Number of phases; by default that from 2 to `most_phases` with the greatest silhouette.
    most_phases : int
        Most phases tried.
    weighted : bool
        Whether ties count by weight.

    Returns
    -------
    WindowDistances
        An empty network is at distance 0 from another and, by `difference`, 0.5 from any other network.

    Raises
    ------
    InvalidValue
        If an option is out of range or names do not fit.

    Notes
    -----
    Phases are clusters by average linkage, which need not be spans of time.

    References
    ----------
    Masuda & Holme 2019, doi:10.1038/s41598-018-37534-2; Torgerson 1952, doi:10.1007/BF02288916.
    """
    if distance not in ("difference", "cosine", "spectrum"):
        raise InvalidValue(f"distance must be difference, cosine or spectrum, not {distance!r}")
    names = tuple(str(name) for name in (windows if windows is not None else range(len(graphs))))
    if len(names) != len(graphs):
        raise InvalidValue(f"{len(names)} names were given for {len(graphs)} windows")
    if phases is not None and not 1 <= phases <= max(len(graphs), 1):
        raise InvalidValue(f"phases must be from 1 to the number of windows, {len(graphs)}; not {phases}")
    matrices = _common(graphs, weighted)
    found = _distances(matrices, distance)
    labels, width = _phases(found, phases, most_phases)
    points, explained = scale_distances(found)
    return WindowDistances(
        names, found, labels, width, points, explained,
        {"distance": distance, "phases": phases, "most_phases": most_phases, "weighted": weighted},
    )  # fmt: skip


def _common(graphs: Sequence[Any], weighted: bool) -> NDArray[np.float64]:
    read = [signed_graph(each, directed=True, weighted=weighted) for each in graphs]
    labels = sorted({label for each in read for label in each.labels})
    place = {label: number for number, label in enumerate(labels)}
    matrices = np.zeros((len(read), len(labels), len(labels)))
    for number, each in enumerate(read):
        order = np.array([place[label] for label in each.labels], dtype=np.int64)
        if each.m:
            np.add.at(matrices[number], (order[each.source], order[each.target]), each.weight)
    return matrices


def _distances(matrices: NDArray[np.float64], distance: Distance) -> NDArray[np.float64]:
    count = len(matrices)
    if distance == "spectrum":
        flat = np.array([_spectrum(each) for each in matrices]).reshape(count, -1)
    else:
        flat = matrices.reshape(count, -1)
        size = np.abs(flat).sum(axis=1) if distance == "difference" else np.sqrt((flat**2).sum(axis=1))
        flat = flat / np.where(size > 0, size, 1.0)[:, None]
    found = np.zeros((count, count))
    for one in range(count):
        for two in range(one):
            if distance == "difference":
                value = float(np.abs(flat[one] - flat[two]).sum()) / 2
            elif distance == "cosine":
                empty = not flat[one].any(), not flat[two].any()
                value = 0.0 if all(empty) else 1 - float(flat[one] @ flat[two])
            else:
                value = float(np.linalg.norm(flat[one] - flat[two]))
            found[one, two] = found[two, one] = max(value, 0.0)
    return found


def _spectrum(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    both = (matrix + matrix.T) / 2
    values = np.zeros(len(both))
    if len(both):
        values[:] = np.linalg.eigvalsh(np.diag(np.abs(both).sum(axis=1)) - both)
    total = float(values.sum())
    result: NDArray[np.float64] = values / total if total > 1e-12 else np.zeros(len(values))
    return result


def _phases(distances: NDArray[np.float64], phases: int | None, most: int) -> tuple[tuple[int, ...], float]:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    count = len(distances)
    if count < 3 or not distances.any():
        return tuple([0] * count), 0.0
    tree = linkage(squareform(distances, checks=False), method="average")
    best: tuple[float, NDArray[np.int64]] = (-2.0, np.zeros(count, dtype=np.int64))
    for k in [phases] if phases is not None else range(2, min(most, count - 1) + 1):
        labels = fcluster(tree, k, criterion="maxclust").astype(np.int64)
        width = silhouette(distances, labels)
        if width > best[0] + 1e-12:
            best = (width, labels)
    rank: dict[int, int] = {}
    for label in best[1].tolist():
        rank.setdefault(label, len(rank))
    return tuple(rank[label] for label in best[1].tolist()), best[0]


def silhouette(distances: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """
    Return the mean silhouette width of clusters.

    Parameters
    ----------
    distances : float64 array of shape (n, n)
        Symmetric.
    labels : int64 array of shape (n,)
        Clusters.

    Returns
    -------
    float
        From -1 to 1; 0 for one cluster; points alone count 0.

    References
    ----------
    Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7.
    """
    clusters = np.unique(labels)
    if len(clusters) < 2:
        return 0.0
    widths = []
    for point, own in enumerate(labels.tolist()):
        mates = (labels == own) & (np.arange(len(labels)) != point)
        if not mates.any():
            widths.append(0.0)
            continue
        inside = float(distances[point, mates].mean())
        outside = min(float(distances[point, labels == other].mean()) for other in clusters if other != own)
        widths.append((outside - inside) / max(inside, outside, 1e-300))
    return float(np.mean(widths))


def scale_distances(
    distances: NDArray[np.float64], *, dimensions: int = 2
) -> tuple[NDArray[np.float64], float]:
    """
    Return points whose distances come near given ones (classical multidimensional scaling).

    Parameters
    ----------
    distances : float64 array of shape (n, n)
        Symmetric.
    dimensions : int
        Of the points.

    Returns
    -------
    points : float64 array of shape (n, dimensions)
        Centred; the first dimension spreads most; the first point that is not at 0 has a positive coordinate.
    explained : float
        Share of the positive eigenvalues; 1 if there are none.
    """
    n = len(distances)
    if not n:
        return np.zeros((0, dimensions)), 1.0
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-centre @ distances**2 @ centre / 2)
    order = np.argsort(-values)[:dimensions]
    positive = float(np.maximum(values, 0).sum())
    points = np.zeros((n, dimensions))
    for column, number in enumerate(order):
        vector = vectors[:, number] * np.sqrt(max(float(values[number]), 0.0))
        lead = np.flatnonzero(np.abs(vector) > 1e-9)
        points[:, column] = vector * (np.sign(vector[lead[0]]) if len(lead) else 1)
    return points, float(np.maximum(values[order], 0).sum()) / positive if positive > 1e-12 else 1.0


@dataclass(frozen=True)
class ChangePoints(Result):
    """
    Where the level of a series changes.

    Parameters
    ----------
    points : tuple of int
        Places at which a new segment begins.
    means : tuple of float
        Mean of each segment.
    penalty : float
        Cost of one more segment, as used.
    path : tuple of (float, tuple of int)
        Penalties and the points they give, from lenient to strict: how firm the points are.
    """

    points: tuple[int, ...]
    means: tuple[float, ...]
    penalty: float
    path: tuple[tuple[float, tuple[int, ...]], ...]


def change_points(series: Sequence[float], *, penalty: float | None = None, least: int = 2) -> ChangePoints:
    """
    Return where the mean of a series changes, exactly, by optimal partitioning.

    Parameters
    ----------
    series : sequence of float
        One value a window.
    penalty : float, optional
        Cost of one more segment; by default ``4 s^2 log(n)`` with s estimated from first differences.
    least : int
        Least windows in a segment.

    Returns
    -------
    ChangePoints
        The least sum of squared deviations plus penalties over all segmentations. No points in fewer than
        ``2 * least`` values.

    Raises
    ------
    InvalidValue
        If the penalty is negative, `least` below 1, or a value is not finite.

    References
    ----------
    Jackson et al. 2005, doi:10.1109/LSP.2001.838216; Killick, Fearnhead & Eckley 2012,
    doi:10.1080/01621459.2012.737745.
    """
    values = np.asarray(series, dtype=np.float64)
    if least < 1 or (penalty is not None and penalty < 0) or not np.isfinite(values).all():
        raise InvalidValue("least must be at least 1, the penalty not negative, and every value finite")
    n = len(values)
    if penalty is None:
        steps = np.diff(values)
        spread = float(np.median(np.abs(steps - np.median(steps)))) / 0.6745 / np.sqrt(2) if n > 2 else 0.0
        floor = 1e-3 * float(np.ptp(values)) if n else 0.0
        penalty = 4 * max(spread, floor) ** 2 * float(np.log(max(n, 2)))
    path = tuple(
        (penalty * factor, _segment(values, penalty * factor, least)) for factor in (0.5, 1.0, 2.0, 4.0, 8.0)
    )
    points = path[1][1]
    means = tuple(float(part.mean()) for part in np.split(values, points) if len(part))
    return ChangePoints(points, means, penalty, path)


def _segment(values: NDArray[np.float64], penalty: float, least: int) -> tuple[int, ...]:
    n = len(values)
    if n < 2 * least:
        return ()
    sums = np.concatenate([[0.0], np.cumsum(values)])
    squares = np.concatenate([[0.0], np.cumsum(values**2)])
    best = np.full(n + 1, np.inf)
    best[0] = -penalty
    last = np.zeros(n + 1, dtype=np.int64)
    for end in range(least, n + 1):
        begin = np.arange(0, end - least + 1)
        within = squares[end] - squares[begin] - (sums[end] - sums[begin]) ** 2 / (end - begin)
        cost = best[begin] + within + penalty
        chosen = int(np.argmin(cost))
        best[end], last[end] = cost[chosen], begin[chosen]
    points = []
    at = n
    while at > 0:
        at = int(last[at])
        if at:
            points.append(at)
    return tuple(reversed(points))
