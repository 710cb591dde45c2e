"""Actors and mentions in invented statements."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.mentions import find_mentions
from amity.model import Coding, Document


def read(text: str, *issuers: str, **fields: object) -> Coding:
    document = Document("d", text, issuers=issuers, **fields)  # type: ignore[arg-type]
    return find_mentions(document).check(document)


def words_of(coding: Coding, actor: str) -> list[str]:
    return [each.span.exact for each in coding.mentions if each.actor == actor]


def test_government_capital_adjective_and_name_of_a_state_are_one_actor() -> None:
    coding = read(
        "Portugal protested. The Portuguese Government waits, and Lisbon's envoy left Portugal.",
        "Harbour League",
    )
    portuguese = [each for each in coding.actors if "Portugal" in (each.name, *each.aliases)]
    assert len(portuguese) == 1
    assert {"Portugal", "The Portuguese Government"} <= set(words_of(coding, portuguese[0].id))


def test_people_and_state_stay_apart() -> None:
    coding = read("The people of Angola greet Angola.", "Harbour League")
    assert {each.kind for each in coding.actors if "Angola" in each.name} == {"collective", "state"}


def test_titles_and_surnames_are_one_person() -> None:
    coding = read("Prime Minister Anna Verrow spoke first. Later Verrow agreed.", "Evening Lamp")
    person = next(each for each in coding.actors if each.kind == "person")
    assert person.name == "Prime Minister Anna Verrow"
    assert words_of(coding, person.id) == ["Prime Minister Anna Verrow", "Verrow"]


def test_an_abbreviation_in_brackets_is_an_alias() -> None:
    coding = read("The Northern Dockers' Union (NDU) met. The NDU voted for a strike.", "Evening Lamp")
    union = next(each for each in coding.actors if "NDU" in each.aliases)
    assert "Union" in union.name


def test_we_is_the_issuer_and_you_the_addressee() -> None:
    document = Document("d", "We thank you.", issuers=("Harbour League",), addressees=("President Orr",))
    coding = find_mentions(document)
    assert words_of(coding, coding.issuers[0]) == ["We"]
    assert words_of(coding, coding.addressees[0]) == ["you"]


def test_a_self_name_is_the_issuer() -> None:
    coding = read("The Conference met at noon. The Conference rejects the plan.", "Conference of Free Ports")
    assert words_of(coding, coding.issuers[0]) == ["The Conference", "The Conference"]


def test_generic_groups_are_marked_and_keep_their_quantifier() -> None:
    coding = read("We call upon all States to help.", "Harbour League")
    generic = [each for each in coding.actors if each.generic]
    assert [each.name for each in generic] == ["all States"]


def test_an_epithet_is_no_part_of_the_name() -> None:
    coding = read("The racist Pretoria regime waits.", "Harbour League")
    assert "racist" not in " ".join(each.name for each in coding.actors)
    assert "The racist Pretoria regime" in [each.span.exact for each in coding.mentions]


def test_an_unknown_name_that_acts_is_an_actor() -> None:
    coding = read("Yesterday Dunmoor attacked the port, and Dunmoor has refused to answer.", "Evening Lamp")
    assert words_of(coding, "dunmoor") == ["Dunmoor", "Dunmoor"]


def test_a_body_at_the_head_of_the_text_issues_it() -> None:
    coding = read("The Council of Free Ports,\n\nCondemns the raid;\n")
    assert [each.name for each in coding.actors if each.id in coding.issuers] == ["Council of Free Ports"]


def test_a_state_with_a_person_in_brackets_is_the_person_in_a_letter_and_the_state_in_a_note() -> None:
    letter = read("I thank you for my part.", "Chile (President Orr)", kind="letter")
    note = read("My Government regrets this.", "Chile (Minister Orr)", kind="diplomatic note")
    assert letter.issuers == ("president-orr",)
    assert note.issuers == ("chile",)


def test_every_merge_says_why() -> None:
    coding = read("The French Government waits. France waits.", "Harbour League")
    france = next(each for each in coding.actors if "France" in (each.name, *each.aliases))
    assert "France: same name" in france.attributes["merges"]


def test_other_languages_give_the_issuers_alone() -> None:
    coding = read("La Ligue du Port condamne Dunmoor. Ligue du Port.", "Ligue du Port", language="fr")
    assert len(coding.actors) == 1
    assert set(words_of(coding, coding.issuers[0])) == {"Ligue du Port"}


def test_empty_text_still_has_an_issuer() -> None:
    assert len(read("").issuers) == 1
    assert read("").mentions == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_coding_that_checks(text: str) -> None:
    document = Document("d", text)
    find_mentions(document).check(document)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "the The of and France French Government President Orr 's ( ) , . We you all States regime “ ” \n".split(
                " "
            )
        ),
        max_size=40,
    )
)
def test_any_row_of_actor_words_gives_a_coding_that_checks(words: list[str]) -> None:
    document = Document("d", " ".join(words), issuers=("Chile (President Orr)",))
    find_mentions(document).check(document)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "President " * 5_000,
        "the " * 10_000,
        "France and " * 5_000,
        "א" * 20_000,
        "𝔘 " * 20_000,
    ],
)
def test_monotonous_text_neither_crashes_nor_hangs(text: str) -> None:
    read(text, "Harbour League")
