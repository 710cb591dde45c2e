"""What several divisions of the same nodes agree on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.blockmodels import blockmodel
from amity.measures.clusterability import named_blocs
from amity.measures.communities import adjusted_rand, signed_communities
from amity.measures.graph import signed_graph
from amity.measures.relocation import relocate
from amity.measures.results import Result, table


@dataclass(frozen=True)
class Consensus(Result):
    """
    A division that agrees best with many, and how far they agree.

    Parameters
    ----------
    partition : mapping of str to int
        Bloc of each node.
    blocs : int
        Number of blocs.
    agreement : float
        Mean adjusted Rand index of the divisions with this one.
    node_stability : mapping of str to float
        Mean share of divisions that treat the node and another as this one does, together or apart; from 0 to 1.
    divisions : int
        Their number.
    nodes : tuple of str
        Rows and columns of `together`.
    together : float64 array of shape (n, n)
        Share of the divisions in which two nodes share a bloc.
    """

    partition: Mapping[str, int]
    blocs: int
    agreement: float
    node_stability: Mapping[str, float]
    divisions: int
    nodes: tuple[str, ...]
    together: NDArray[np.float64]

    def __str__(self) -> str:
        order = sorted(self.partition, key=lambda node: (self.partition[node], -self.node_stability[node]))
        rows = [(node, self.partition[node], self.node_stability[node]) for node in order]
        head = f"{self.blocs} blocs; agreement of {self.divisions} runs {self.agreement:.3f}\n"
        return head + table(["node", "bloc", "stability"], rows, limit=200)

    def share_together(self, one: str, two: str) -> float:
        """
        Return the share of divisions in which two nodes share a bloc.

        Parameters
        ----------
        one, two : str
            Labels of nodes.

        Returns
        -------
        float
            From 0 to 1.
        """
        return float(self.together[self.nodes.index(one), self.nodes.index(two)])


def consensus_blocs(divisions: Iterable[Mapping[str, int]], *, seed: int = 0) -> Consensus:
    """
    Return the division that agrees best with many divisions of the same nodes.

    Parameters
    ----------
    divisions : iterable of mapping of str to int
        Bloc of each node; every one must name the same nodes.
    seed : int
        Of the search.

    Returns
    -------
    Consensus
        Found by heuristic search; the divisions themselves are among the starts.

    Raises
    ------
    InvalidValue
        If there is no division, or they name different nodes.

    Notes
    -----
    The median partition: pairs that share a bloc in more than half of the divisions pull together by what
    exceeds the half, others push apart (Régnier 1965; Filkov & Skiena 2004, doi:10.1142/S0218213004001867).
    """
    listed = list(divisions)
    if not listed:
        raise InvalidValue("there must be at least one division")
    nodes = tuple(listed[0])
    if any(set(each) != set(nodes) for each in listed):
        raise InvalidValue("every division must name the same nodes")
    labels = np.array([[each[node] for node in nodes] for each in listed])
    return consensus_of_labels(nodes, labels, seed=seed)


def consensus_of_labels(nodes: tuple[str, ...], labels: NDArray[Any], *, seed: int = 0) -> Consensus:
    """
    Return the division that agrees best with the rows of an array.

    Parameters
    ----------
    nodes : tuple of str
        Labels of the nodes.
    labels : int array of shape (divisions, n)
        Bloc of each node in each division.
    seed : int
        Of the search.

    Returns
    -------
    Consensus
        See `consensus_blocs`.
    """
    from scipy.sparse import csr_array

    together = np.zeros((len(nodes), len(nodes)))
    for row in labels:
        together += row[:, None] == row[None, :]
    together /= len(labels)
    pull = together - 0.5
    np.fill_diagonal(pull, 0)
    matrix = csr_array(pull)

    def worth(found: NDArray[Any]) -> float:
        return float(pull[found[:, None] == found[None, :]].sum())

    starts = [np.unique(row, return_inverse=True)[1] for row in np.unique(labels, axis=0)[:3]]
    found = [relocate(matrix, seed=seed + run) for run in range(1)]
    found += [relocate(matrix, seed=seed, start=start) for start in starts]
    best = max(found, key=worth)
    same = best[:, None] == best[None, :]
    agreeing = np.where(same, together, 1 - together)
    others = max(len(nodes) - 1, 1)
    stability = (agreeing.sum(axis=1) - 1) / others if len(nodes) > 1 else np.ones(len(nodes))
    return Consensus(
        partition=named_blocs(nodes, best),
        blocs=len(np.unique(best)),
        agreement=float(np.mean([adjusted_rand(best, row) for row in labels])),
        node_stability=dict(zip(nodes, stability.tolist(), strict=True)),
        divisions=len(labels),
        nodes=nodes,
        together=together,
    )


def find_blocs(
    graph: Any, *, k: int | None = None, weighted: bool = False, runs: int = 20, seed: int = 0
) -> Consensus:
    """
    Return the blocs that many runs agree on.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected.
    k : int, optional
        Number of blocs in each run: a blockmodel with friends inside and foes between. By default the runs seek
        the greatest signed modularity with any number of blocs.
    weighted : bool
        Whether ties count by weight.
    runs : int
        Runs from different starts, at least 1.
    seed : int
        Of the first run.

    Returns
    -------
    Consensus
        `node_stability` tells whose bloc is firm.

    Raises
    ------
    InvalidValue
        If `runs` is below 1 or `k` below 1.
    """
    if runs < 1:
        raise InvalidValue(f"runs must be at least 1, not {runs}")
    ties = signed_graph(graph, weighted=weighted)
    if k is None:
        found = [
            signed_communities(ties, weighted=weighted, runs=1, seed=seed + run).partition
            for run in range(runs)
        ]
    else:
        found = [
            blockmodel(ties, k, image="balance", weighted=weighted, runs=3, seed=seed + run).partition
            for run in range(runs)
        ]
    return consensus_blocs(found, seed=seed)
