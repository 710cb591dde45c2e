from dataclasses import replace

import pytest

from amity.errors import InvalidValue, NotFound
from amity.model import Actor, Coding, Document, Position, PositionFilter
from amity.project import ActorAttribute, Project
from tests.project.world import READER, WORLD


def test_actors_are_linked_across_documents_with_a_reason(project: Project) -> None:
    row = project.actor("freedonia")
    assert (row.n_documents, row.n_held, row.n_towards) == (3, 2, 2)
    reasons = {each.document_id: each.reason for each in project.appearances("freedonia")}
    assert "Freedonia" in reasons["speech"] and "Freedonia" in reasons["letter"]


def test_merging_counts_positions_once_and_keeps_every_name(project: Project) -> None:
    project.merge_actors(["freedonia"], "sylvania")
    row = project.actor("sylvania")
    assert row.merged == ("freedonia",) and "Freedonia" in row.actor.aliases
    # The joint position of both is one of the merged actor's, not two.
    assert row.n_held == 4
    assert project.actor("freedonia") == row
    joint = project.columns(PositionFilter(acts=("endorse",), documents=("note",)))
    assert len(joint) == 1
    assert project.count_positions(PositionFilter(holders=("freedonia",))) == 4
    assert [each.actor for each in project.appearances("sylvania") if each.document_id == "letter"] == [
        "freedonia"
    ]


def test_merges_may_be_chained_and_new_documents_follow_them(project: Project) -> None:
    project.merge_actors(["freedonia"], "sylvania")
    project.merge_actors(["sylvania"], "harvest-union")
    document = Document("later", "Freedonia thanks Freedonia.")
    actor = Actor("freedonia", "Freedonia", "state")
    thanks = Position(
        "x",
        "later",
        ("freedonia",),
        "endorse",
        (document.span(0, 26),),
        document.span(10, 16),
        concept="all",
        agreement=1,
    )
    project.add_read([(document, Coding("later", (actor,), positions=(thanks,)))], origin=READER)
    assert project.coding("later").positions[0].holders == ("harvest-union",)
    with pytest.raises(InvalidValue, match="nothing to merge"):
        project.merge_actors(["freedonia"], "sylvania")


def test_a_renamed_actor_keeps_its_id_and_former_name(project: Project) -> None:
    project.rename_actor("sylvania", "Republic of Sylvania")
    actor = project.actor("sylvania").actor
    assert (actor.id, actor.name, actor.aliases) == ("sylvania", "Republic of Sylvania", ("Sylvania",))
    with pytest.raises(InvalidValue):
        project.rename_actor("sylvania", "  ")


def test_a_split_actor_takes_its_documents_along(project: Project) -> None:
    new = project.split_actor(
        "sylvania", name="Sylvania-in-exile", documents=["speech"], reason="the exiles' speech"
    )
    assert new == "sylvania-in-exile"
    assert {row.position.holders for row in project.positions(PositionFilter(documents=("speech",)))} == {
        (new,)
    }
    assert project.actor("sylvania").n_documents == 1
    assert [each.reason for each in project.appearances(new)] == ["the exiles' speech"]
    with pytest.raises(InvalidValue, match="does not appear"):
        project.split_actor("sylvania", name="x", documents=["letter"])
    with pytest.raises(InvalidValue, match="nothing to split"):
        project.split_actor("sylvania")
    with pytest.raises(InvalidValue, match="not merged"):
        project.split_actor("sylvania", merged=["freedonia"])


def test_attributes_have_dates_and_the_latest_shows_on_the_actor(project: Project) -> None:
    attributes = [
        ActorAttribute("bloc", "north", "1949", "1951"),
        ActorAttribute("bloc", "south", "1952"),
        ActorAttribute("id", "Q1"),
    ]
    project.set_actor("freedonia", attributes=attributes)
    assert project.actor_attributes("freedonia") == attributes
    assert dict(project.actor("freedonia").actor.attributes) == {"bloc": "south", "id": "Q1"}
    with pytest.raises(InvalidValue, match="is not a day"):
        project.set_actor("freedonia", attributes=[ActorAttribute("bloc", "x", "soon")])
    project.set_actor("freedonia", attributes=[])
    assert project.actor_attributes("freedonia") == []


def test_generic_actors_can_be_left_out(project: Project) -> None:
    assert project.count_positions(PositionFilter(generic=False)) == 5
    project.set_actor("harvest-union", generic=True, aliases=[])
    assert project.count_positions(PositionFilter(generic=False)) == 3
    assert project.actor("harvest-union").actor.aliases == ()


def test_ids_stay_unique_where_two_actors_have_the_same_slug(empty: Project) -> None:
    first, second = (Document(each, f"{each} Union speaks.") for each in ("a", "b"))
    for document, kind in ((first, "person"), (second, "party")):
        actor = Actor("union", "Union", kind)  # type: ignore[arg-type]
        empty.add_read([(document, Coding(document.id, (actor,)))], origin=READER)
    assert sorted(row.id for row in empty.actors()) == ["union", "union-2"]


def test_unknown_actors_are_told(project: Project) -> None:
    for attempt in (
        lambda: project.actor("x"),
        lambda: project.appearances("x"),
        lambda: project.merge_actors(["x"], "sylvania"),
        lambda: project.merge_actors(["sylvania"], "x"),
        lambda: project.positions(PositionFilter(holders=("x",))),
        lambda: project.set_actor("x", kind="party"),
    ):
        with pytest.raises(NotFound, match="no actor 'x'"):
            attempt()


def test_world_is_what_the_tests_say() -> None:
    for document, coding in WORLD:
        assert replace(coding, document_id=document.id).check(document)
