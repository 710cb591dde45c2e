from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import InvalidValue
from amity.evaluation import coder_agreement, krippendorff_alpha

from .worlds import CONDEMNS, DOCUMENT, GOLD, REJECTS, SUPPORTS, THANKS


def transposed(*coders):
    return [tuple(None if value == "." else value for value in unit) for unit in zip(*coders, strict=True)]


def numbers(line):
    return [None if each == "." else int(each) for each in line.split()]


# Krippendorff (2011), example C: four observers, twelve units, missing values
EXAMPLE_C = transposed(
    numbers("1 2 3 3 2 1 4 1 2 . . ."),
    numbers("1 2 3 3 2 2 4 1 2 5 . 3"),
    numbers(". 3 3 3 2 3 4 2 2 5 1 ."),
    numbers("1 2 3 3 2 4 4 1 2 5 1 ."),
)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_equals_krippendorffs_example_with_missing_values(level, alpha):
    assert krippendorff_alpha(EXAMPLE_C, level=level) == pytest.approx(alpha, abs=5e-4)


def test_alpha_equals_krippendorffs_binary_and_nominal_examples():
    binary = transposed("0100000010", "1110010000")
    assert krippendorff_alpha(binary) == pytest.approx(0.095, abs=5e-4)
    nominal = transposed("aabbdcccedda", "babbbccceddd")
    assert krippendorff_alpha(nominal) == pytest.approx(0.692, abs=5e-4)


def test_alpha_has_no_value_without_pairs_and_is_one_without_variation():
    assert krippendorff_alpha([]) is None
    assert krippendorff_alpha([("a", None), (None, "b")]) is None
    assert krippendorff_alpha([("a", "a"), ("a", "a")]) == 1.0


def test_the_order_of_ordinal_values_is_the_one_given():
    units = [("weak", "plain"), ("strong", "strong"), ("weak", "weak"), ("plain", "plain")]
    given_order = krippendorff_alpha(units, level="ordinal", order=("weak", "plain", "strong"))
    assert given_order != krippendorff_alpha(units, level="ordinal")
    with pytest.raises(InvalidValue, match="strong"):
        krippendorff_alpha(units, level="ordinal", order=("weak", "plain"))


def test_the_interval_level_refuses_words():
    with pytest.raises(InvalidValue, match="numbers"):
        krippendorff_alpha([("a", "b")], level="interval")


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=20))
def test_alpha_does_not_depend_on_the_order_of_coders_or_units(units):
    alpha = krippendorff_alpha(units, level="ordinal")
    assert krippendorff_alpha([pair[::-1] for pair in reversed(units)], level="ordinal") == pytest.approx(
        alpha
    )
    assert alpha <= 1.0


def test_coder_against_coder_is_counted_in_pairs_and_by_row():
    other = replace(GOLD, positions=(replace(CONDEMNS, act="refuse"), THANKS, SUPPORTS))
    found = coder_agreement([(GOLD, other, DOCUMENT)])
    assert (found.left, found.right, found.matched) == (6, 3, 3)
    assert found.detection_f1 == pytest.approx(2 * 3 / 9)
    assert found.by_row == {"signed": (4, 2, 2), "neutral": (1, 0, 0), "concept": (1, 1, 1)}
    assert f"d1:{REJECTS.id}" in found.only_left and found.only_right == ()


def test_fields_are_compared_on_matched_positions_and_say_what_was_dropped():
    other = replace(
        GOLD, positions=(replace(CONDEMNS, act="refuse"), replace(THANKS, strength="strong"), SUPPORTS)
    )
    fields = {each.field: each for each in coder_agreement([(GOLD, other, DOCUMENT)]).fields}
    assert fields["act"].equal == pytest.approx(2 / 3)
    assert fields["act"].level == "nominal" and fields["strength"].level == "ordinal"
    assert (fields["polarity"].pairs, fields["polarity"].dropped) == (2, 1)
    assert fields["polarity"].alpha == 1.0
    assert fields["voice"].alpha == 1.0


def test_positions_with_unlike_signs_still_match_so_that_polarity_can_disagree():
    other = replace(GOLD, positions=(replace(THANKS, polarity=-1), CONDEMNS))
    fields = {each.field: each for each in coder_agreement([(GOLD, other, DOCUMENT)]).fields}
    assert fields["polarity"].equal == 0.5


def test_no_document_gives_zero_counts():
    found = coder_agreement([])
    assert found.detection_f1 == 0.0 and found.matched == 0
    assert all(each.alpha is None for each in found.fields)
