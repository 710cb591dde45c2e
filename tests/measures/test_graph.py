import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from scipy.sparse import csr_array

from amity.errors import InvalidValue, NetworkError
from amity.measures.graph import signed_graph
from amity.model import Actor, Edge
from amity.network import network_from_edges
from tests.measures.networks import edge_lists, graph_of

ROWS = [("b", "a", -1), ("a", "b", -1), ("a", "c", "+"), ("c", "a", "negative"), ("a", "a", 1), ("b", "c", 0)]


def _ties(graph: object) -> set[tuple[str, str, float]]:
    return {graph.tie(number) for number in range(graph.m)}  # type: ignore[attr-defined]


def test_undirected_reading_merges_reciprocal_ties_and_keeps_both_of_opposite_signs() -> None:
    graph = signed_graph(ROWS)
    assert graph.labels == ("a", "b", "c")
    assert _ties(graph) == {("a", "b", -1.0), ("a", "c", 1.0), ("a", "c", -1.0)}
    assert graph.left_out == {"loops": 1, "zeros": 1, "merged": 1}


def test_directed_reading_keeps_each_direction() -> None:
    assert _ties(signed_graph(ROWS, directed=True)) == {
        ("b", "a", -1.0), ("a", "b", -1.0), ("a", "c", 1.0), ("c", "a", -1.0),
    }  # fmt: skip


def test_weights_add_up_only_when_asked_for() -> None:
    rows = [("a", "b", 2.5), ("b", "a", 1.5)]
    assert _ties(signed_graph(rows)) == {("a", "b", 1.0)}
    assert _ties(signed_graph(rows, weighted=True)) == {("a", "b", 4.0)}
    assert signed_graph(rows, weighted=True).total == 4.0


@given(edge_lists())
@settings(max_examples=40, deadline=None)
def test_every_door_gives_the_same_graph(world: tuple[int, list[tuple[str, str, float]]]) -> None:
    n, rows = world
    seen: dict[tuple[int, int], float] = {(int(a), int(b)): sign for a, b, sign in rows}
    rows = [(str(a), str(b), sign) for (a, b), sign in seen.items()]
    dense = np.zeros((n, n))
    for (a, b), sign in seen.items():
        dense[a, b] = sign
    expected = _ties(graph_of((n, rows), directed=True))
    digraph = nx.DiGraph()
    digraph.add_nodes_from(map(str, range(n)))
    digraph.add_edges_from((a, b, {"sign": sign}) for a, b, sign in rows)
    actors = [Actor(str(node), str(node)) for node in range(n)]
    network = network_from_edges(
        [Edge(a, b, max(sign, 0), max(-sign, 0), ()) for a, b, sign in rows], actors=actors
    )
    for door in (dense, csr_array(dense), digraph, network):
        assert _ties(signed_graph(door, directed=True)) == expected
    records = [{"source": a, "target": b, "weight": sign} for a, b, sign in rows]
    assert _ties(signed_graph(records, directed=True)) == expected


def test_an_edge_with_support_and_opposition_is_netted_where_positions_stand_behind_it() -> None:
    listed = network_from_edges([Edge("a", "b", 2, 1, ())])
    assert _ties(signed_graph(listed, directed=True)) == {("a", "b", 1.0), ("a", "b", -1.0)}
    coded = network_from_edges([Edge("a", "b", 2, 1, ("p1", "p2", "p3"))])
    assert _ties(signed_graph(coded, directed=True)) == {("a", "b", 1.0)}
    assert _ties(signed_graph(coded, directed=True, weighted=True)) == {("a", "b", 1.0)}
    even = network_from_edges([Edge("a", "b", 1, 1, ("p1", "p2"))])
    assert signed_graph(even).left_out["zeros"] == 1


def test_a_symmetric_matrix_counts_each_pair_once() -> None:
    matrix = np.array([[0, 2.0], [2.0, 0]])
    assert _ties(signed_graph(matrix, weighted=True)) == {("0", "1", 2.0)}
    assert _ties(signed_graph(np.array([[0, 2.0], [1.0, 0]]), weighted=True)) == {("0", "1", 3.0)}


def test_an_undirected_graph_read_as_directed_has_both_directions() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", sign=-1)
    assert signed_graph(graph, directed=True).m == 2
    assert signed_graph(signed_graph(graph), directed=True).m == 2


def test_frames_of_pandas_and_polars_are_edge_lists() -> None:
    for library in ("pandas", "polars"):
        frames = pytest.importorskip(library)
        frame = frames.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "sign": [1, -1]})
        assert _ties(signed_graph(frame)) == {("a", "b", 1.0), ("b", "c", -1.0)}


def test_isolates_are_kept_and_numbers_sort_as_numbers() -> None:
    assert signed_graph([("10", "9")], labels=["2"]).labels == ("2", "9", "10")


def test_relabelling_changes_the_order_only() -> None:
    graph = signed_graph(ROWS)
    turned = graph.relabelled([2, 0, 1])
    assert turned.labels == ("c", "a", "b")
    assert {frozenset(tie[:2]) for tie in _ties(turned)} == {frozenset(tie[:2]) for tie in _ties(graph)}


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        (np.zeros((2, 3)), NetworkError, "square"),
        ([("a", "b", "perhaps")], InvalidValue, "no sign"),
        ([("a",)], NetworkError, "row 1"),
        ([{"source": "a"}], NetworkError, "lacks"),
        ([("a", "b", float("nan"))], NetworkError, "not a number"),
        (5, NetworkError, "holds no signed network"),
    ],
)
def test_what_is_no_signed_network_is_named(wrong: object, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        signed_graph(wrong)


def test_labels_must_fit_a_matrix() -> None:
    with pytest.raises(NetworkError, match="2 rows"):
        signed_graph(np.zeros((2, 2)), labels=["a"])
