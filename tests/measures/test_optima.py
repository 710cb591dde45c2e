import pytest
from hypothesis import given, settings
from scipy.sparse.csgraph import connected_components

from amity.errors import InvalidValue
from amity.measures.frustration import frustration_index
from amity.measures.optima import brute_force_optima, frustration_optima
from tests.measures.networks import alliances, edge_lists, graph_of, tribes

World = tuple[int, list[tuple[str, str, float]]]


def components(graph: object) -> int:
    return int(connected_components(graph.adjacency(), directed=False)[0])  # type: ignore[attr-defined]


@given(edge_lists(nodes=8))
@settings(max_examples=120, deadline=None)
def test_the_number_of_best_divisions_and_their_ties_equal_brute_force(world: World) -> None:
    graph = graph_of(world)
    found = frustration_optima(graph)
    best = brute_force_optima(graph)
    assert found.is_complete
    assert found.divisions * 2 ** (components(graph) - 1) == len(best)
    shares = {}
    for number in range(graph.m):
        a, b = int(graph.source[number]), int(graph.target[number])
        shares[graph.tie(number)] = sum(s[a] * s[b] * graph.weight[number] < 0 for s in best) / len(best)
    # the ties of a pair that cancels are in no block: their relation follows from elsewhere
    cancelled = {tie[:2] for tie in shares if (*tie[:2], -tie[2]) in shares}
    kept = {tie: share for tie, share in shares.items() if tie[:2] not in cancelled}
    always = {(t.source, t.target, t.weight) for t in found.always}
    sometimes = {(t.source, t.target, t.weight): share for t, share in found.sometimes}
    assert {t for t in always if t[:2] not in cancelled} == {t for t, s in kept.items() if s == 1}
    assert {t: s for t, s in sometimes.items() if t[:2] not in cancelled} == pytest.approx(
        {t: s for t, s in kept.items() if 0 < s < 1}
    )


def test_a_triangle_with_one_quarrel_may_blame_any_of_its_ties() -> None:
    found = frustration_optima([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)])
    assert (found.value, found.divisions, found.always) == (1, 3, ())
    assert [share for _, share in found.sometimes] == pytest.approx([1 / 3] * 3)
    assert "3 divisions" in str(found)


def test_heavier_ties_leave_one_tie_to_blame() -> None:
    found = frustration_optima([("a", "b", 3), ("b", "c", 2), ("a", "c", -1)], weighted=True)
    assert found.divisions == 1
    assert [(tie.source, tie.target) for tie in found.always] == [("a", "c")]
    assert found.firm == (("a", "b", "c"),)


def test_more_divisions_than_the_limit_are_said_to_be_more() -> None:
    rows = [(f"n{a}", f"n{b}", -1) for a in range(7) for b in range(a)]
    found = frustration_optima(rows, limit=5)
    assert not found.is_complete
    assert "or more" in str(found)
    with pytest.raises(InvalidValue):
        frustration_optima(rows, limit=0)


def test_all_enemies_split_evenly_in_as_many_ways_as_there_are() -> None:
    rows = [(f"n{a}", f"n{b}", -1) for a in range(6) for b in range(a)]
    assert frustration_optima(rows).divisions == 10


def test_real_networks_are_listed() -> None:
    found = frustration_optima(tribes())
    assert found.value == 7
    assert found.is_complete
    window = frustration_optima(alliances(1946))
    assert window.value == frustration_index(alliances(1946)).value
    assert window.divisions >= 1
