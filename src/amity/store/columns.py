"""All positions of a project as arrays, and which of them pass a filter; no object a row."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from amity.errors import NotFound
from amity.model import ACTS, STATES, STATUSES, VOICES, PositionFilter, day_range
from amity.network import PositionColumns
from amity.store.blocks import LIVE_BIT, NO_POLARITY, STANDING_BIT, STATE_BITS
from amity.store.catalogue import Catalogue
from amity.store.ids import unpack_position
from amity.store.states import ACCEPTED, ADDED, EDITED, SUGGESTED
from amity.store.table import PositionTable


class PositionIds(Sequence[str]):
    """
    Ids of positions, made when they are asked for.

    Parameters
    ----------
    packed : int64 array of shape (n,)
        As `pack_position` stores them.
    named : dict
        Place to id, for the few that are free text.
    """

    def __init__(self, packed: NDArray[np.int64], named: dict[int, str]) -> None:
        self._packed = packed
        self._named = named

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = int(place)
        if not -len(self) <= at < len(self):
            raise IndexError(f"place {at} of {len(self)} positions")
        at %= len(self)
        named = self._named.get(at)
        return unpack_position(int(self._packed[at])) if named is None else named

    def __iter__(self) -> Iterator[str]:
        return (self[place] for place in range(len(self)))


def confirmed(states: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """
    Return which positions a person has confirmed.

    Parameters
    ----------
    states : uint8 array of shape (n,)
        As in `PositionTable`.

    Returns
    -------
    bool array of shape (n,)
        True for accepted, edited and added ones that stand.
    """
    stands: NDArray[np.bool_] = (states & STANDING_BIT) != 0
    return stands & np.isin(states & STATE_BITS, (ACCEPTED, EDITED, ADDED))


def select(
    table: PositionTable,
    catalogue: Catalogue,
    wanted: PositionFilter,
    *,
    agents: dict[int, str],
    found: Collection[int] | None,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Return which positions, and which of their pairs, pass a filter.

    Parameters
    ----------
    table : PositionTable
        All positions.
    catalogue : Catalogue
        Documents, actors and concepts.
    wanted : PositionFilter
        The filter.
    agents : dict
        Row number of each origin to its agent.
    found : collection of int or None
        Row numbers of the positions whose evidence answers the filter's text; None where it has none.

    Returns
    -------
    places : int64 array
        Ascending places in ``table.positions``.
    pairs : int64 array
        Ascending places in ``table.pairs``, of these positions only.

    Raises
    ------
    NotFound
        If the filter names an actor or a document that the project does not have.
    """
    keep = _by_state(table, wanted)
    keep &= _by_document(table, catalogue, wanted)
    keep &= _by_value(table, catalogue, wanted, agents)
    if found is not None:
        keep &= np.isin(table.positions["row"], np.fromiter(found, dtype=np.int64, count=len(found)))
    pairs = keep[table.pair_row]
    if wanted.holders or wanted.targets or wanted.actors or not wanted.generic:
        pairs &= _by_actor(table, catalogue, wanted)
        passing = np.zeros(len(keep), dtype=np.bool_)
        passing[table.pair_row[pairs]] = True
        keep &= passing
    return np.flatnonzero(keep), np.flatnonzero(pairs)


def _by_state(table: PositionTable, wanted: PositionFilter) -> NDArray[np.bool_]:
    states = table.states
    keep: NDArray[np.bool_] = (states & LIVE_BIT) != 0
    standing = (states & STANDING_BIT) != 0
    if wanted.states:
        codes = [STATES.index(each) for each in wanted.states]
        keep &= np.isin(states & STATE_BITS, codes)
        rejected = (states & STATE_BITS) == STATES.index("rejected")
        keep &= standing | rejected
    else:
        keep &= standing
    if wanted.min_score > 0:
        keep &= (table.positions["score"] >= wanted.min_score) | confirmed(states)
    return keep


def _by_document(table: PositionTable, catalogue: Catalogue, wanted: PositionFilter) -> NDArray[np.bool_]:
    there = catalogue.documents[table.documents]
    if wanted.documents:
        unknown = [each for each in wanted.documents if each not in catalogue.document_row]
        if unknown:
            raise NotFound(
                f"the project has no document {', '.join(map(repr, unknown))}; `amity show` lists them"
            )
        named = [catalogue.document_row[each] for each in wanted.documents]
        passing = (there > 0) & np.isin(table.documents, named)
    else:
        passing = there == 1
    if wanted.kinds:
        kinds = set(wanted.kinds)
        passing &= np.fromiter(
            (catalogue.document_kind[row] in kinds for row in table.documents.tolist()),
            dtype=np.bool_,
            count=len(table.documents),
        )
    return np.repeat(passing, np.diff(table.bounds))


def _by_value(
    table: PositionTable, catalogue: Catalogue, wanted: PositionFilter, agents: dict[int, str]
) -> NDArray[np.bool_]:
    positions = table.positions
    keep = np.ones(len(positions), dtype=np.bool_)
    for column, values, allowed in (
        ("act", wanted.acts, ACTS),
        ("status", wanted.statuses, STATUSES),
        ("voice", wanted.voices, VOICES),
    ):
        if values:
            keep &= np.isin(positions[column], [allowed.index(each) for each in values])
    if wanted.polarities:
        keep &= np.isin(positions["polarity"], wanted.polarities)
    if wanted.since is not None:
        keep &= positions["day"] >= day_range(wanted.since)[0].toordinal()
    if wanted.until is not None:
        keep &= (positions["day"] >= 0) & (positions["day"] <= day_range(wanted.until)[1].toordinal())
    if wanted.concepts:
        names = set(wanted.concepts)
        roots = {
            int(catalogue.concept_root[row])
            for row, name in catalogue.concept_name.items()
            if name in names or f"c{row}" in names
        }
        keep &= (positions["concept"] >= 0) & np.isin(
            catalogue.concept_root[positions["concept"]], list(roots)
        )
    if wanted.readers:
        keep &= np.isin(
            positions["origin"], [row for row, agent in agents.items() if agent in wanted.readers]
        )
    return keep


def _by_actor(table: PositionTable, catalogue: Catalogue, wanted: PositionFilter) -> NDArray[np.bool_]:
    holder, target = pair_actors(table.pairs, catalogue)
    keep = np.ones(len(holder), dtype=np.bool_)
    if wanted.holders:
        keep &= np.isin(holder, _actor_rows(catalogue, wanted.holders))
    if wanted.targets:
        keep &= np.isin(target, _actor_rows(catalogue, wanted.targets))
    if wanted.actors:
        rows = _actor_rows(catalogue, wanted.actors)
        keep &= np.isin(holder, rows) | np.isin(target, rows)
    if not wanted.generic:
        keep &= ~catalogue.generic[holder] & ~((target >= 0) & catalogue.generic[target])
    return keep


def _actor_rows(catalogue: Catalogue, identities: Iterable[str]) -> list[int]:
    rows = []
    for identity in identities:
        row = catalogue.actor_row.get(identity)
        if row is None:
            raise NotFound(f"the project has no actor {identity!r}; `amity actors PROJECT list` shows them")
        rows.append(int(catalogue.actor_root[row]))
    return rows


def pair_actors(
    pairs: NDArray[Any], catalogue: Catalogue, chosen: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """
    Return the actors that pairs name, after all merges.

    Parameters
    ----------
    pairs : array of PAIR, shape (p,)
        Appearances.
    catalogue : Catalogue
        Links and merges.
    chosen : int64 array of shape (q,) or None
        Places of the pairs that are asked for; None for all.

    Returns
    -------
    holder, target : int32 array of shape (q,)
        Row numbers of actors; target -1 for none.
    """
    roots = catalogue.appearance_root
    # Column by column: taking whole packed records is several times slower.
    holder, target = (pairs[name] if chosen is None else pairs[name][chosen] for name in ("holder", "target"))
    return roots[holder], np.where(target >= 0, roots[target], np.int32(-1)).astype(np.int32)


def build_columns(
    table: PositionTable, catalogue: Catalogue, places: NDArray[np.int64], pairs: NDArray[np.int64]
) -> PositionColumns:
    """
    Return selected positions as columns, one row for each holder and target.

    Parameters
    ----------
    table : PositionTable
        All positions.
    catalogue : Catalogue
        Documents, actors and concepts.
    places, pairs : int64 array
        As `select` returned them.

    Returns
    -------
    PositionColumns
        Actors, documents and concepts are those that occur; actors by name, then id.
    """
    holder, target = pair_actors(table.pairs, catalogue, pairs)
    row = table.pair_row[pairs]
    number = np.searchsorted(places, row)
    once = _first_of_each(number, holder, target)
    if once is not None:
        row, holder, target, number = row[once], holder[once], target[once], number[once]
    positions = table.positions
    actors, holder, target = _actor_index(catalogue, holder, target)
    document, document_rows = _index(table.document[row])
    concepts = positions["concept"][row]
    concepts = (
        np.where(concepts >= 0, catalogue.concept_root[concepts], -1)
        if len(catalogue.concept_root)
        else concepts
    )
    concept, concept_rows = _index(concepts)
    polarity = positions["polarity"][row]
    score = positions["score"][row].copy()
    score[confirmed(table.states[row])] = 1.0
    identities = positions["row"][places]
    named = {}
    if table.named:
        for at in np.flatnonzero(positions["named"][places]):
            named[int(at)] = table.named[int(identities[at])]
    return PositionColumns(
        position=number.astype(np.int64),
        holder=holder,
        target=target,
        polarity=np.where(polarity == NO_POLARITY, 0, polarity).astype(np.int8),
        weight=np.ones(len(row), dtype=np.float64),
        score=score,
        day=positions["day"][row],
        document=document,
        concept=concept,
        agreement=positions["agreement"][row],
        act=positions["act"][row],
        status=positions["status"][row],
        voice=positions["voice"][row],
        position_ids=PositionIds(positions["uid"][places], named),
        document_ids=[catalogue.document_uid[each] for each in document_rows],
        concepts=[catalogue.concept_name[each] for each in concept_rows],
        actors=actors,
    )


def _first_of_each(
    number: NDArray[np.int64], holder: NDArray[np.int32], target: NDArray[np.int32]
) -> NDArray[np.int64] | None:
    """Actors that were merged may meet in one position; the pair counts once there."""
    several = np.zeros(len(number), dtype=np.bool_)
    same = number[1:] == number[:-1]
    several[1:] |= same
    several[:-1] |= same
    places = np.flatnonzero(several)
    if not len(places):
        return None
    keys = np.stack([number[places], holder[places], target[places]], axis=1)
    _, first = np.unique(keys, axis=0, return_index=True)
    if len(first) == len(places):
        return None
    keep = ~several
    keep[places[first]] = True
    return np.flatnonzero(keep)


def _index(rows: NDArray[Any]) -> tuple[NDArray[np.int32], list[int]]:
    """Row numbers to places among those that occur, in ascending order; -1 stays."""
    if not len(rows):
        return np.zeros(0, dtype=np.int32), []
    occurs = np.zeros(int(rows.max()) + 2, dtype=np.bool_)
    occurs[rows] = True
    occurs[-1] = False
    listed = np.flatnonzero(occurs)
    places = np.full(len(occurs), -1, dtype=np.int32)
    places[listed] = np.arange(len(listed), dtype=np.int32)
    return places[rows], listed.tolist()


def _actor_index(
    catalogue: Catalogue, holder: NDArray[np.int32], target: NDArray[np.int32]
) -> tuple[tuple[Any, ...], NDArray[np.int32], NDArray[np.int32]]:
    _, rows = _index(np.concatenate([holder, target]))
    actors = sorted(
        ((catalogue.actor(row), row) for row in rows), key=lambda each: (each[0].name, each[0].id)
    )
    places = np.full(len(catalogue.actor_root) + 1, -1, dtype=np.int32)
    places[[row for _, row in actors]] = np.arange(len(actors), dtype=np.int32)
    return tuple(actor for actor, _ in actors), places[holder], places[target]


def order_places(
    table: PositionTable, places: NDArray[np.int64], order: str, *, first: int | None = None
) -> NDArray[np.int64]:
    """
    Return selected places in another order; ties keep document order.

    Parameters
    ----------
    table : PositionTable
        All positions.
    places : int64 array
        Ascending.
    order : {"document", "score", "date", "uncertainty"}
        ``score`` puts the surest first, ``uncertainty`` those nearest to one half, ``date`` the earliest and undated
        ones last.
    first : int or None
        How many are needed at least; the rest may be missing.

    Returns
    -------
    int64 array
        The same places, or the first of them.
    """
    if order == "document":
        return places
    key = _sort_key(table, places, order)
    if first is not None and 0 < first < len(key):
        # All ties of the last one needed stay in, so that document order decides among them.
        nearest = np.flatnonzero(key <= np.partition(key, first - 1)[first - 1])
        places, key = places[nearest], key[nearest]
    return places[np.argsort(key, kind="stable")]


def _sort_key(table: PositionTable, places: NDArray[np.int64], order: str) -> NDArray[Any]:
    if order == "date":
        days = table.positions["day"][places].astype(np.int64)
        return np.where(days < 0, np.iinfo(np.int64).max, days)
    score = np.where(confirmed(table.states[places]), 1.0, table.positions["score"][places])
    return -score if order == "score" else np.abs(score - 0.5)


def count_by_document(table: PositionTable) -> dict[int, tuple[int, int]]:
    """
    Return how many positions stand in each document, and on how many a person has decided.

    Parameters
    ----------
    table : PositionTable
        All positions.

    Returns
    -------
    dict
        Row number of the document to both counts.
    """
    live = (table.states & LIVE_BIT) != 0
    stands = live & ((table.states & STANDING_BIT) != 0)
    decided = live & ((table.states & STATE_BITS) != SUGGESTED) & (stands | _rejected(table.states))
    place = np.repeat(np.arange(len(table.documents)), np.diff(table.bounds))
    standing = np.bincount(place[stands], minlength=len(table.documents))
    checked = np.bincount(place[decided], minlength=len(table.documents))
    return {
        int(row): (int(standing[at]), int(checked[at])) for at, row in enumerate(table.documents.tolist())
    }


def _rejected(states: NDArray[np.uint8]) -> NDArray[np.bool_]:
    rejected: NDArray[np.bool_] = (states & STATE_BITS) == STATES.index("rejected")
    return rejected
