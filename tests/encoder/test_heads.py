"""The NumPy heads' building blocks."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.encoder.decoding import decode_spans
from amity.encoder.heads import Heads, WordState, distance_class, gelu, sigmoid, softmax
from amity.encoder.labels import DISTANCES


def test_gelu_equals_its_definition():
    x = np.linspace(-6, 6, 241, dtype=np.float32)
    expected = [value * 0.5 * (1 + math.erf(value / math.sqrt(2))) for value in x.tolist()]
    np.testing.assert_allclose(gelu(x), expected, atol=1e-5)


def test_softmax_and_sigmoid_stand_extreme_logits():
    assert softmax(np.array([[1e4, -1e4]], dtype=np.float32)).tolist() == [[1.0, 0.0]]
    assert sigmoid(np.array([-1e4, 0.0, 1e4], dtype=np.float32)).tolist() == [0.0, 0.5, 1.0]


def test_softmax_of_nothing_is_nothing():
    assert softmax(np.zeros((0, 4), dtype=np.float32)).shape == (0, 4)


spans = st.tuples(st.integers(0, 60), st.integers(0, 6)).map(lambda each: [each[0], each[0] + each[1]])


@given(spans, spans)
def test_distance_is_antisymmetric_and_zero_for_overlap(a, b):
    # the classes' bounds are symmetric but closed on one side only, so compare through the signed distance
    here, there = np.array([a]), np.array([b])
    middle = DISTANCES.index(0)
    forward, backward = distance_class(here, there)[0, 0], distance_class(there, here)[0, 0]
    if a[0] <= b[1] and b[0] <= a[1]:
        assert forward == backward == middle
    else:
        assert (forward - middle) * (backward - middle) < 0


def test_pairwise_distances_are_the_diagonal():
    a, b = np.array([[0, 1], [7, 9]]), np.array([[3, 3], [2, 4]])
    assert distance_class(a, b, pairwise=True).tolist() == np.diag(distance_class(a, b)).tolist()


def _scores(size, likely):
    scores = np.full((size, size), -9.0, dtype=np.float32)
    for first, last, value in likely:
        scores[first, last] = value
    return scores


def test_crossing_spans_give_way_to_the_likelier():
    scores = _scores(5, [(0, 2, 1.0), (1, 3, 2.0)])
    assert [span[:2] for span in decode_spans(scores, 0.5, nested=True)] == [(1, 3)]


def test_nested_spans_stay_only_where_nesting_is_allowed():
    scores = _scores(5, [(0, 3, 1.0), (1, 2, 2.0)])
    assert [span[:2] for span in decode_spans(scores, 0.5, nested=True)] == [(0, 3), (1, 2)]
    assert [span[:2] for span in decode_spans(scores, 0.5, nested=False)] == [(1, 2)]


def test_spans_below_the_least_probability_are_left_out():
    scores = _scores(3, [(0, 0, -1.0)])
    assert decode_spans(scores, 0.5, nested=True) == []
    ((first, last, probability),) = decode_spans(scores, 0.2, nested=True)
    assert (first, last) == (0, 0)
    assert probability == pytest.approx(1 / (1 + math.e), abs=1e-6)


def test_swapping_a_pair_swaps_the_directed_columns():
    rng = np.random.default_rng(0)
    width, hidden = 4, 3
    weights = {
        "directed_p.weight": rng.normal(size=(hidden, 2 * width)),
        "directed_p.bias": rng.normal(size=hidden),
        "directed_q.weight": rng.normal(size=(hidden, 2 * width)),
        "directed_q.bias": rng.normal(size=hidden),
        "directed_distance.weight": rng.normal(size=(len(DISTANCES) + 1, hidden)),
        "directed_out.weight": rng.normal(size=(2, hidden)),
        "directed_out.bias": rng.normal(size=2),
        "directed_none": np.array(0.3),
    }
    words = rng.normal(size=(9, width)).astype(np.float32)
    state = WordState(words, words[::-1].copy(), *(np.zeros((1, 1), dtype=np.float32),) * 3)
    p, q = np.array([[0, 1]]), np.array([[5, 6]])
    heads = Heads(weights)
    straight, swapped = heads.directed(state, p, q), heads.directed(state, q, p)
    np.testing.assert_allclose(straight[:, [0, 2, 1, 4, 3]], swapped, rtol=1e-5)
    assert straight.sum() == pytest.approx(1.0, abs=1e-6)
