"""The network, its matrix, timeline, measures and files."""

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from starlette.responses import Response

from amity.errors import AmityError, InvalidValue
from amity.publishing.export import position_days
from amity.publishing.figures import find_blocs
from amity.publishing.report import dated_polarities
from amity.web.api import FILTER_PARAMETERS, Call, Endpoint
from amity.web.routes.rows import actor_names, position_json

if TYPE_CHECKING:
    from amity.network import Network

ASPECT = 1.4
MOST_ACTORS = 600


def _network(call: Call) -> "tuple[Network, dict[str, Any]]":
    from amity.network import NetworkOptions, build_network

    columns = call.project.columns(call.filter())
    least = max(1, call.number("least", 1, high=1000))
    network = build_network(columns, options=NetworkOptions(isolates=False, min_positions=least))
    used = (
        np.unique(network.position_rows)
        if network.position_rows is not None
        else np.array([], dtype=np.int64)
    )
    rows = np.isin(columns.position, used)
    facts = {
        "n_positions": len(used),
        "n_documents": len(np.unique(columns.document[rows])),
        "n_checked": len(np.unique(columns.position[rows & (columns.score >= 1.0)])),
    }
    return network, facts


def show_network(call: Call) -> dict[str, Any]:
    """Return actors with places and ties with weights."""
    from amity.views import layout_network

    network, facts = _network(call)
    if network.n > MOST_ACTORS:
        network, hidden = _best_connected(network, MOST_ACTORS)
    else:
        hidden = 0
    places = layout_network(network, aspect=ASPECT)
    support, opposition = _received(network)
    return {
        **facts,
        "aspect": ASPECT,
        "hidden": hidden,
        "actors": [
            {
                "id": actor.id, "name": actor.name, "kind": actor.kind, "x": round(places[actor.id][0], 5), "y": round(places[actor.id][1], 5),
                "support_in": float(support[place]), "opposition_in": float(opposition[place]),
            }
            for place, actor in enumerate(network.actors)
        ],
        "edges": [
            {"source": edge.source, "target": edge.target, "support": edge.support, "opposition": edge.opposition, "positions": len(edge.positions)}
            for edge in network.edges
        ],
        "blocs": find_blocs(network) if call.query.get("blocs") else [],
    }  # fmt: skip


def _received(network: "Network") -> tuple[np.ndarray, np.ndarray]:
    support, opposition = np.zeros(network.n), np.zeros(network.n)
    np.add.at(support, network.target, network.support)
    np.add.at(opposition, network.target, network.opposition)
    return support, opposition


def _best_connected(network: "Network", most: int) -> "tuple[Network, int]":
    from amity.network import subnetwork

    strength = np.zeros(network.n)
    np.add.at(strength, network.source, network.weights("total"))
    np.add.at(strength, network.target, network.weights("total"))
    kept = np.zeros(network.n, dtype=np.bool_)
    kept[np.argsort(-strength, kind="stable")[:most]] = True
    return subnetwork(network, kept), network.n - most


def show_tie(call: Call) -> dict[str, Any]:
    """Return the positions behind one tie."""
    source, target = call.query.get("source", ""), call.query.get("target", "")
    if not source or not target:
        raise InvalidValue("give the actors' ids as source and target")
    project = call.project
    rows = project.positions(
        call.filter(holders=(source,), targets=(target,)),
        order="date",
        limit=call.number("limit", 200, low=1, high=1000),
    )
    names = actor_names(project)
    signed = [row for row in rows if row.position.polarity in (1, -1)]
    texts = {each: project.document(each).text for each in {row.position.document_id for row in signed}}
    return {"rows": [position_json(row, names, texts[row.position.document_id]) for row in signed]}


def show_matrix(call: Call) -> dict[str, Any]:
    """Return who supports and opposes whom as a matrix, ordered by bloc."""
    network, facts = _network(call)
    if network.n > 200:
        network, _ = _best_connected(network, 200)
    order = (
        [each for bloc in find_blocs(network) for each in bloc]
        if network.m
        else [actor.id for actor in network.actors]
    )
    names = {actor.id: actor.name for actor in network.actors}
    place = {each: number for number, each in enumerate(order)}
    cells = [
        {
            "row": place[edge.source],
            "column": place[edge.target],
            "support": edge.support,
            "opposition": edge.opposition,
        }
        for edge in network.edges
        if edge.source in place and edge.target in place
    ]
    return {**facts, "actors": [{"id": each, "name": names[each]} for each in order], "cells": cells}


def show_timeline(call: Call) -> dict[str, Any]:
    """Return supporting and opposing positions by period."""
    from amity.views import count_by_period

    columns = call.project.columns(call.filter())
    dated = dated_polarities(columns)
    periods = count_by_period((date.fromisoformat(day), polarity) for day, polarity in dated)
    return {
        "n_positions": len(np.unique(columns.position)),
        "n_dated": len(dated),
        "n_documents": len(np.unique(columns.document)),
        "periods": [
            {
                "label": each.label, "start": each.start.isoformat(), "end": each.end.isoformat(),
                "support": each.support, "opposition": each.opposition, "neither": each.neither,
            }
            for each in periods
        ],
    }  # fmt: skip


def show_measures(call: Call) -> dict[str, Any]:
    """Return what the measures say about the network."""
    from amity.measures import MEASURES

    network, facts = _network(call)
    names = [each for each in call.query.getlist("names") if each in MEASURES] or [
        "degrees",
        "reciprocity",
        "triads",
        "frustration",
    ]
    results = {}
    for name in names:
        measure = MEASURES[name]
        settings = {"time_limit": 10.0} if "time_limit" in measure.takes else {}
        try:
            result = measure.function(network, **settings)
        except AmityError as error:
            # A network may be too small for one measure and right for the others.
            results[name] = {"what": measure.what, "text": str(error), "result": {}}
            continue
        results[name] = {"what": measure.what, "text": str(result), "result": result.to_json()}
    return {**facts, "actors": {actor.id: actor.name for actor in network.actors}, "results": results}


def network_file(call: Call) -> Response:
    """Return the network as SVG, PNG, GEXF or GraphML."""
    from amity.views import layout_network, plot_network

    kind = call.path["kind"]
    media = {
        "svg": "image/svg+xml",
        "png": "image/png",
        "gexf": "application/xml",
        "graphml": "application/xml",
    }
    if kind not in media:
        raise InvalidValue(f"the network is not written as {kind!r}; use one of {', '.join(media)}")
    network, _ = _network(call)
    layout = layout_network(network, aspect=ASPECT)
    with tempfile.TemporaryDirectory(prefix="amity-") as folder:
        path = Path(folder) / f"network.{kind}"
        if kind in ("svg", "png"):
            plot_network(network, layout=layout).save(path)
        else:
            from amity.formats import FORMATS

            FORMATS[kind].write(
                network, path, layout=layout, dates=position_days(call.project.columns(call.filter())).get
            )
        body = path.read_bytes()
    return Response(
        body,
        media_type=media[kind],
        headers={"content-disposition": f'attachment; filename="network.{kind}"'},
    )


ENDPOINTS = (
    Endpoint(
        "GET",
        "/api/network",
        show_network,
        "actors with places and ties with weights",
        query=("least", "blocs", *FILTER_PARAMETERS),
    ),
    Endpoint(
        "GET",
        "/api/network/edge",
        show_tie,
        "the positions behind a tie",
        query=("source", "target", "limit", *FILTER_PARAMETERS),
    ),
    Endpoint("GET", "/api/network.{kind}", network_file, "the network as a file", query=FILTER_PARAMETERS),
    Endpoint(
        "GET",
        "/api/matrix",
        show_matrix,
        "who supports and opposes whom as a matrix",
        query=FILTER_PARAMETERS,
    ),
    Endpoint("GET", "/api/timeline", show_timeline, "positions by period", query=FILTER_PARAMETERS),
    Endpoint(
        "GET", "/api/measures", show_measures, "measures of the network", query=("names", *FILTER_PARAMETERS)
    ),
)
