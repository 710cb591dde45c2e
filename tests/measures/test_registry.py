import json

import pytest

import amity.measures
from amity.errors import InvalidValue
from amity.measures import MEASURES
from amity.model import Edge
from amity.network import network_from_edges

EDGES = [
    Edge("a", "b", 2, 0, ()), Edge("b", "a", 1, 0, ()), Edge("b", "c", 1, 0, ()), Edge("c", "a", 1, 0, ()),
    Edge("d", "e", 3, 1, ()), Edge("a", "d", 0, 2, ()), Edge("e", "b", 0, 1, ()), Edge("c", "e", 1, 2, ()),
]  # fmt: skip
NETWORK = network_from_edges(EDGES)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_takes_a_network_prints_and_exports(name: str) -> None:
    measure = MEASURES[name]
    result = measure.function(NETWORK)
    assert json.loads(json.dumps(result.to_json(), allow_nan=False))
    assert str(result).strip()
    assert measure.name == name
    assert measure.what


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_takes_the_settings_that_it_names(name: str) -> None:
    given = {"directed": True, "weighted": True, "k": 2, "seed": 3, "time_limit": 5.0}
    measure = MEASURES[name]
    assert set(measure.takes) <= set(given)
    measure.function(NETWORK, **{key: given[key] for key in measure.takes})


@pytest.mark.parametrize("name", sorted(set(MEASURES) - {"polarization", "blocs-spectral"}))
def test_every_measure_of_an_empty_network_is_defined(name: str) -> None:
    result = MEASURES[name].function(network_from_edges([]))
    assert isinstance(result.to_json(), dict)
    assert isinstance(str(result), str)


def test_what_needs_directions_says_so() -> None:
    with pytest.raises(InvalidValue, match="direction"):
        MEASURES["reciprocity"].function(NETWORK, directed=False)


def test_frustration_exports_the_promised_keys() -> None:
    for name in ("frustration", "clusterability"):
        exported = MEASURES[name].function(NETWORK, time_limit=5).to_json()
        assert {"value", "lower_bound", "is_exact", "partition", "ties", "seconds"} <= exported.keys()


def test_the_public_names_are_there() -> None:
    assert len(set(amity.measures.__all__)) == len(amity.measures.__all__)
    for name in amity.measures.__all__:
        assert hasattr(amity.measures, name)
