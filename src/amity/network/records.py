"""The network itself: arrays for computing, records for looking at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import NetworkError
from amity.model import Actor, Edge

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Weight = Literal["support", "opposition", "net", "total", "sign"]


@dataclass(frozen=True, slots=True)
class PositionColumns:
    """
    Positions as columns, one row for each (holder, target) pair of a position.

    Parameters
    ----------
    position : int array of shape (n,)
        Row number of the position in `position_ids`.
    holder, target : int array of shape (n,)
        Index into `actors`; target is -1 for a position towards a concept alone.
    polarity : int8 array of shape (n,)
        1, -1, 0.
    weight : float64 array of shape (n,)
        Share of the position that this pair carries (1 when joint holders count in full).
    score : float64 array of shape (n,)
        From 0 to 1; 1 for what a person confirmed.
    day : int32 array of shape (n,)
        Proleptic ordinal of the position's first day (`datetime.date.toordinal`); -1 if undated.
    document : int array of shape (n,)
        Index into `document_ids`.
    concept : int array of shape (n,)
        Index into `concepts`; -1 for none.
    agreement : int8 array of shape (n,)
        1, -1, 0 for none.
    act, status, voice : int8 array of shape (n,)
        Index into `ACTS`, `STATUSES`, `VOICES`.
    position_ids, document_ids, concepts : sequence of str
        What the indices mean.
    actors : tuple of Actor
        What holder and target index.
    """

    position: NDArray[np.int64]
    holder: NDArray[np.int32]
    target: NDArray[np.int32]
    polarity: NDArray[np.int8]
    weight: NDArray[np.float64]
    score: NDArray[np.float64]
    day: NDArray[np.int32]
    document: NDArray[np.int32]
    concept: NDArray[np.int32]
    agreement: NDArray[np.int8]
    act: NDArray[np.int8]
    status: NDArray[np.int8]
    voice: NDArray[np.int8]
    position_ids: Sequence[str]
    document_ids: Sequence[str]
    concepts: Sequence[str]
    actors: tuple[Actor, ...]

    def __len__(self) -> int:
        return len(self.position)


@dataclass(frozen=True)
class Network:
    """
    A directed network of actors in which support and opposition are separate weights.

    Parameters
    ----------
    actors : tuple of Actor
        The nodes, in a documented order (by name, then id, unless said otherwise); isolates are kept.
    source, target : int32 array of shape (m,)
        Index into `actors`, one entry an edge, sorted by source, then target; no pair twice.
    support, opposition : float64 array of shape (m,)
        Weights, never negative.
    start, end : date or None
        First day (inclusive) and last day (exclusive) that the network covers; None for no limit.
    position_offsets : int64 array of shape (m + 1,) or None
        Edge e rests on ``position_rows[position_offsets[e]:position_offsets[e + 1]]``; None where the
        network came without positions (an edge list).
    position_rows : int64 array or None
        Row numbers into `position_ids`.
    position_ids : sequence of str
        Ids of positions.
    """

    actors: tuple[Actor, ...]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    support: NDArray[np.float64]
    opposition: NDArray[np.float64]
    start: date | None = None
    end: date | None = None
    position_offsets: NDArray[np.int64] | None = field(default=None, repr=False)
    position_rows: NDArray[np.int64] | None = field(default=None, repr=False)
    position_ids: Sequence[str] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        m = len(self.source)
        if not (len(self.target) == len(self.support) == len(self.opposition) == m):
            raise NetworkError("source, target, support and opposition must have one entry an edge")
        if m and (
            min(self.source.min(), self.target.min()) < 0
            or max(self.source.max(), self.target.max()) >= len(self.actors)
        ):
            raise NetworkError(f"edges name actors beyond the {len(self.actors)} given")
        if m and (self.support.min() < 0 or self.opposition.min() < 0):
            raise NetworkError(
                "support and opposition are weights and never negative; give opposition its own column"
            )

    @property
    def n(self) -> int:
        """Number of actors, isolates included."""
        return len(self.actors)

    @property
    def m(self) -> int:
        """Number of directed edges."""
        return len(self.source)

    @cached_property
    def index(self) -> dict[str, int]:
        """Actor id to its place in `actors`."""
        return {actor.id: place for place, actor in enumerate(self.actors)}

    def edge(self, number: int) -> Edge:
        """
        Return one edge as a record.

        Parameters
        ----------
        number : int
            Its place, from 0 to ``m - 1``.

        Returns
        -------
        Edge
            With the ids of its positions.
        """
        return Edge(
            self.actors[self.source[number]].id,
            self.actors[self.target[number]].id,
            float(self.support[number]),
            float(self.opposition[number]),
            self.positions_of(number),
        )

    @property
    def edges(self) -> Iterator[Edge]:
        """The edges as records, in their order."""
        return (self.edge(number) for number in range(self.m))

    def positions_of(self, number: int) -> tuple[str, ...]:
        """
        Return the ids of the positions behind an edge.

        Parameters
        ----------
        number : int
            The edge's place.

        Returns
        -------
        tuple of str
            In document order; empty where the network came without positions.
        """
        if self.position_offsets is None or self.position_rows is None:
            return ()
        rows = self.position_rows[self.position_offsets[number] : self.position_offsets[number + 1]]
        return tuple(self.position_ids[row] for row in rows)

    def weights(self, weight: Weight = "net") -> NDArray[np.float64]:
        """
        Return one number an edge.

        Parameters
        ----------
        weight : {"support", "opposition", "net", "total", "sign"}
            ``net`` is support minus opposition, ``total`` their sum, ``sign`` the sign of ``net``.

        Returns
        -------
        float64 array of shape (m,)
            In edge order.

        Raises
        ------
        NetworkError
            If `weight` is another word.
        """
        if weight == "support":
            return self.support
        if weight == "opposition":
            return self.opposition
        if weight == "net":
            return self.support - self.opposition
        if weight == "total":
            return self.support + self.opposition
        if weight == "sign":
            return np.sign(self.support - self.opposition)
        raise NetworkError(f"weight {weight!r} is none of support, opposition, net, total, sign")

    def adjacency(self, weight: Weight = "net") -> "csr_array":
        """
        Return the adjacency matrix.

        Parameters
        ----------
        weight : {"support", "opposition", "net", "total", "sign"}
            See `weights`.

        Returns
        -------
        scipy.sparse.csr_array of float64, shape (n, n)
            Row = holder, column = target; entries that are zero are not stored.
        """
        from scipy.sparse import csr_array

        values = np.asarray(self.weights(weight), dtype=np.float64)
        keep = values != 0
        return csr_array((values[keep], (self.source[keep], self.target[keep])), shape=(self.n, self.n))


def network_from_edges(edges: Iterable[Edge], *, actors: Iterable[Actor] = ()) -> Network:
    """
    Return the network that edge records describe.

    Parameters
    ----------
    edges : iterable of Edge
        Repeated pairs are added up.
    actors : iterable of Actor
        Nodes to include, isolates too; an id that only an edge names becomes an actor of that name.

    Returns
    -------
    Network
        Actors sorted by name, then id.
    """
    listed = list(edges)
    known = {actor.id: actor for actor in actors}
    for edge in listed:
        for end in (edge.source, edge.target):
            known.setdefault(end, Actor(end, end))
    nodes = tuple(sorted(known.values(), key=lambda actor: (actor.name, actor.id)))
    index = {actor.id: place for place, actor in enumerate(nodes)}
    merged: dict[tuple[int, int], tuple[float, float, tuple[str, ...]]] = {}
    for edge in listed:
        pair = index[edge.source], index[edge.target]
        support, opposition, positions = merged.get(pair, (0.0, 0.0, ()))
        merged[pair] = support + edge.support, opposition + edge.opposition, positions + edge.positions
    pairs = sorted(merged)
    ids = sorted({each for _, _, positions in merged.values() for each in positions})
    place = {each: row for row, each in enumerate(ids)}
    counts = [len(merged[pair][2]) for pair in pairs]
    rows = [place[each] for pair in pairs for each in merged[pair][2]]
    return Network(
        nodes,
        np.array([pair[0] for pair in pairs], dtype=np.int32),
        np.array([pair[1] for pair in pairs], dtype=np.int32),
        np.array([merged[pair][0] for pair in pairs], dtype=np.float64),
        np.array([merged[pair][1] for pair in pairs], dtype=np.float64),
        position_offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        position_rows=np.array(rows, dtype=np.int64),
        position_ids=ids,
    )
