"""Parts of a network, signs of its edges, and ways out."""

import importlib

import numpy as np
import pytest

from amity.errors import InvalidValue, MissingExtra, NotFound
from amity.model import Actor, Edge
from amity.network import edge_signs, ego_network, network_from_edges, to_frame, to_networkx

EDGES = [
    Edge("A", "B", 3, 1, ("p1", "p2", "p3", "p4")),
    Edge("B", "C", 0, 2, ("p5", "p6")),
    Edge("C", "D", 1, 1, ("p7", "p8")),
    Edge("D", "A", 1, 0, ("p9",)),
]
NETWORK = network_from_edges(EDGES, actors=[Actor("E", "E", kind="party", attributes={"pact": "North"})])


def test_an_ego_network_holds_everything_within_reach_and_the_edges_between() -> None:
    near = ego_network(NETWORK, "A")
    assert [actor.id for actor in near.actors] == ["A", "B", "D"]
    assert [(edge.source, edge.target) for edge in near.edges] == [("A", "B"), ("D", "A")]
    assert near.positions_of(1) == ("p9",)
    assert [actor.id for actor in ego_network(NETWORK, "A", direction="out", radius=2).actors] == [
        "A",
        "B",
        "C",
    ]
    assert [actor.id for actor in ego_network(NETWORK, "A", direction="in").actors] == ["A", "D"]
    assert ego_network(NETWORK, "E").m == 0
    with pytest.raises(NotFound):
        ego_network(NETWORK, "Z")
    with pytest.raises(InvalidValue):
        ego_network(NETWORK, "A", radius=-1)


def test_signs_follow_a_stated_rule() -> None:
    assert edge_signs(NETWORK).tolist() == [1, -1, 0, 1]
    assert edge_signs(NETWORK, margin=1).tolist() == [1, -1, 0, 0]
    assert edge_signs(NETWORK, rule="ratio", margin=0.3).tolist() == [0, -1, 0, 1]
    assert edge_signs(NETWORK, rule="any-opposition").tolist() == [-1, -1, -1, 1]
    with pytest.raises(InvalidValue, match="any-opposition"):
        edge_signs(NETWORK, rule="majority")  # type: ignore[arg-type]


def test_networkx_gets_names_weights_and_positions() -> None:
    graph = to_networkx(NETWORK)
    assert graph.nodes["E"] == {"name": "E", "kind": "party", "generic": False, "pact": "North"}
    assert graph.edges["A", "B"] == {
        "support": 3,
        "opposition": 1,
        "weight": 2,
        "sign": 1,
        "positions": ("p1", "p2", "p3", "p4"),
    }


def test_a_frame_has_one_row_an_edge_or_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    class Frames:
        DataFrame = dict

    monkeypatch.setattr(importlib, "import_module", lambda name: Frames)
    frame = to_frame(NETWORK)
    assert frame["source"] == ["A", "B", "C", "D"]
    assert np.asarray(frame["positions"]).tolist() == [4, 2, 2, 1]

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(MissingExtra, match=r"amity\[tables\]"):
        to_frame(NETWORK)
