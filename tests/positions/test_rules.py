"""Positions in invented statements, rule by rule, and under hostile input."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.mentions import find_mentions
from amity.model import Coding, Document, Position
from amity.positions import find_positions
from tests.worlds import load_worlds

WORLDS = {world.name: world for world in load_worlds()}


def read(text: str, *issuers: str, **fields: object) -> Coding:
    document = Document("d", text, issuers=issuers or ("Harbour League",), **fields)  # type: ignore[arg-type]
    return find_positions(document, find_mentions(document)).check(document)


def signed(coding: Coding) -> set[tuple[tuple[str, ...], tuple[str, ...], int | None]]:
    names = {actor.id: actor.name for actor in coding.actors}
    return {
        (
            tuple(names[each] for each in position.holders),
            tuple(names[each] for each in position.targets),
            position.polarity,
        )
        for position in coding.positions
        if position.targets
    }


def by_act(coding: Coding, act: str) -> list[Position]:
    return [each for each in coding.positions if each.act == act]


def test_a_clause_without_subject_is_held_by_the_issuer() -> None:
    coding = read("Condemns the shelling of the port by France;")
    assert (("Harbour League",), ("France",), -1) in signed(coding)
    assert by_act(coding, "criticise")[0].holder_form == "implicit"


def test_we_is_the_issuer_in_its_own_voice() -> None:
    coding = read("We strongly support the people of Angola.")
    found = by_act(coding, "endorse")[0]
    assert (found.voice, found.via, found.holder_form, found.strength) == ("own", (), "pronoun", "strong")


def test_a_reported_position_names_its_reporter() -> None:
    coding = read("France condemned Portugal.")
    found = by_act(coding, "criticise")[0]
    assert (found.voice, found.via) == ("reported", ("harbour-league",))


def test_an_epithet_is_a_position_of_whoever_uses_it() -> None:
    coding = read("The racist regime of Pretoria waits.")
    found = by_act(coding, "criticise")[0]
    assert found.cue.exact == "racist"
    assert found.holders == coding.issuers


def test_a_call_is_neutral_unless_it_presupposes_a_wrong() -> None:
    neutral = read("Calls upon France to send observers.")
    assert [each.polarity for each in by_act(neutral, "call") if each.targets] == [0]
    assert by_act(neutral, "call")[0].concept == "sending observers"


def test_each_thing_called_for_is_a_position() -> None:
    coding = read("Urges France to open the road and to free the pilots.")
    assert sorted(each.concept or "" for each in by_act(coding, "call")) == [
        "freeing the pilots",
        "opening the road",
    ]


def test_a_negated_support_is_a_refusal_and_a_negated_attack_nothing() -> None:
    assert (("Harbour League",), ("France",), -1) in signed(read("We do not support France."))
    assert not [
        each
        for each in read("France did not attack Portugal.").positions
        if each.act == "deed" and each.score >= 0.5
    ]


def test_joint_holders_and_several_targets_stay_together() -> None:
    coding = read("France and Portugal condemn Spain and Italy.", "Evening Lamp")
    assert (("France", "Portugal"), ("Spain", "Italy"), -1) in signed(coding)


def test_an_agreement_between_two_goes_both_ways() -> None:
    found = signed(read("France and Portugal signed a treaty on pilots.", "Evening Lamp"))
    assert {(("France",), ("Portugal",), 1), (("Portugal",), ("France",), 1)} <= found


def test_votes_and_abstentions_are_inferred_positions_towards_the_draft() -> None:
    coding = read(
        "Adopted at the 4th meeting by 9 votes to 1, with 2 abstentions (France, Portugal).",
        title="Resolution 4",
    )
    found = {(each.holders, each.act, each.concept, each.voice) for each in coding.positions}
    assert (coding.issuers, "endorse", "Resolution 4", "inferred") in found
    assert (("france", "portugal"), "state", "Resolution 4", "inferred") in found
    assert [each.act for each in read("Spain voted against the draft on salt.").positions][:1] == ["refuse"]


def test_a_quotation_has_its_words_and_its_speaker() -> None:
    coding = read("Minister Ilse Tarn said: “We condemn France and its allies today.”", "Evening Lamp")
    assert [(each.speaker, each.span.exact) for each in coding.quotations] == [
        ("minister-ilse-tarn", "We condemn France and its allies today.")
    ]


def test_no_cue_no_position() -> None:
    assert read("France lies north of Spain. Portugal has a long coast.").positions == ()


def test_other_languages_give_no_positions() -> None:
    assert read("La Ligue condamne la France.", "La Ligue", language="fr").positions == ()


def test_every_position_has_its_origin_score_and_exact_words() -> None:
    coding = read("We condemn the attack on Angola by Portugal and thank France for its help.")
    assert coding.positions
    for position in coding.positions:
        assert position.origin is not None and position.origin.agent == "reader:rules"
        assert 0 < position.score < 1


def test_the_same_text_gives_the_same_coding() -> None:
    text = "We condemn Portugal. France supports Angola, and they thank us."
    assert read(text) == read(text)


@pytest.mark.parametrize(
    "name",
    [
        "rule03-epithet-praise",
        "rule06-call-neutral",
        "rule08-coordinated-targets",
        "rule09-no-opposition",
        "rule17-prohibition",
        "rule18-rejects-claim",
    ],
)
def test_the_rules_of_the_codebook_hold_in_their_worlds(name: str) -> None:
    world = WORLDS[name]
    coding = find_positions(world.document, find_mentions(world.document))
    gold = {(each.act, each.polarity) for each in world.coding.positions if each.targets and each.polarity}
    found = {(each.act, each.polarity) for each in coding.positions if each.targets and each.polarity}
    assert found == gold


_WORDS = "The we We condemn condemns supports attack on of by against France Angola people regime racist , . ; that to not must “ ” and aggression support for you is are was who".split()


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=40))
def test_any_row_of_cue_words_gives_a_coding_that_checks(words: list[str]) -> None:
    read(" ".join(words))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_coding_that_checks(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    "text",
    [
        "attack of " * 3_000,
        "condemn " * 3_000,
        "We condemn France and " * 1_000,
        ", which " * 3_000,
        "“" * 20_000,
        "x" * 100_000,
    ],
    ids=["nouns", "verbs", "clauses", "relatives", "marks", "letters"],
)
def test_monotonous_text_neither_crashes_nor_hangs(text: str) -> None:
    read(text)


def test_work_grows_with_the_length_of_the_text_and_no_faster() -> None:
    """Counted, not timed: the positions of a text repeated ten times are at most a little over ten times as many."""
    text = "We condemn the attack on Angola by Portugal. France supports the people of Namibia.\n\n"
    one, ten = len(read(text).positions), len(read(text * 10).positions)
    assert one > 0
    assert 5 * one <= ten <= 15 * one
