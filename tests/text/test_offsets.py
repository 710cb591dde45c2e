"""Offsets agree with Python's own encoders, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import SpanMismatch
from amity.text.offsets import OffsetMap

TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)


@given(TEXTS)
def test_code_points_become_the_units_python_encodes(text: str) -> None:
    offsets = list(range(len(text) + 1))
    places = OffsetMap(text)
    assert places.to_utf8(offsets) == [len(text[:each].encode("utf-8", "surrogatepass")) for each in offsets]
    assert places.to_utf16(offsets) == [
        len(text[:each].encode("utf-16-le", "surrogatepass")) // 2 for each in offsets
    ]


@given(TEXTS)
def test_converting_there_and_back_changes_nothing(text: str) -> None:
    offsets = list(range(len(text), -1, -1))
    places = OffsetMap(text)
    assert places.from_utf8(places.to_utf8(offsets)) == offsets
    assert places.from_utf16(places.to_utf16(offsets)) == offsets


def test_an_offset_inside_a_character_is_refused() -> None:
    places = OffsetMap("a\N{GRINNING FACE}é")
    with pytest.raises(SpanMismatch, match="inside a character"):
        places.from_utf16([2])
    with pytest.raises(SpanMismatch, match="inside a character"):
        places.from_utf8([6])


@pytest.mark.parametrize("text", ["plain", "naïve \N{GRINNING FACE}"])
def test_offsets_outside_the_text_are_refused(text: str) -> None:
    places = OffsetMap(text)
    for convert in (places.to_utf8, places.to_utf16, places.from_utf8, places.from_utf16):
        with pytest.raises(SpanMismatch, match="outside the text"):
            convert([0, 99])
        with pytest.raises(SpanMismatch, match="outside the text"):
            convert([-1])


def test_no_offsets_give_none() -> None:
    assert OffsetMap("é").to_utf16([]) == OffsetMap("").from_utf8([]) == []
