"""Windows hold every word once, and give each sentence its neighbours."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from amity.encoder.features import FEATURES, NameMarker, mark_quotations, word_features
from amity.encoder.tokenizer import load_tokenizer
from amity.encoder.windows import build_window, plan_windows

TOKENIZER = load_tokenizer()
sizes = st.lists(st.lists(st.integers(1, 9), max_size=30), max_size=12)


@given(sizes, st.integers(12, 60), st.integers(0, 30))
def test_every_word_is_read_exactly_once(listed, longest, context):
    windows = plan_windows(listed, longest=longest, context=context)
    read = [
        (part.sentence, word)
        for parts in windows
        for part in parts
        if not part.is_context
        for word in range(part.start, part.end)
    ]
    assert read == [(place, word) for place, words in enumerate(listed) for word in range(len(words))]


@given(sizes, st.integers(12, 60), st.integers(0, 30))
def test_no_window_is_longer_than_allowed(listed, longest, context):
    for parts in plan_windows(listed, longest=longest, context=context):
        assert sum(sum(listed[part.sentence][part.start : part.end]) for part in parts) <= longest - 2


def test_the_sentence_before_is_repeated_as_context():
    windows = plan_windows([[1] * 6, [1] * 6, [1] * 6], longest=14, context=8)
    assert [[(part.sentence, part.is_context) for part in parts] for parts in windows] == [
        [(0, False), (1, False)],
        [(1, True), (2, False)],
    ]


def test_a_word_of_more_pieces_than_a_window_is_cut():
    words = TOKENIZER.words("zq" * 45)
    tables = [word_features("zq" * 45, words)]
    (parts,) = plan_windows([[len(word.pieces) for word in words]], longest=16)
    window = build_window(parts, [words], tables, TOKENIZER, longest=16)
    assert len(window.ids) <= 16
    assert window.features.shape == (len(window.ids), len(FEATURES))


def _columns(text, marker=None):
    words = TOKENIZER.words(text)
    table = word_features(text, words)
    mark_quotations([text], [words], [table])
    if marker is not None:
        marker.mark(text, words, table)
    return {
        name: [text[w.start : w.end] for w, row in zip(words, table, strict=True) if row[place]]
        for place, name in enumerate(FEATURES)
    }


def test_case_comes_back_as_a_feature():
    columns = _columns("The USSR and McAlly sent 14 envoys")
    assert columns["upper"] == ["USSR"]
    assert columns["title"] == ["The"]
    assert columns["mixed"] == ["McAlly"]
    assert columns["digit"] == ["14"]
    assert columns["first"] == ["The"]


def test_a_shouted_sentence_is_marked_as_such():
    assert len(_columns("LONG LIVE THE UNION OF HARBOURS")["shouted"]) == 6
    assert _columns("Long live the Union of Harbours")["shouted"] == []


def test_words_in_quotation_marks_are_marked():
    assert _columns("He said “we refuse” and left")["quoted"] == ["we", "refuse"]


def test_a_quotation_runs_on_over_sentences():
    texts = ["She wrote: “We agree.", "We sign today” and sealed it."]
    words = [TOKENIZER.words(text) for text in texts]
    tables = [word_features(text, listed) for text, listed in zip(texts, words, strict=True)]
    mark_quotations(texts, words, tables)
    column = FEATURES.index("quoted")
    second = [texts[1][w.start : w.end] for w, row in zip(words[1], tables[1], strict=True) if row[column]]
    assert second == ["We", "sign", "today"]


def test_names_of_issuers_are_marked_without_article_and_case():
    marker = NameMarker(["The Harvest League", "HL"], "issuer")
    assert _columns("THE HARVEST LEAGUE (HL) thanks its harvest hands", marker)["issuer"] == [
        "HARVEST",
        "LEAGUE",
        "HL",
    ]


def test_features_are_zero_or_one():
    table = word_features("A b.", TOKENIZER.words("A b."))
    assert set(np.unique(table)) <= {0.0, 1.0}
