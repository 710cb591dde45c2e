"""How far the network of some concepts is from the network of all."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.network.aggregation import Counts, one_mode_matrix
from amity.network.discourse import MatrixSeries
from amity.network.discourse_options import DiscourseOptions
from amity.network.spectra import laplacian, laplacian_spectrum
from amity.network.statements import StatementTable

Matrix = NDArray[np.float64]
_ADDITIVE = ("none", "average")


class ConceptLosses:
    """
    Spectral losses of sets of concepts.

    Parameters
    ----------
    table : StatementTable
        Statements.
    options : DiscourseOptions
        A one-mode network without windows; isolates are left out of the full network, and all its nodes are kept in
        that of a set of concepts.
    """

    def __init__(self, table: StatementTable, options: DiscourseOptions) -> None:
        self._options = options
        self.nodes, self.concepts, self._counts = MatrixSeries(table, options).counts()
        self.n = len(self.nodes)
        self.evaluations = 0
        self._all = list(range(len(self.concepts)))
        self._target = self._spectrum(self._all)

    def network(self, chosen: Sequence[int]) -> Matrix:
        """
        Return the one-mode network of some concepts.

        Parameters
        ----------
        chosen : sequence of int
            Places of concepts.

        Returns
        -------
        float64 array of shape (n, n)
            With the nodes of the full network.
        """
        return one_mode_matrix(self.restricted(chosen), self._options)

    def restricted(self, chosen: Sequence[int]) -> Counts:
        """
        Return the counts of some concepts.

        Parameters
        ----------
        chosen : sequence of int
            Places of concepts.

        Returns
        -------
        Counts
            Dense.
        """
        some = [_columns(matrix, chosen) for matrix in self._counts.number]
        return Counts(self._counts.levels, some, some, some)

    def _spectrum(self, chosen: Sequence[int]) -> NDArray[np.float64]:
        self.evaluations += 1
        return laplacian_spectrum(self.network(chosen))

    def of(self, chosen: Sequence[int]) -> float:
        """
        Return the spectral distance between the network of some concepts and that of all.

        Parameters
        ----------
        chosen : sequence of int
            Places of concepts.

        Returns
        -------
        float
            0 for all of them.
        """
        return float(np.linalg.norm(self._target - self._spectrum(chosen)))

    def estimates(self, chosen: Sequence[int], likely: Sequence[int]) -> dict[int, float]:
        """
        Return first-order estimates of the loss of each set that lacks one concept more.

        Parameters
        ----------
        chosen : sequence of int
            Places of concepts.
        likely : sequence of int
            Those of them to estimate.

        Returns
        -------
        dict of int to float
            The concept left out, and the estimated loss.
        """
        vectors = np.linalg.eigh(laplacian(self.network(chosen)))[1]
        short = vectors.astype(np.float32)
        squared = (short * short).T.copy()
        without = _Without(self, chosen, self._options)
        estimates = {}
        for each in likely:
            ties = without(each)
            np.maximum(ties, 0, out=ties)
            np.fill_diagonal(ties, 0)
            degrees = ties.sum(axis=1)
            moved = squared @ degrees - np.einsum("ai,ai->i", short, ties @ short)
            moved = np.sort(moved.astype(np.float64)) / (float(degrees.sum()) or 1.0)
            estimates[each] = float(np.linalg.norm(self._target - moved))
        return estimates


class _Without:
    """
    Networks that lack one concept more, in single precision, for estimates.

    Products of concepts add up, so that under most settings one concept's are taken away from all.
    """

    def __init__(self, losses: ConceptLosses, chosen: Sequence[int], options: DiscourseOptions) -> None:
        self._losses, self._chosen, self._options = losses, chosen, options
        self._plain = replace(options, normalization="none")
        self._additive = options.normalization in _ADDITIVE
        if self._additive:
            self._total = self._products(chosen)
            self._activity = self._active(chosen)

    def _products(self, chosen: Sequence[int]) -> NDArray[np.float32]:
        counts = self._losses.restricted(chosen)
        if len(chosen) == 1 and counts.levels.kind == "boolean" and self._options.aggregation == "subtract":
            net = (counts.number[1] - counts.number[0]).astype(np.float32)
            return np.asarray(net * net.T)
        return one_mode_matrix(counts, self._plain).astype(np.float32)

    def _active(self, chosen: Sequence[int]) -> NDArray[np.float32]:
        sums = [matrix.sum(axis=1) for matrix in self._losses.restricted(chosen).number]
        return np.asarray(np.sum(sums, axis=0), dtype=np.float32)

    def __call__(self, concept: int) -> NDArray[np.float32]:
        if not self._additive:
            rest = self._losses.network([each for each in self._chosen if each != concept])
            return rest.astype(np.float32)
        ties = self._total - self._products([concept])
        if self._options.normalization == "none":
            return ties
        half = (self._activity - self._active([concept])) / 2
        # Two actors without a statement have no tie; one keeps the division defined.
        half[half <= 0] = np.float32(0.5)
        ties /= half[:, None] + half[None, :]
        return ties


def _columns(matrix: Any, chosen: Sequence[int]) -> Matrix:
    picked = matrix[:, list(chosen)]
    return np.asarray(picked if isinstance(picked, np.ndarray) else picked.toarray())
