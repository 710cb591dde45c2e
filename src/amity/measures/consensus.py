"""What several divisions of the same nodes agree on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.clusterability import named_blocs
from amity.measures.communities import adjusted_rand
from amity.measures.relocation import relocate
from amity.measures.results import Result


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

    starts = [np.unique(row, return_inverse=True)[1] for row in labels[:20]]
    found = [relocate(matrix, seed=seed + run) for run in range(5)]
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
