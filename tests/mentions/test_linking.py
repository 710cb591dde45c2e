"""Actors are linked across documents, each link with its reason."""

from amity.mentions import link_actors
from amity.model import Actor


def test_the_same_name_links_without_case_and_article() -> None:
    link = link_actors([Actor("a", "the Harbour League")], [Actor("k", "Harbour League")])[0]
    assert (link.known_id, link.reason) == ("k", "same name “Harbour League”")


def test_names_of_one_state_link_by_the_list() -> None:
    link = link_actors(
        [Actor("a", "Sublime Porte", kind="state")], [Actor("k", "Ottoman Empire", kind="government")]
    )[0]
    assert link.known_id == "k"
    assert "Ottoman Empire" in link.reason


def test_an_alias_links_only_where_one_known_actor_has_it() -> None:
    known = [
        Actor("k", "Dockers' Union", "organisation", ("NDU",)),
        Actor("m", "New Democratic Unity", "party", ("NDU",)),
    ]
    assert link_actors([Actor("a", "NDU", "organisation")], known[:1])[0].known_id == "k"
    several = link_actors([Actor("a", "NDU", "organisation")], known)[0]
    assert several.known_id is None
    assert "k, m" in several.reason


def test_a_surname_alone_links_no_person() -> None:
    known = [Actor("k", "Anna Verrow", "person", ("Verrow",))]
    assert link_actors([Actor("a", "Ilse Verrow", "person", ("Verrow",))], known)[0].known_id is None


def test_generic_actors_and_persons_do_not_link_to_bodies() -> None:
    assert (
        link_actors([Actor("a", "all States", "state", generic=True)], [Actor("k", "all States", "state")])[
            0
        ].known_id
        is None
    )
    assert link_actors([Actor("a", "Orr", "person")], [Actor("k", "Orr", "state")])[0].known_id is None


def test_every_new_actor_gets_one_link_in_order() -> None:
    links = link_actors([Actor("a", "A"), Actor("b", "B")], [])
    assert [each.actor_id for each in links] == ["a", "b"]
    assert all(each.known_id is None and each.reason for each in links)
