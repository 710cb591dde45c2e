"""Word pieces have the encoder's ids and the text's exact offsets."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.encoder import Tokenizer, load_tokenizer
from amity.encoder.tokenizer import basic_words

TOKENIZER = load_tokenizer()

# \ud83d-range astral letters, accents in both forms, marks, full-width and Arabic text
SAMPLES = [
    "The Government of Ustrel’s note (No. 14) – “unacceptable”!",
    "Café naïve Ünïted ŁÓDŹ İstanbul ΣΑΣ ß ẞ",
    "smile \U0001f600 and \U0001d4d0\U0001d4d1 letters",
    "中文 and 한국어 가",
    "zero\u200bwidth and con\x00trol\x1fs",
    "x² ½ ﬁne Å ©®™",
    "a" * 120 + " b",
    "don't U.S.S.R. pro-peace 1,500.25 $5 + 3",
    "línea\u2028separada\u00a0dura\x85siguiente",
    "",
]


def test_words_cover_the_text_with_exact_offsets():
    text = "Ustrel's café–bar, 1961."
    words = [text[word.start : word.end] for word in TOKENIZER.words(text)]
    assert words == ["Ustrel", "'", "s", "café", "–", "bar", ",", "1961", "."]


def test_offsets_count_code_points_beyond_the_basic_plane():
    text = "\U0001f600\U0001f600 Karvena"
    last = TOKENIZER.words(text)[-1]
    assert text[last.start : last.end] == "Karvena"


def test_a_decomposed_accent_belongs_to_its_word():
    text = "caf" + "e\u0301" + " noir"
    (form, start, end), _ = basic_words(text)
    assert (form, text[start:end]) == ("cafe", "caf" + "e\u0301")


def test_case_and_accents_do_not_change_the_pieces():
    plain, shouted = TOKENIZER.words("resume of meldora"), TOKENIZER.words("RÉSUMÉ OF MELDORA")
    assert [word.pieces for word in plain] == [word.pieces for word in shouted]


def test_a_word_without_known_pieces_is_one_unknown_piece():
    tokenizer = Tokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "peace", "##ful", "p"])
    assert [word.pieces for word in tokenizer.words("peaceful quarrel")] == [(4, 5), (1,)]


def test_control_characters_vanish_inside_a_word():
    text = "pe\x07ace"
    (word,) = TOKENIZER.words(text)
    assert (word.start, word.end, word.pieces) == (0, 6, TOKENIZER.words("peace")[0].pieces)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_words_are_in_order_and_hold_no_white_space(text):
    end = 0
    for word in TOKENIZER.words(text):
        assert end <= word.start < word.end <= len(text)
        assert not any(char in " \t\n\r" for char in text[word.start : word.end])
        assert word.pieces
        end = word.end


@pytest.mark.parametrize("text", SAMPLES)
def test_ids_and_offsets_equal_the_reference_tokenizer(text):
    tokenizers = pytest.importorskip("tokenizers", reason="the reference library is not installed")
    library = _reference(tokenizers)
    encoded = library.encode(text, add_special_tokens=False)
    words = TOKENIZER.words(text)
    assert [piece for word in words for piece in word.pieces] == encoded.ids
    place = 0
    for word in words:
        first, last = encoded.offsets[place], encoded.offsets[place + len(word.pieces) - 1]
        place += len(word.pieces)
        assert (first[0], last[1]) == (word.start, word.end)


def _reference(tokenizers):
    from importlib.resources import files

    lines = (files("amity.encoder") / "model" / "vocab.txt").read_text(encoding="utf-8").split("\n")
    vocabulary = {piece: place for place, piece in enumerate(line for line in lines if line)}
    model = tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100)
    library = tokenizers.Tokenizer(model)
    library.normalizer = tokenizers.normalizers.BertNormalizer()
    library.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return library


def test_normal_forms_of_the_same_words_have_the_same_pieces():
    text = "Ñandú résumé Ångström"
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [w.pieces for w in TOKENIZER.words(composed)] == [w.pieces for w in TOKENIZER.words(decomposed)]
