"""The shipped network reads any text, says where its words stand, and says the same again."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.encoder import load_encoder
from amity.encoder.encoder import HEADS_FILE, MODEL_FILE

MODEL = files("amity.encoder") / "model"
pytestmark = pytest.mark.skipif(
    not (MODEL / MODEL_FILE).is_file(), reason="the weights are not built in this checkout; run `make train`"
)

STATEMENT = [
    "The Harvest League strongly condemns the shelling of Ostrey by the Karvena army.",
    "We welcome the courage of the people of Meldora and call upon all parties to lay down their arms.",
    "The committee will meet again on 4 March in the old town hall.",
]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def test_the_encoder_is_opened_once(encoder):
    assert load_encoder() is encoder


def test_the_weights_fit_the_wheel():
    size = sum((MODEL / name).stat().st_size for name in (MODEL_FILE, HEADS_FILE))
    assert size <= 30 * 1024 * 1024


def test_a_condemnation_has_its_cue_holder_and_target(encoder):
    first = encoder.read(STATEMENT, issuers=["Harvest League"])[0]
    cue = max(first.cues, key=lambda each: each.probability)
    text = STATEMENT[0]
    assert "condemns" in text[cue.start : cue.end]
    assert cue.best("act") == "criticise"
    holder = max(cue.arguments, key=lambda each: each.holder)
    assert holder.special == "issuer" or "Harvest" in _words(text, first, holder)
    target = max((each for each in cue.arguments if each.special is None), key=lambda each: each.opposition)
    assert "Karvena" in _words(text, first, target)
    assert target.polarity == -1


def _words(text, scores, argument):
    mention = scores.mentions[argument.mention]
    return text[mention.start : mention.end]


def test_we_is_the_issuer(encoder):
    second = encoder.read(STATEMENT, issuers=["Harvest League"])[1]
    cue = next(each for each in second.cues if STATEMENT[1][each.start : each.end].startswith("welcome"))
    issuer = next(each for each in cue.arguments if each.special == "issuer")
    assert issuer.holder > 0.5


def test_reading_again_gives_the_same(encoder):
    assert encoder.read(STATEMENT) == encoder.read(STATEMENT)


def test_other_documents_do_not_change_the_scores(encoder):
    before = encoder.read(STATEMENT)
    encoder.read(["Long live the Union of Harbours!"] * 40)
    assert encoder.read(STATEMENT) == before


def test_mentions_may_be_given(encoder):
    given = [[(0, 18)], [], []]
    scores = encoder.read(STATEMENT, mentions=given)
    assert [(each.start, each.end) for each in scores[0].mentions] == [(0, 18)]
    assert scores[1].mentions == ()


def test_cues_may_be_given(encoder):
    start = STATEMENT[2].index("meet")
    scores = encoder.read(STATEMENT, cues=[[], [], [(start, start + 4)]])
    assert [(each.start, each.end) for each in scores[2].cues] == [(start, start + 4)]
    assert scores[0].cues == ()


def test_nothing_gives_nothing(encoder):
    assert encoder.read([]) == []
    assert encoder.read(["", "  \n"])[1].tokens == ()


def test_a_sentence_longer_than_a_window_is_read_to_its_end(encoder):
    text = "The delegates of the eastern harbours deplore the raid, " * 60
    (scores,) = encoder.read([text])
    assert text[slice(*scores.tokens[-1])] == ","
    assert max(cue.end for cue in scores.cues) > 0.8 * len(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_has_probabilities_and_offsets_inside_it(sentences):
    for text, scores in zip(sentences, load_encoder().read(sentences), strict=True):
        for mention in scores.mentions:
            assert 0 <= mention.start < mention.end <= len(text)
            assert 0 <= mention.probability <= 1
        for cue in scores.cues:
            assert cue.evidence[0] <= cue.start < cue.end <= cue.evidence[1] <= len(text)
            assert sum(cue.fields["act"].values()) == pytest.approx(1, abs=1e-4)
            assert all(0 <= each.holder <= 1 and each.target <= 1 + 1e-4 for each in cue.arguments)


def test_directed_pairs_swap_with_their_ends(encoder):
    _, windows = encoder.windows(STATEMENT[:1])
    state = encoder.heads.words(encoder.vectors(windows[0]), windows[0])
    p, q = np.array([[1, 2]]), np.array([[9, 9]])
    straight, swapped = encoder.heads.directed(state, p, q), encoder.heads.directed(state, q, p)
    np.testing.assert_allclose(straight[:, [0, 2, 1, 4, 3]], swapped, atol=1e-6)
