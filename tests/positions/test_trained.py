"""Scores of sentences become positions of actors, by the codebook's rules."""

import pytest

from amity.encoder import ArgumentScore, CueScore, Encoder, MentionScore, SentenceScores
from amity.encoder.labels import CUE_FIELDS
from amity.errors import ModelUnavailable
from amity.model import Actor, Coding, Document, Mention
from amity.positions.calibration import Calibration, logit
from amity.positions.trained import find_positions
from amity.positions.trained_actors import plain_words

FIRST, SECOND = "We condemn Karvena.", "The League and Ostrey signed the harbour pact."
TEXT = f"{FIRST} {SECOND}"


class StandIn:
    """An encoder that says what a test wants it to say."""

    def __init__(self, *sentences):
        self.settings = {}
        self.sentences = list(sentences)

    def read(self, sentences, **_):
        assert len(sentences) == len(self.sentences)
        return self.sentences


def cue(words, text, arguments, *, act="criticise", idea=None, agreement="none"):
    start = text.index(words)
    fields = {name: dict.fromkeys(values, 0.0) for name, values in CUE_FIELDS.items()}
    for name, value in {
        "act": act,
        "strength": "plain",
        "status": "actual",
        "voice": "own",
        "agreement": agreement,
        "concept": "given" if idea else "none",
    }.items():
        fields[name][value] = 1.0
    place = None if idea is None else (text.index(idea), text.index(idea) + len(idea))
    return CueScore(start, start + len(words), 0.9, fields, (0, len(text)), 0.9, place, tuple(arguments))


def special(which, *, holder=0.0, support=0.0, opposition=0.0, neutral=0.0):
    return ArgumentScore(None, None, which, holder, support, opposition, neutral)


def argument(sentence, mention, *, holder=0.0, support=0.0, opposition=0.0, neutral=0.0):
    return ArgumentScore(sentence, mention, None, holder, support, opposition, neutral)


def mention(words, text, form="named"):
    start = text.index(words)
    return MentionScore(start, start + len(words), form, 0.9)


def read(first=None, second=None):
    document = Document("d", TEXT, issuers=("Ustrel",))
    actors = (Actor("ustrel", "Ustrel", "state"), Actor("karvena", "Karvena", "state"))
    start = TEXT.index("Karvena")
    coding = Coding("d", actors, ("ustrel",), (), (Mention(document.span(start, start + 7), "karvena"),))
    encoder = StandIn(first or SentenceScores(), second or SentenceScores())
    return find_positions(document, coding, encoder=encoder)


LEAGUE = (mention("The League", SECOND), mention("Ostrey", SECOND))


def test_a_clause_of_the_issuer_needs_no_mention_of_it():
    arguments = [special("issuer", holder=0.9), argument(0, 0, opposition=0.9)]
    coding = read(SentenceScores((), (mention("Karvena", FIRST),), (cue("condemn", FIRST, arguments),)))
    (position,) = coding.positions
    assert (position.holders, position.targets, position.polarity) == (("ustrel",), ("karvena",), -1)
    assert (position.holder_form, position.evidence[0].exact, position.cue.exact) == (
        "implicit",
        FIRST,
        "condemn",
    )
    assert position.origin.agent == "reader:trained"


def test_first_person_words_are_the_issuer():
    mentions = (mention("We", FIRST, "pronoun"), mention("Karvena", FIRST))
    arguments = [argument(0, 0, holder=0.9), argument(0, 1, opposition=0.9)]
    (position,) = read(SentenceScores((), mentions, (cue("condemn", FIRST, arguments),))).positions
    assert (position.holders, position.holder_form) == (("ustrel",), "pronoun")


def test_an_actor_that_only_the_encoder_knows_is_added_with_its_mention():
    arguments = [argument(1, 0, holder=0.9), argument(1, 1, support=0.9)]
    coding = read(second=SentenceScores((), LEAGUE, (cue("signed", SECOND, arguments, act="deed"),)))
    names = {actor.id: actor.name for actor in coding.actors}
    (position,) = coding.positions
    assert [names[each] for each in (*position.holders, *position.targets)] == ["League", "Ostrey"]
    assert {each.span.exact for each in coding.mentions} == {"The League", "Ostrey"}


def test_a_mention_that_the_encoder_finds_unlikely_does_not_stay():
    weak = MentionScore(11, 18, "named", 0.1)
    assert read(SentenceScores((), (weak,), ())).mentions == ()
    assert [
        each.span.exact for each in read(SentenceScores((), (mention("Karvena", FIRST),), ())).mentions
    ] == ["Karvena"]


def test_a_mutual_deed_gives_one_position_for_each_direction():
    both = [argument(1, 0, holder=0.9, support=0.9), argument(1, 1, holder=0.9, support=0.9)]
    coding = read(second=SentenceScores((), LEAGUE, (cue("signed", SECOND, both, act="deed"),)))
    assert {(each.holders, each.targets) for each in coding.positions} == {
        (("league",), ("ostrey",)),
        (("ostrey",), ("league",)),
    }


def test_without_a_likely_target_the_position_is_about_a_concept():
    arguments = [special("issuer", holder=0.9)]
    found = cue("signed", SECOND, arguments, act="endorse", idea="the harbour pact", agreement="+")
    (position,) = read(second=SentenceScores((), (), (found,))).positions
    assert (position.targets, position.polarity) == ((), None)
    assert (position.concept, position.agreement) == ("the harbour pact", 1)


def test_unsure_targets_are_suggestions_of_their_own_with_a_lower_score():
    arguments = [special("issuer", holder=0.9), argument(1, 0, support=0.9), argument(1, 1, support=0.2)]
    coding = read(second=SentenceScores((), LEAGUE, (cue("signed", SECOND, arguments, act="deed"),)))
    scores = {each.targets: each.score for each in coding.positions}
    assert scores[("league",)] > scores[("ostrey",)]


def test_targets_of_different_sign_are_different_positions():
    arguments = [special("issuer", holder=0.9), argument(1, 0, neutral=0.9), argument(1, 1, opposition=0.9)]
    coding = read(second=SentenceScores((), LEAGUE, (cue("signed", SECOND, arguments, act="call"),)))
    assert {(each.targets, each.polarity) for each in coding.positions} == {
        (("league",), 0),
        (("ostrey",), -1),
    }


def test_a_holder_is_no_target_of_its_own_position():
    arguments = [special("issuer", holder=0.9, opposition=0.95)]
    coding = read(SentenceScores((), (), (cue("condemn", FIRST, arguments),)))
    assert coding.positions
    assert all(not set(each.holders) & set(each.targets) for each in coding.positions)


def test_other_languages_are_left_alone():
    document = Document("d", TEXT, issuers=("Ustrel",), language="fr")
    coding = Coding("d", (Actor("ustrel", "Ustrel"),), ("ustrel",))
    assert find_positions(document, coding, encoder=StandIn()) is coding


def test_missing_weights_are_said_clearly(tmp_path):
    with pytest.raises(ModelUnavailable, match=r"reader\.onnx"):
        Encoder(tmp_path)


def test_scores_rise_with_every_probability():
    odds = [*[logit(0.3)] * 4, 0.0]
    base = Calibration().score("deed", True, odds)
    for place in range(4):
        raised = [*odds[:place], 0.8, *odds[place + 1 :]]
        assert Calibration().score("deed", True, raised) > base


def test_log_odds_stay_finite_at_the_ends():
    assert logit(0.0) == pytest.approx(-logit(1.0))
    assert 0 <= Calibration().score("call", False, (logit(1.0),) * 5) <= 1


def test_names_are_compared_without_determiner_case_and_line_breaks():
    assert plain_words("The Harvest\n League") == plain_words("our harvest league") == "harvest league"
