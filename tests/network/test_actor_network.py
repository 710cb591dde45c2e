"""The directed network of actors: what counts, how, and that every edge leads back to its positions."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import InvalidValue, NotFound
from amity.model import Actor
from amity.network import Network, NetworkOptions, build_network
from tests.network.invented import columns_of, random_columns

ROWS = [
    {"holders": ["Ardania"], "targets": ["Borduria"], "polarity": 1, "document": "d1", "day": "1961-01-01"},
    {"holders": ["Ardania"], "targets": ["Borduria"], "polarity": -1, "document": "d2", "day": "1961-02-01"},
    {"holders": ["Ardania"], "targets": ["Borduria"], "polarity": 1, "document": "d2", "day": "1961-03-01"},
    {"holders": ["Borduria", "Cordelia"], "targets": ["Ardania", "Dravia"], "polarity": -1, "act": "warn"},
    {"holders": ["Cordelia"], "targets": ["Cordelia"], "polarity": 1},
    {"holders": ["Dravia"], "targets": ["Ardania"], "polarity": 1, "act": "state"},
    {"holders": ["Dravia"], "targets": ["Ardania"], "polarity": 0, "act": "meet"},
    {"holders": ["Dravia"], "concept": "free passage", "agreement": 1},
    {"holders": ["Ardania"], "targets": ["all parties"], "polarity": 1, "score": 0.4},
]
ACTORS = [
    Actor("Ardania", "Ardania", kind="state", attributes={"pact": "North"}),
    Actor("Borduria", "Borduria", kind="state", attributes={"pact": "South"}),
    Actor("Cordelia", "Cordelia", kind="party", attributes={"pact": "South"}),
    Actor("all parties", "all parties", generic=True),
]


def ties(network: Network) -> dict[tuple[str, str], tuple[float, float]]:
    return {(edge.source, edge.target): (edge.support, edge.opposition) for edge in network.edges}


def build(**options: object) -> Network:
    return build_network(columns_of(ROWS, ACTORS), options=NetworkOptions(**options))  # type: ignore[arg-type]


def test_support_and_opposition_stay_apart_and_edges_are_directed() -> None:
    assert ties(build()) == {
        ("Ardania", "Borduria"): (2, 1),
        ("Borduria", "Ardania"): (0, 1),
        ("Borduria", "Dravia"): (0, 1),
        ("Cordelia", "Ardania"): (0, 1),
        ("Cordelia", "Dravia"): (0, 1),
    }


def test_state_loops_generic_actors_and_neutral_positions_are_left_out_unless_asked_for() -> None:
    assert "all parties" not in build().index
    assert ties(build(generic=True))[("Ardania", "all parties")] == (1, 0)
    assert ties(build(loops=True))[("Cordelia", "Cordelia")] == (1, 0)
    assert ties(build(acts=("state",))) == {("Dravia", "Ardania"): (1, 0)}


def test_every_edge_leads_back_to_its_positions() -> None:
    network = build()
    assert [network.positions_of(at) for at in range(network.m)] == [
        ("p0", "p1", "p2"),
        ("p3",),
        ("p3",),
        ("p3",),
        ("p3",),
    ]


def test_joint_holders_count_in_full_in_shares_or_as_a_bloc() -> None:
    assert ties(build(joint="fractional"))[("Cordelia", "Ardania")] == (0, 0.5)
    bloc = build(joint="bloc")
    assert ties(bloc)[("bloc:Borduria+Cordelia", "Dravia")] == (0, 1)
    assert ("Cordelia", "Dravia") not in ties(bloc)
    assert bloc.actors[bloc.index["bloc:Borduria+Cordelia"]].name == "Borduria & Cordelia"


def test_counts_can_be_logs_or_documents() -> None:
    assert ties(build(counting="log"))[("Ardania", "Borduria")] == pytest.approx((np.log(3), np.log(2)))
    assert ties(build(counting="documents"))[("Ardania", "Borduria")] == (2, 1)
    rows = [{"holders": ["A"], "targets": ["B"], "polarity": 1, "document": "d"} for _ in range(5)]
    assert ties(build_network(columns_of(rows), options=NetworkOptions(counting="documents"))) == {
        ("A", "B"): (1, 0)
    }


def test_thresholds_ask_for_evidence() -> None:
    assert set(ties(build(min_positions=2))) == {("Ardania", "Borduria")}
    assert set(ties(build(min_documents=2))) == {("Ardania", "Borduria")}
    assert not ties(build(min_documents=3))
    assert set(ties(build(min_weight=3))) == {("Ardania", "Borduria")}
    kept = build(min_positions=2)
    assert kept.positions_of(0) == ("p0", "p1", "p2")
    assert kept.n == 4
    assert build(min_positions=2, isolates=False).n == 2


def test_days_are_half_open_and_undated_positions_pass_only_without_limits() -> None:
    network = build(start=date(1961, 1, 1), end=date(1961, 3, 1))
    assert ties(network) == {("Ardania", "Borduria"): (1, 1)}
    assert (network.start, network.end) == (date(1961, 1, 1), date(1961, 3, 1))
    assert network.n == build().n


def test_merged_actors_count_once_for_a_position() -> None:
    network = build(merge_by="pact")
    assert ties(network) == {
        ("pact:North", "pact:South"): (2, 1),
        ("pact:South", "pact:North"): (0, 1),
        ("pact:South", "Dravia"): (0, 1),
    }
    shared = build(merge_by="pact", joint="fractional")
    assert ties(shared)[("pact:South", "Dravia")] == (0, 1)
    with pytest.raises(NotFound, match="pact, kind"):
        build(merge_by="colour")


def test_positions_lose_half_their_weight_in_a_half_life() -> None:
    network = build(half_life=28, decay_from=date(1961, 3, 1))
    assert ties(network)[("Ardania", "Borduria")] == pytest.approx((1 + 2 ** (-59 / 28), 0.5))
    assert len(ties(network)) == 1


def test_filters_by_act_voice_status_topic_and_score() -> None:
    assert set(ties(build(acts=("warn",)))) == {
        ("Borduria", "Ardania"),
        ("Borduria", "Dravia"),
        ("Cordelia", "Ardania"),
        ("Cordelia", "Dravia"),
    }
    assert not ties(build(voices=("quoted",)))
    assert not ties(build(statuses=("future",)))
    assert not ties(build(concepts=("free passage",)))
    with pytest.raises(NotFound, match="harvest"):
        build(concepts=("harvest",))
    assert ("Ardania", "all parties") not in ties(build(generic=True, min_score=0.5))


def test_no_positions_make_a_network_without_actors() -> None:
    network = build_network(columns_of([]))
    assert (network.n, network.m, list(network.edges)) == (0, 0, [])


def test_options_say_what_is_wrong() -> None:
    with pytest.raises(InvalidValue, match="'bloc'"):
        NetworkOptions(joint="both")  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="not before end"):
        NetworkOptions(start=date(1961, 1, 2), end=date(1961, 1, 2))
    with pytest.raises(InvalidValue, match="half_life"):
        NetworkOptions(half_life=0)
    with pytest.raises(InvalidValue, match="min_score"):
        NetworkOptions(min_score=2)
    with pytest.raises(InvalidValue, match="at least"):
        NetworkOptions(min_positions=0)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 9), st.integers(0, 120))
def test_the_arrays_agree_with_a_plain_loop(seed: int, actors: int, n: int) -> None:
    columns = random_columns(n, actors, seed)
    expected: dict[tuple[int, int], list[float]] = {}
    for row in range(n):
        pair = int(columns.holder[row]), int(columns.target[row])
        if columns.act[row] != 9 and columns.polarity[row] and pair[0] != pair[1]:
            expected.setdefault(pair, [0.0, 0.0])[int(columns.polarity[row] < 0)] += 1
    network = build_network(columns)
    found = {
        (int(network.actors[s].name[-5:]), int(network.actors[t].name[-5:])): [a, b]
        for s, t, a, b in zip(
            network.source, network.target, network.support, network.opposition, strict=True
        )
    }
    assert found == expected
    keys = network.source.astype(int) * network.n + network.target
    assert (np.diff(keys) > 0).all()
