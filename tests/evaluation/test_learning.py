import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import InvalidRecord, InvalidValue
from amity.evaluation.learning import Suggestion, average_precision, fit_layer, layer_from_json


def decisions(n: int = 60, *, lie: str = "cue word: notes") -> tuple[list[Suggestion], list[bool]]:
    """Suggestions of which the reader is equally sure, and wrong wherever one cue word stands."""
    rng = np.random.default_rng(3)
    made, right = [], []
    for number in range(n):
        bad = number % 3 == 0
        traits = (lie if bad else "cue word: condemns", f"act={rng.choice(['endorse', 'criticise'])}")
        made.append(Suggestion(float(rng.uniform(0.5, 0.8)), f"d{number % 12}", traits))
        right.append(not bad)
    return made, right


def test_a_cue_word_that_is_always_rejected_is_learned() -> None:
    layer = fit_layer(*decisions())
    assert min(layer.weights, key=lambda each: layer.weights[each]) == "cue word: notes"
    assert layer.comparison.helped
    assert layer.comparison.average_precision[1] > 0.98 > layer.comparison.average_precision[0]
    high, low = layer.scores(
        [Suggestion(0.6, "new", ("cue word: condemns",)), Suggestion(0.6, "new", ("cue word: notes",))]
    )
    assert high > 0.75
    assert low < 0.25


def test_the_threshold_reaches_the_precision_asked_for() -> None:
    made, right = decisions()
    layer = fit_layer(made, right, added=20)
    assert layer.threshold is not None
    assert layer.precision is not None
    assert layer.precision >= 0.8
    assert layer.recall is not None
    assert layer.recall <= 40 / 60


def test_where_there_is_nothing_to_learn_it_says_that_it_did_not_help() -> None:
    rng = np.random.default_rng(1)
    score = rng.uniform(0.05, 0.95, 200)
    made = [
        Suggestion(float(each), f"d{at % 20}", (f"x={rng.integers(60)}",)) for at, each in enumerate(score)
    ]
    layer = fit_layer(made, [bool(each) for each in rng.random(200) < score])
    assert layer.slope == pytest.approx(1.0, abs=0.35)
    assert not layer.comparison.helped


def test_a_document_is_held_out_as_a_whole() -> None:
    # The name of the document is a trait that gives all away, but never for a document that was held out.
    made = [Suggestion(0.5, f"d{at // 5}", (f"document {at // 5}",)) for at in range(60)]
    right = [(at // 5) % 2 == 0 for at in range(60)]
    layer = fit_layer(made, right)
    assert not layer.comparison.helped
    assert layer.comparison.average_precision[1] < 0.7


@pytest.mark.parametrize(
    ("n", "documents", "wrong"), [(19, 5, 5), (40, 5, 0), (40, 5, 40), (40, 1, 10), (40, 5, 2)]
)
def test_too_few_decisions_are_refused_with_what_is_missing(n: int, documents: int, wrong: int) -> None:
    made = [Suggestion(0.5, f"d{at % documents}", ()) for at in range(n)]
    with pytest.raises(InvalidValue, match="learning needs 20"):
        fit_layer(made, [at >= wrong for at in range(n)])


def test_a_layer_comes_back_from_json_as_it_was() -> None:
    layer = fit_layer(*decisions())
    assert layer_from_json(json.loads(json.dumps(layer.to_json()))) == layer
    with pytest.raises(InvalidRecord, match="learn again"):
        layer_from_json({"weights": []})


def test_the_same_decisions_in_another_order_teach_the_same() -> None:
    made, right = decisions()
    first, second = fit_layer(made, right), fit_layer(made[::-1], right[::-1])
    assert second.weights == pytest.approx(first.weights, abs=1e-6)


def test_average_precision_of_a_known_ranking() -> None:
    score, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([1.0, 0.0, 1.0, 0.0])
    assert average_precision(score, right) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.full(4, 0.5), right) == pytest.approx(0.5)
    assert math.isnan(average_precision(score, np.zeros(4)))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.integers(0, 3)), min_size=24, max_size=40))
def test_scores_are_always_chances(rows: list[tuple[float, bool, int]]) -> None:
    made = [Suggestion(score, f"d{at % 4}", (f"k={kind}",)) for at, (score, _, kind) in enumerate(rows)]
    right = [verdict for _, verdict, _ in rows]
    right[:6] = [True, False] * 3
    scores = fit_layer(made, right).scores([*made, Suggestion(0.0, "e", ("new",)), Suggestion(1.0, "e", ())])
    assert ((scores >= 0) & (scores <= 1)).all()
