"""Positions → the directed network of actors, support and opposition apart."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from amity.errors import NotFound
from amity.model import ACTS, STATUSES, VOICES, Actor
from amity.network.merging import ROW_COLUMNS, bloc_columns, merge_actors, share_joint_holders
from amity.network.options import NetworkOptions
from amity.network.records import Network, PositionColumns


def build_network(columns: PositionColumns, *, options: NetworkOptions | None = None) -> Network:
    """
    Return the directed network of actors that positions make.

    Parameters
    ----------
    columns : PositionColumns
        One row for each holder and target of a position.
    options : NetworkOptions or None
        What counts and how; without, every act but ``state``, joint holders in full, generic actors and
        positions towards oneself left out.

    Returns
    -------
    Network
        One edge for each (holder, target) with a position of polarity 1 or -1 that counts. Actors by name,
        then id; isolates, unless left out, are actors who take or receive a position that passes every filter
        but `start` and `end`, so that networks of several windows have the same actors. Every edge names its
        positions in the columns' order.

    Raises
    ------
    NotFound
        If `options` name a concept that no position is about, or an attribute that no actor has.

    Notes
    -----
    Positions of polarity 0 and positions without a target make no edge. A position counts once for a pair of
    nodes, also where merged actors meet in it. Empty columns give a network without actors.
    """
    chosen = options or NetworkOptions()
    columns, nodes = prepare_columns(columns, chosen)
    return assemble_network(take_rows(columns, _days(columns, chosen)), nodes, chosen)


def prepare_columns(
    columns: PositionColumns, options: NetworkOptions
) -> tuple[PositionColumns, NDArray[np.bool_]]:
    """
    Return the rows that may make edges at any time, and the actors that may be nodes.

    Parameters
    ----------
    columns : PositionColumns
        Positions.
    options : NetworkOptions
        What counts; `start` and `end` are not looked at.

    Returns
    -------
    columns : PositionColumns
        Actors merged, joint holders shared or joined, rows that make no edge left out.
    nodes : bool array
        One entry for each of its actors.

    Raises
    ------
    NotFound
        If `options` name a concept that no position is about, or an attribute that no actor has.
    """
    if options.merge_by:
        columns = merge_actors(columns, options.merge_by)
    columns = take_rows(columns, _counting_rows(columns, options))
    if options.joint == "bloc":
        columns = bloc_columns(columns)
    elif options.joint == "fractional":
        columns = share_joint_holders(columns)
    nodes = _nodes(columns, options)
    return take_rows(columns, _edge_rows(columns, options)), nodes


def assemble_network(columns: PositionColumns, nodes: NDArray[np.bool_], options: NetworkOptions) -> Network:
    """
    Return the network of prepared rows.

    Parameters
    ----------
    columns : PositionColumns
        Rows that make edges, as from `prepare_columns`.
    nodes : bool array
        Which actors may be nodes.
    options : NetworkOptions
        Counting, decay, thresholds, isolates; `start` and `end` become the network's.

    Returns
    -------
    Network
        As `build_network` describes it.
    """
    network = _assemble(_decayed(columns, options), options)
    return _renumbered(network, nodes, isolates=options.isolates)


def take_rows(columns: PositionColumns, rows: NDArray[np.bool_] | slice) -> PositionColumns:
    """
    Return some rows of columns.

    Parameters
    ----------
    columns : PositionColumns
        Any.
    rows : bool array of shape (n,) or slice
        Which rows.

    Returns
    -------
    PositionColumns
        Positions, documents, concepts and actors keep their places.
    """
    if not isinstance(rows, slice) and rows.all():
        return columns
    return replace(
        columns,
        **{name: getattr(columns, name)[rows] for name in ROW_COLUMNS},
    )


def _counting_rows(columns: PositionColumns, options: NetworkOptions) -> NDArray[np.bool_]:
    keep = _allowed(columns.act, options.acts, ACTS)
    if options.statuses:
        keep &= _allowed(columns.status, options.statuses, STATUSES)
    if options.voices:
        keep &= _allowed(columns.voice, options.voices, VOICES)
    if options.min_score > 0:
        keep &= columns.score >= options.min_score
    if options.concepts:
        places = {concept: place for place, concept in enumerate(columns.concepts)}
        if unknown := sorted(set(options.concepts) - set(places)):
            raise NotFound(
                f"no position is about {', '.join(map(repr, unknown))}; concepts are matched in full"
            )
        keep &= np.isin(columns.concept, [places[each] for each in options.concepts])
    return keep


def _days(columns: PositionColumns, options: NetworkOptions) -> NDArray[np.bool_]:
    if options.start is None and options.end is None:
        return np.ones(len(columns), dtype=np.bool_)
    keep: NDArray[np.bool_] = columns.day >= (1 if options.start is None else options.start.toordinal())
    return keep if options.end is None else keep & (columns.day < options.end.toordinal())


def _allowed(codes: NDArray[np.int8], wanted: Sequence[str], values: Sequence[str]) -> NDArray[np.bool_]:
    table = np.zeros(len(values) + 1, dtype=np.bool_)
    table[[values.index(each) for each in wanted]] = True
    kept: NDArray[np.bool_] = table[codes]
    return kept


def _generic(actors: Sequence[Actor]) -> NDArray[np.bool_]:
    return np.fromiter((actor.generic for actor in actors), dtype=np.bool_, count=len(actors))


def _nodes(columns: PositionColumns, options: NetworkOptions) -> NDArray[np.bool_]:
    """Actors that may be nodes: they occur in the rows that count (a bloc's members do not)."""
    nodes = np.zeros(len(columns.actors) + 1, dtype=np.bool_)
    nodes[columns.holder] = True
    nodes[columns.target] = True
    nodes = nodes[:-1]
    return nodes if options.generic else nodes & ~_generic(columns.actors)


def _edge_rows(columns: PositionColumns, options: NetworkOptions) -> NDArray[np.bool_]:
    keep: NDArray[np.bool_] = (columns.target >= 0) & (columns.polarity != 0)
    if not options.loops:
        keep &= columns.holder != columns.target
    if not options.generic and len(columns.actors):
        specific = ~_generic(columns.actors)
        keep &= specific[columns.holder] & specific[columns.target]
    return keep


def _decayed(columns: PositionColumns, options: NetworkOptions) -> PositionColumns:
    if options.half_life is None or not len(columns):
        return columns
    if options.decay_from is not None:
        today = options.decay_from.toordinal()
    else:
        today = int(columns.day.max()) if options.end is None else options.end.toordinal() - 1
    columns = take_rows(columns, (columns.day >= 0) & (columns.day <= today))
    age = today - columns.day.astype(np.float64)
    return replace(columns, weight=columns.weight * np.exp2(-age / options.half_life))


def _assemble(columns: PositionColumns, options: NetworkOptions) -> Network:
    """Sort rows by (holder, target, position), keep one for each, and add up."""
    n = np.int64(len(columns.actors))
    pair = columns.holder * n + columns.target
    order = _order(pair, columns.position, int(n) * int(n))
    pair, position = pair[order], columns.position[order]
    weight, polarity = columns.weight[order], columns.polarity[order]
    document = columns.document[order]
    again = np.flatnonzero((pair[1:] == pair[:-1]) & (position[1:] == position[:-1]))
    if len(again):
        keep = np.ones(len(pair), dtype=np.bool_)
        keep[again + 1] = False
        pair, position, weight = pair[keep], position[keep], weight[keep]
        polarity, document = polarity[keep], document[keep]
    first = (
        np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))
        if len(pair)
        else np.zeros(0, np.int64)
    )
    offsets = np.concatenate([first, [len(pair)]]).astype(np.int64)
    edge = np.repeat(np.arange(len(first)), np.diff(offsets))
    support, opposition = (
        _weigh(edge, np.where(polarity == sign, weight, 0.0), document, len(first), options)
        for sign in (1, -1)
    )
    keep = np.diff(offsets) >= options.min_positions
    if options.min_weight > 0:
        keep &= support + opposition >= options.min_weight
    if options.min_documents > 1:
        keep &= _distinct_documents(edge, document, len(first)) >= options.min_documents
    source, target = (pair[first] // n).astype(np.int32), (pair[first] % n).astype(np.int32)
    if not keep.all():
        source, target, support, opposition = source[keep], target[keep], support[keep], opposition[keep]
        position = position[keep[edge]]
        offsets = np.concatenate([[0], np.cumsum(np.diff(offsets)[keep])]).astype(np.int64)
    return Network(
        columns.actors,
        source,
        target,
        support,
        opposition,
        options.start,
        options.end,
        offsets,
        position,
        columns.position_ids,
    )


def _order(pair: NDArray[np.int64], position: NDArray[np.int64], pairs: int) -> NDArray[np.int64]:
    """Indices that sort by (pair, position); one packed key where it fits into 63 bits, which is faster."""
    span = int(position.max()) + 1 if len(position) else 1
    if pairs * span < 2**63:
        order: NDArray[np.int64] = np.argsort(pair * np.int64(span) + position, kind="stable")
        return order
    return np.lexsort((position, pair))


def _weigh(
    edge: NDArray[np.int64],
    weight: NDArray[np.float64],
    document: NDArray[np.int32],
    m: int,
    options: NetworkOptions,
) -> NDArray[np.float64]:
    if options.counting == "documents":
        order = np.lexsort((-weight, document, edge))
        edge, weight, document = edge[order], weight[order], document[order]
        if len(edge):
            largest = np.concatenate([[True], (edge[1:] != edge[:-1]) | (document[1:] != document[:-1])])
            edge, weight = edge[largest], weight[largest]
    total = np.bincount(edge, weights=weight, minlength=m).astype(np.float64)
    return np.log1p(total) if options.counting == "log" else total


def _distinct_documents(edge: NDArray[np.int64], document: NDArray[np.int32], m: int) -> NDArray[np.int64]:
    width = int(document.max()) + 2 if len(document) else 1
    distinct = np.unique(edge * width + document)
    return np.bincount(distinct // width, minlength=m)


def _renumbered(network: Network, nodes: NDArray[np.bool_], *, isolates: bool) -> Network:
    """Keep the nodes that may stay, sorted by name, then id, and sort the edges anew."""
    if not isolates:
        nodes = np.zeros_like(nodes)
        nodes[network.source] = True
        nodes[network.target] = True
    kept = np.flatnonzero(nodes).tolist()
    ranked = sorted(kept, key=lambda row: (network.actors[row].name, network.actors[row].id))
    place = np.full(len(network.actors), -1, dtype=np.int32)
    place[ranked] = np.arange(len(ranked), dtype=np.int32)
    source, target = place[network.source], place[network.target]
    actors = tuple(network.actors[row] for row in ranked)
    renumbered = replace(network, actors=actors, source=source, target=target)
    return renumbered if ranked == kept else reordered(renumbered, np.lexsort((target, source)))


def reordered(network: Network, edges: NDArray[np.int64]) -> Network:
    """
    Return a network with some of its edges, in another order.

    Parameters
    ----------
    network : Network
        Any network.
    edges : int64 array
        Places of the edges to keep, in the order wanted.

    Returns
    -------
    Network
        The same actors; the positions behind each edge go with it.
    """
    offsets, rows = network.position_offsets, network.position_rows
    if offsets is not None and rows is not None:
        counts = np.diff(offsets)[edges]
        moved = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        within = np.arange(int(moved[-1])) - np.repeat(moved[:-1], counts)
        rows = rows[np.repeat(offsets[:-1][edges], counts) + within]
        offsets = moved
    return replace(
        network,
        source=network.source[edges],
        target=network.target[edges],
        support=network.support[edges],
        opposition=network.opposition[edges],
        position_offsets=offsets,
        position_rows=rows,
    )
