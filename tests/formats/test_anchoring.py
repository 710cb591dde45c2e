from hypothesis import given
from hypothesis import strategies as st

from amity.formats.anchoring import Anchors, anchor_problem
from amity.model import Document

TEXT = "A 🕊 dove.\r\nThe toll is high.\r\nThe toll is low.\n"


def find(text, *given_, **rest):
    return Anchors(Document("d", text)).find(*given_, **rest)


def test_offsets_that_hold_the_quote_stay():
    found = find(TEXT, 2, 8, "🕊 dove")
    assert found.how == "as given" and found.span.exact == "🕊 dove"
    assert anchor_problem(found, "x") is None


def test_offsets_counted_another_way_are_recognised_by_the_quote():
    start = TEXT.index("The toll is high")
    assert find(TEXT, start + 1, start + 9, "The toll").how == "utf-16"
    assert find(TEXT, start + 3, start + 11, "The toll").span.start == start
    second = TEXT.index("The toll is low")
    found = find(TEXT, second - 2, second + 6, "The toll")
    assert (found.how, found.span.start) == ("line ends", second)
    plain = "a\nb\nThe toll, the toll"
    assert find(plain, 6, 14, "The toll").how == "line ends"
    assert find(plain, 6, 14, "The toll").span.start == 4


def test_a_moved_quote_is_found_by_its_context_or_the_nearest_place():
    assert find(TEXT, 0, 5, "toll is low").how == "moved"
    assert find(TEXT, None, None, "toll is", suffix=" low").span.start == TEXT.index("toll is low")
    assert find(TEXT, 40, 41, "The toll").span.start == TEXT.index("The toll is low")
    assert find("one  two\nthree", None, None, "two three").span.exact == "two\nthree"


def test_what_is_nowhere_is_lost_and_listed():
    for given_ in ((0, 3, "xyz"), (5, 2, ""), (0, 999, ""), (None, None, ""), (-3, 2, "")):
        found = find(TEXT, *given_)
        assert found.span is None and found.how == "lost"
    assert anchor_problem(find(TEXT, 0, 3, "xyz"), "row 4", "xyz").kept == "kept without anchor"


@given(st.text(max_size=20), st.integers(-3, 25), st.integers(-3, 25), st.text(max_size=4))
def test_an_answer_is_always_words_of_the_text(text, start, end, quote):
    found = find(text, start, end, quote)
    if found.span is not None:
        assert text[found.span.start : found.span.end] == found.span.exact
        if quote and found.how not in ("line ends", "moved"):
            assert found.span.exact == quote


@given(st.text(alphabet="a\r\n🕊é", min_size=1, max_size=30), st.data())
def test_every_count_of_offsets_leads_back_to_the_quoted_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    counted = (len(text[:start].encode("utf-16-le")) // 2, len(text[:end].encode("utf-16-le")) // 2)
    assert find(text, *counted, quote).span.exact == quote
