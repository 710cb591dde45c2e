"""Tokens have exact offsets."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from amity.text.phrases import PhraseTable, read_table
from amity.text.tokens import tokenize


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokenize(text)]


def test_possessives_abbreviations_hyphens_and_symbols() -> None:
    assert words("The League’s note S/4279, from the U.S.S.R.") == [
        "The", "League", "’s", "note", "S", "/", "4279", ",", "from", "the", "U.S.S.R.",
    ]  # fmt: skip
    assert words("co-operate isn't 1,500") == ["co-operate", "isn't", "1,500"]


@given(st.text(max_size=300))
def test_tokens_cover_everything_but_white_space_without_overlap(text: str) -> None:
    spans = tokenize(text)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    assert "".join(text[start:end] for start, end in spans) == "".join(text.split())


def test_the_longest_phrase_wins_and_the_first_entry_of_a_phrase_stays() -> None:
    table = PhraseTable([(["north", "quay"], 1), (["north"], 2), (["north"], 3)])
    assert table.match(["north", "quay", "party"], 0) == (2, 1)
    assert table.match(["north", "party"], 0) == (1, 2)
    assert table.match(["south"], 0) is None
    assert "north" in table and "quay" not in table


def test_word_lists_skip_comments_and_strip_columns(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "list.tsv"
    path.write_text("# comment\n\na \tb\n", encoding="utf-8")
    assert list(read_table(path)) == [["a", "b"]]
