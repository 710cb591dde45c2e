import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import InvalidValue
from amity.evaluation import evaluate, map_actors, score_coding
from amity.evaluation.matching import match_one_to_one
from amity.evaluation.units import Words, evidence_iou, expand_units, merge_spans
from amity.model import Actor, Coding, Document, Mention

from .worlds import (
    ACTORS,
    CONDEMNS,
    DOCUMENT,
    GOLD,
    MENTIONS,
    REJECTS,
    SUPPORTS,
    TEXT,
    THANKS,
    at,
    mention,
    position,
)


def counts(scores, measure, row="signed", by="all", value=""):
    found = scores.counts[measure, row, by, value]
    return found.right_predicted, found.right_gold, found.predicted, found.gold


def renamed(coding, prefix):
    def new(actor):
        return prefix + actor

    return replace(
        coding,
        actors=tuple(replace(each, id=new(each.id)) for each in coding.actors),
        issuers=tuple(map(new, coding.issuers)),
        mentions=tuple(replace(each, actor=new(each.actor)) for each in coding.mentions),
        positions=tuple(
            replace(
                each,
                holders=tuple(map(new, each.holders)),
                targets=tuple(map(new, each.targets)),
                via=tuple(map(new, each.via)),
            )
            for each in coding.positions
        ),
    )


def test_a_coding_scores_one_against_itself_under_any_actor_ids():
    scores = score_coding(renamed(GOLD, "x-"), GOLD, DOCUMENT)
    for measure in ("strict", "overlap", "triple", "graph", "loose"):
        assert scores.f1(measure) == 1.0
    assert scores.f1("mentions", "mentions") == scores.f1("linked", "mentions") == 1.0
    assert scores.f1("strict", "neutral") == scores.f1("strict", "concept") == 1.0


def test_several_targets_count_as_pairs():
    assert counts(score_coding(GOLD, GOLD, DOCUMENT), "strict") == (4, 4, 4, 4)


def test_joint_holders_count_as_pairs():
    joint = replace(CONDEMNS, holders=("ar", "to"))
    predicted = replace(GOLD, positions=(joint,))
    assert counts(score_coding(predicted, GOLD, DOCUMENT), "strict") == (1, 1, 2, 4)


def test_a_wrong_sign_is_loosely_right_only():
    wrong = replace(THANKS, polarity=-1)
    scores = score_coding(replace(GOLD, positions=(wrong,)), GOLD, DOCUMENT)
    assert counts(scores, "strict") == (0, 0, 1, 4)
    assert counts(scores, "triple") == (0, 0, 1, 4)
    assert counts(scores, "graph") == (0, 0, 1, 4)
    assert counts(scores, "loose") == (1, 1, 1, 4)


def test_evidence_below_half_iou_is_overlap_not_strict():
    short = position(("ar",), "criticise", ["condemns the raids"], "condemns", targets=("ve",), polarity=-1)
    scores = score_coding(replace(GOLD, positions=(short,)), GOLD, DOCUMENT)
    assert counts(scores, "strict") == (0, 0, 1, 4)
    assert counts(scores, "overlap") == (1, 1, 1, 4)
    assert counts(scores, "triple") == (1, 1, 1, 4)


def test_exactly_half_iou_is_strict():
    start, end = at("The Council of Ardel condemns the raids of the Vesk Army on the river towns")
    whole = end - start
    half = position(("ar",), "criticise", [(start + whole // 2, end)], "Vesk", targets=("ve",), polarity=-1)
    gold = replace(
        GOLD,
        positions=(
            position(("ar",), "criticise", [(start + whole % 2, end)], "Vesk", targets=("ve",), polarity=-1),
        ),
    )
    iou = evidence_iou(merge_spans(half.evidence), merge_spans(gold.positions[0].evidence))
    assert iou >= 0.5
    assert score_coding(replace(GOLD, positions=(half,)), gold, DOCUMENT).f1() == 1.0


def test_several_evidence_spans_count_as_their_union():
    split = replace(
        CONDEMNS,
        evidence=(
            DOCUMENT.span(*at("The Council of Ardel condemns the raids")),
            DOCUMENT.span(*at("of the Vesk Army on the river towns")),
        ),
    )
    assert counts(score_coding(replace(GOLD, positions=(split,)), GOLD, DOCUMENT), "strict")[0] == 1


def test_two_predictions_cannot_both_match_one_gold_position():
    again = replace(THANKS, id="again", act="commit")
    scores = score_coding(replace(GOLD, positions=(THANKS, again)), GOLD, DOCUMENT)
    assert counts(scores, "strict") == (1, 1, 2, 4)


def test_ties_are_settled_by_evidence_overlap():
    near = replace(THANKS, id="near", evidence=(DOCUMENT.span(*at("thanks the Republic of Tolm for")),))
    scores = score_coding(replace(GOLD, positions=(near, THANKS)), GOLD, DOCUMENT)
    assert [(each.predicted, each.iou) for each in scores.matches] == [(THANKS.id, 1.0)]


def test_breakdown_takes_precision_from_predicted_and_recall_from_gold_values():
    other_act = replace(THANKS, act="commit")
    scores = score_coding(replace(GOLD, positions=(other_act,)), GOLD, DOCUMENT)
    assert counts(scores, "strict", by="act", value="commit") == (1, 0, 1, 0)
    assert counts(scores, "strict", by="act", value="endorse") == (0, 1, 0, 1)
    assert counts(scores, "strict", by="voice", value="reported") == (0, 0, 0, 2)
    assert counts(scores, "strict", by="holder_form", value="pronoun")[1] == 1


def test_neutral_and_concept_positions_have_rows_of_their_own():
    scores = score_coding(GOLD, GOLD, DOCUMENT)
    assert counts(scores, "strict", "neutral") == (1, 1, 1, 1)
    assert counts(scores, "strict", "concept") == (1, 1, 1, 1)
    call = position(
        ("ar",), "call", ["It thanks the Republic of Tolm"], "thanks", targets=("to",), polarity=0
    )
    with_call = score_coding(replace(GOLD, positions=(call,)), GOLD, DOCUMENT)
    assert counts(with_call, "strict", "neutral") == (0, 0, 1, 1)
    assert counts(with_call, "strict", "signed") == (0, 0, 0, 4)


def test_concepts_match_on_their_content_words_and_need_the_same_agreement():
    reworded = replace(SUPPORTS, concept="the river, free")
    assert score_coding(replace(GOLD, positions=(reworded,)), GOLD, DOCUMENT).f1("strict", "concept") == 1.0
    against = replace(SUPPORTS, agreement=-1)
    scores = score_coding(replace(GOLD, positions=(against,)), GOLD, DOCUMENT)
    assert scores.f1("strict", "concept") == 0.0
    assert scores.f1("loose", "concept") == 1.0
    elsewhere = replace(SUPPORTS, concept="grain tariffs")
    assert score_coding(replace(GOLD, positions=(elsewhere,)), GOLD, DOCUMENT).f1("loose", "concept") == 0.0


def test_graph_weighs_each_match_by_its_shared_words():
    # holder 'The Council of Ardel' (4 words) against 'Ardel' (1): recall 1/4, precision 1; target and cue equal
    predicted = replace(
        GOLD,
        mentions=(
            Mention(DOCUMENT.span(*at("Ardel")), "ar", "named"),
            *(each for each in MENTIONS if each.span.start > 0),
        ),
        positions=(CONDEMNS,),
    )
    found = counts(score_coding(predicted, replace(GOLD, positions=(CONDEMNS,)), DOCUMENT), "graph")
    assert found == pytest.approx((1.0, (0.25 + 1 + 1) / 3, 1, 1))


def test_an_implicit_holder_matches_only_an_implicit_holder_in_the_graph():
    implicit = replace(THANKS, holder_form="implicit")
    gold = replace(GOLD, positions=(implicit,))
    assert score_coding(gold, gold, DOCUMENT).f1("graph") == 1.0
    assert score_coding(replace(GOLD, positions=(THANKS,)), gold, DOCUMENT).f1("graph") == 0.0


def test_mentions_are_scored_by_form_and_by_link():
    wrong_link = tuple(
        replace(each, actor="ve") if each.form == "pronoun" else each for each in MENTIONS if each.span.start
    )
    scores = score_coding(replace(GOLD, mentions=wrong_link), GOLD, DOCUMENT)
    assert counts(scores, "mentions", "mentions") == (7, 7, 7, 8)
    assert counts(scores, "mentions", "mentions", "form", "pronoun") == (1, 1, 1, 1)
    assert counts(scores, "linked", "mentions") == (6, 6, 7, 8)


def test_a_threshold_leaves_out_lower_scores():
    unsure = replace(THANKS, score=0.3)
    predicted = replace(GOLD, positions=(CONDEMNS, unsure))
    assert counts(score_coding(predicted, GOLD, DOCUMENT, threshold=0.5), "strict") == (1, 1, 1, 4)


def test_codings_of_another_document_are_refused():
    with pytest.raises(InvalidValue, match="d2"):
        score_coding(GOLD, GOLD, Document("d2", TEXT))


# --- actors


def test_actors_are_mapped_by_alias_whatever_case_article_and_space():
    predicted = Coding("d1", (Actor("p", "THE  republic of Tolm"), Actor("q", "Vesk"), Actor("r", "Nobody")))
    assert map_actors(predicted, GOLD) == {"p": "to", "q": "ve"}


def test_actors_are_mapped_by_where_their_mentions_stand():
    predicted = Coding(
        "d1",
        (Actor("p", "a body of men"),),
        mentions=(Mention(DOCUMENT.span(*at("the Vesk Army")), "p", "named"),),
    )
    assert map_actors(predicted, GOLD) == {"p": "ve"}


def test_a_mention_that_mostly_overlaps_is_enough_and_one_that_hardly_does_is_not():
    most = Coding("d1", (Actor("p", "soldiers"),), mentions=(mention("Vesk Army", "p"),))
    assert map_actors(most, GOLD) == {"p": "ve"}
    hardly = Coding("d1", (Actor("p", "soldiers"),), mentions=(mention("Army", "p"),))
    assert map_actors(hardly, GOLD) == {}


def test_a_shared_alias_is_settled_by_mentions():
    gold = replace(GOLD, actors=(*ACTORS, Actor("x", "Council of Tolm", aliases=("the Council",))))
    predicted = Coding("d1", (Actor("p", "Council"),), mentions=(mention("the Council", "p"),))
    assert map_actors(predicted, gold) == {"p": "ar"}


def test_an_issuer_without_mention_is_found_by_a_similar_name():
    gold = Coding("d1", (Actor("g", "Federal Government of Ardel"),), issuers=("g",))
    predicted = Coding("d1", (Actor("p", "Government of Ardel"), Actor("q", "Envoy")), issuers=("p", "q"))
    assert map_actors(predicted, gold) == {"p": "g"}
    assert map_actors(replace(predicted, issuers=()), gold) == {}


def test_two_predicted_actors_may_be_one_gold_actor_and_count_once_in_a_position():
    split = replace(
        GOLD,
        actors=(*ACTORS, Actor("ar2", "Ardel")),
        positions=(replace(CONDEMNS, holders=("ar", "ar2")),),
    )
    assert counts(score_coding(split, GOLD, DOCUMENT), "strict") == (1, 1, 1, 4)


# --- pieces


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(0.01, 10, allow_nan=False)),
        max_size=14,
        unique_by=lambda each: each[:2],
    )
)
def test_matching_has_the_weight_of_the_best_by_exhaustion(candidates):
    weights = {(i, j): w for i, j, w in candidates}

    def best(rows, used):
        if not rows:
            return 0.0
        rest = best(rows[1:], used)
        for j in range(6):
            if j not in used and (rows[0], j) in weights:
                rest = max(rest, weights[rows[0], j] + best(rows[1:], used | {j}))
        return rest

    matched = match_one_to_one(candidates)
    assert len({i for i, _ in matched}) == len({j for _, j in matched}) == len(matched)
    assert sum(weights[pair] for pair in matched) == pytest.approx(best(range(6), frozenset()))


@given(st.data())
def test_evidence_iou_is_that_of_sets_of_characters(data):
    text = Document("d", "x" * 30)

    def spans():
        cuts = data.draw(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 6)), min_size=1, max_size=4))
        return [text.span(start, min(30, start + length)) for start, length in cuts]

    a, b = spans(), spans()
    left = {i for span in a for i in range(span.start, span.end)}
    right = {i for span in b for i in range(span.start, span.end)}
    assert evidence_iou(merge_spans(a), merge_spans(b)) == pytest.approx(
        len(left & right) / len(left | right)
    )


def test_words_are_those_a_stretch_touches():
    words = Words("one, two three")
    assert words.within([(0, 3)]) == {0}
    assert words.within([(2, 6)]) == {0, 5}
    assert words.within([(3, 5)]) == frozenset()


def test_a_mention_outside_the_evidence_shows_its_actor_when_near():
    unit = expand_units(replace(GOLD, positions=(replace(SUPPORTS, holders=("to",)),)), DOCUMENT)[0]
    assert unit.holder_tokens == {at("Tolm", 1)[0]}


# --- pooling


def test_pooled_scores_are_micro_averages_with_ceilings():
    half = replace(GOLD, positions=(CONDEMNS, THANKS))
    found = evaluate([(GOLD, GOLD, DOCUMENT), (half, GOLD, DOCUMENT)])
    row = found.score("strict")
    assert (row.precision, row.recall) == (1.0, 6 / 8)
    assert row.f1 == pytest.approx(2 * 0.75 / 1.75)
    assert row.ceiling == 0.78
    assert row.low == pytest.approx(2 / 3) and row.high == 1.0
    assert found.score("strict", by="act", value="refuse").recall == 0.5
    assert found.score("graph", "concept").gold == 0


def test_the_interval_comes_from_the_seed_and_holds_the_estimate():
    half = replace(GOLD, positions=(CONDEMNS, THANKS, REJECTS))
    pairs = [(GOLD, GOLD, DOCUMENT), (half, GOLD, DOCUMENT), (replace(GOLD, positions=()), GOLD, DOCUMENT)]
    one, two = evaluate(pairs, seed=4), evaluate(pairs, seed=4)
    assert one.rows() == two.rows()
    row = one.score("strict")
    assert row.low < row.f1 < row.high


def test_the_sweep_finds_the_threshold_that_parts_right_from_wrong():
    wrong = replace(THANKS, polarity=-1, score=0.4, id="wrong")
    right = tuple(replace(each, score=0.6) for each in (CONDEMNS, THANKS, REJECTS))
    found = evaluate([(replace(GOLD, positions=(*right, wrong)), GOLD, DOCUMENT)])
    assert found.best.f1 == 1.0 and 0.4 < found.best.threshold <= 0.6
    assert found.at_default.precision == 1.0 and found.at_default.predicted == 4
    assert found.thresholds[0].precision == 0.8
    assert np.all(np.diff([each.predicted for each in found.thresholds]) <= 0)


def test_json_holds_scores_and_says_where_the_ceiling_comes_from():
    record = json.loads(evaluate([(GOLD, GOLD, DOCUMENT)]).to_json())
    assert record["scores"][0]["measure"] == "strict"
    assert "language model" in record["ceiling"]["source"]
    assert record["documents"] == [{"id": "d1", "strict": 1.0, "triple": 1.0, "mentions": 1.0}]


def test_no_document_is_an_error_and_not_a_zero():
    with pytest.raises(InvalidValue, match="no document"):
        evaluate([])


def test_empty_codings_score_zero_without_warning():
    empty = Coding("d1")
    assert score_coding(empty, GOLD, DOCUMENT).f1() == 0.0
    assert score_coding(empty, empty, DOCUMENT).f1() == 0.0
