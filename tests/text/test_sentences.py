"""Sentences survive abbreviations, numbered paragraphs, wrapped lines and hostile input."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.text.sentences import LONGEST, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_abbreviations_and_initials_do_not_end_a_sentence() -> None:
    assert sentences("Mr. J. Orr met the U.S. envoy. They spoke of Art. 4 at length.") == [
        "Mr. J. Orr met the U.S. envoy.",
        "They spoke of Art. 4 at length.",
    ]


def test_numbered_operative_paragraphs_are_sentences_with_their_numbers() -> None:
    text = "The Council,\n\nRecalling its vote,\n\n1. Condemns the raid;\n\n2. Urges calm."
    assert sentences(text) == [
        "The Council,",
        "Recalling its vote,",
        "1. Condemns the raid;",
        "2. Urges calm.",
    ]


def test_semicolon_chains_of_clause_words_are_parted_but_prose_is_not() -> None:
    assert sentences("Noting the truce; Condemns the raid.") == ["Noting the truce;", "Condemns the raid."]
    assert sentences("They came; we left.") == ["They came; we left."]


def test_hard_wrapped_lines_run_on() -> None:
    text = (
        "The delegation of the Harbour League has today received the answer\n"
        "of the Governors to its note of last week, and it finds that answer\n"
        "wanting in every point. It will therefore ask the Assembly to meet\n"
        "again before the end of the month and to vote on the whole matter.\n"
    )
    assert [each.replace("\n", " ")[:20] for each in sentences(text)] == [
        "The delegation of th",
        "It will therefore as",
    ]


def test_headings_in_capitals_stand_alone() -> None:
    assert sentences("APPEAL TO ALL PORTS\nWe ask the ports to close.") == [
        "APPEAL TO ALL PORTS",
        "We ask the ports to close.",
    ]


def test_closing_quotation_marks_stay_with_their_sentence() -> None:
    assert sentences("“We will not yield.” The envoy left.") == ["“We will not yield.”", "The envoy left."]


@given(st.text(alphabet=st.sampled_from('aB.;:!?\n\t "”(1)א𝔘é—'), max_size=400))
def test_every_character_but_white_space_lies_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    covered = {index for start, end in spans for index in range(start, end)}
    assert all(index in covered for index, each in enumerate(text) if not each.isspace())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)


@pytest.mark.parametrize("text", ["x" * 50_000, "." * 50_000, "a. " * 20_000, "\n" * 50_000, "A;\n" * 20_000])
def test_monotonous_text_is_cut_into_short_sentences(text: str) -> None:
    assert all(end - start <= LONGEST for start, end in split_sentences(text))
