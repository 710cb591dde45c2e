"""The core records refuse what the codebook does not allow, and say so."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import AmityError, InvalidRecord, InvalidValue, SpanMismatch
from amity.model import (
    Actor,
    Coding,
    Document,
    Mention,
    Position,
    PositionFilter,
    Span,
    coding_from_json,
    coding_to_json,
    position_id,
)

TEXT = "The League of Straits deplores the blockade and calls upon Ostrany to lift it. \U0001f54a Peace."
DOCUMENT = Document("d1", TEXT, title="Communiqué", date="1961-05")


def position(**changes: object) -> Position:
    cue = DOCUMENT.span(TEXT.index("deplores"), TEXT.index(" the blockade"))
    values: dict[str, object] = {
        "id": "p1", "document_id": "d1", "holders": ("league",), "act": "criticise",
        "evidence": (DOCUMENT.span(0, TEXT.index(" and calls")),), "cue": cue, "concept": "blockade", "agreement": -1,
    }  # fmt: skip
    return Position(**(values | changes))  # type: ignore[arg-type]


def test_a_span_holds_the_documents_own_words() -> None:
    span = DOCUMENT.span(4, 10)
    assert span.exact == "League"
    DOCUMENT.check(span)
    with pytest.raises(SpanMismatch, match=r"reads 'League' at \[4, 10\), not 'Legion'"):
        DOCUMENT.check(Span("d1", 4, 10, "Legion"))


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 10_000)])
def test_a_span_outside_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(SpanMismatch):
        DOCUMENT.span(start, end)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"act": "endorses"}, "act is 'endorses'; the codebook allows 'endorse'"),
        ({"holders": ()}, "no holder"),
        ({"concept": None}, "neither target nor concept"),
        ({"polarity": 1}, "polarity 1 with 0 targets"),
        ({"targets": ("o",)}, "polarity None with 1 targets"),
        ({"targets": ("o",), "polarity": 2}, "polarity is 2"),
        ({"score": 1.5}, "between 0 and 1"),
        ({"cue": DOCUMENT.span(60, 64)}, "outside the evidence"),
        ({"evidence": ()}, "outside the evidence"),
    ],
)
def test_a_position_that_breaks_the_codebook_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(AmityError, match=message):
        position(**changes)


def test_records_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        position().act = "state"  # type: ignore[misc]


def test_a_position_id_depends_on_the_words_and_the_reading_only() -> None:
    base = {"holders": ("a", "b"), "targets": ("c",), "concept": None, "act": "endorse", "polarity": 1, "agreement": None, "cue": (3, 5), "evidence": ((0, 9),)}  # fmt: skip
    assert position_id("d1", **base) == position_id("d1", **(base | {"holders": ("b", "a")}))  # type: ignore[arg-type]
    assert position_id("d1", **base) != position_id("d2", **base)  # type: ignore[arg-type]
    assert position_id("d1", **base) != position_id("d1", **(base | {"cue": (3, 6)}))  # type: ignore[arg-type]


def test_a_coding_survives_json() -> None:
    coding = Coding(
        "d1",
        (
            Actor("league", "League of Straits", "organisation", ("the League",)),
            Actor("o", "Ostrany", "state"),
        ),
        ("league",),
        (),
        (Mention(DOCUMENT.span(0, 21), "league"),),
        (position(), position(id="p2", targets=("o",), polarity=0, act="call")),
    )
    record = json.loads(json.dumps(coding_to_json(coding, DOCUMENT)))
    assert coding_from_json(record, DOCUMENT) == coding


@pytest.mark.parametrize(
    ("record", "error"),
    [
        ({}, InvalidRecord),
        ({"actors": [], "positions": [{"act": "endorse"}]}, InvalidRecord),
        ({"actors": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}], "positions": []}, InvalidValue),
        ({"actors": [], "positions": [], "mentions": [{"actor": "x", "start": 0, "end": 3}]}, InvalidValue),
        ({"actors": 3, "positions": []}, InvalidRecord),
        (
            {
                "actors": [{"id": "a", "name": "A"}],
                "positions": [],
                "mentions": [{"actor": "a", "start": 0, "end": 999}],
            },
            SpanMismatch,
        ),
    ],
)
def test_a_broken_coding_is_refused_with_a_reason(record: dict[str, object], error: type[AmityError]) -> None:
    with pytest.raises(error):
        coding_from_json(record, DOCUMENT)


@given(st.text(min_size=1), st.data())
def test_spans_of_any_text_hold_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = Document("d", text)
    span = document.span(start, end)
    assert span.exact == text[start:end]
    assert len(document.sha256) == 64


def test_filters_refuse_unknown_values_and_inverted_dates() -> None:
    with pytest.raises(InvalidValue, match="act is 'praise'"):
        PositionFilter(acts=("praise",))
    with pytest.raises(InvalidValue, match="lies after"):
        PositionFilter(since="1962", until="1961-12-31")
    PositionFilter(since="1962-03", until="1962")
