"""No text, however odd, makes the search for metadata fail or crawl, and what is found stands in the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.documents.head import find_metadata
from amity.documents.identity import Ids, plain_id
from amity.documents.plain import plain_from_markdown
from amity.documents.speakers import find_speakers
from amity.documents.walk import HERE
from amity.model import day_range

PIECES = st.sampled_from(
    "The Council of the|, |. |: |\n|\n\n|Letter from|to|Mr.|(|)|Vera|Sylvania|4 May 1951|1951|presents its compliments to|We, |and|hereby|draft resolution|"
    "Done at|between|Embassy of|I am, etc.,|[|]|*|_|<!--|-->|<a|#|é|\N{GRINNING FACE}| ".split("|")
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_can_be_looked_at(text: str) -> None:
    found = find_metadata(text)
    if found.date:
        day_range(found.date)
    assert all(each.strip() for each in (*found.issuers, *found.addressees))
    assert isinstance(plain_from_markdown(text), str)


@pytest.mark.parametrize(
    "piece",
    [
        "A ",
        "Mr. A (B): ",
        "We, the A and the B, ",
        "<!--",
        "*a ",
        "[a](",
        "Letter from A to ",
        "_",
        "Legation of the A of ",
        "The A B, ",
    ],
)
def test_repetition_takes_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    find_metadata(text)
    find_speakers(text)
    plain_from_markdown(text)
    assert time.process_time() - start < 8  # seconds; quadratic time would take minutes


@given(st.lists(st.text(max_size=5), max_size=30))
def test_ids_are_never_given_twice(names: list[str]) -> None:
    ids = Ids()
    given_ids = [ids.new(plain_id(each), HERE / "a.txt") for each in names]
    assert len(set(given_ids)) == len(names)
    assert all(given_ids)
