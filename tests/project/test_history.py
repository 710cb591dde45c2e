from dataclasses import replace
from pathlib import Path

import pytest

from amity.errors import NothingToUndo, StaleWrite
from amity.model import Document, Origin, PositionFilter
from amity.project import ActorAttribute, Project
from tests.project.world import ANA, BEN, NOTE, READER, WORLD, note_coding, position


def _picture(project: Project) -> object:
    """Everything that a person can see."""
    return (
        project.documents(superseded=True),
        [
            (replace(row, revision=0))
            for row in project.positions(
                PositionFilter(states=("suggested", "accepted", "edited", "rejected", "added"))
            )
        ],
        project.actors(),
        project.concepts.list(),
        project.notes.memos(),
        project.notes.flags(),
        project.team.coders(),
        project.team.assignments(),
        project.settings.all(),
        [project.coding(row.id) for row in project.documents()],
    )


def _acts(project: Project) -> list[object]:
    """Do one act of every kind; return the picture before each and after the last."""
    pictures: list[object] = []

    def look() -> None:
        pictures.append(_picture(project))

    for document, coding in WORLD:
        look()
        project.add_document(document)
        look()
        project.add_coding(coding, origin=READER)
    ids = [row.id for row in project.positions()]
    look()
    project.decide(ids[0], "accepted")
    look()
    second = project.position(ids[1]).position
    corrected = project.decide(
        ids[1], "edited", replacement=replace(second, targets=("sylvania",), concept="new")
    )
    look()
    project.decide(corrected or "", "accepted")
    look()
    project.decide_all(PositionFilter(documents=("speech",)), "rejected")
    look()
    project.add_position(
        position(NOTE, ["masses"], "state", "the masses", "masses", concept="c", agreement=1)
    )
    look()
    project.recode_many(ids[:1], strength="weak")
    look()
    project.add_actor("New Party", kind="party")
    look()
    project.merge_actors(["sylvania"], "freedonia", reason="one realm")
    look()
    project.rename_actor("freedonia", "Realm of Freedonia")
    look()
    project.set_actor(
        "harvest-union",
        kind="movement",
        generic=True,
        aliases=["HU"],
        attributes=[ActorAttribute("bloc", "north", "1950", "1952")],
    )
    look()
    project.split_actor("freedonia", merged=["sylvania"])
    look()
    project.split_actor("freedonia", name="Second Freedonia", documents=["speech"])
    look()
    project.concepts.rename("river dam", "the dam")
    look()
    project.concepts.merge(["grain tax"], "the dam")
    look()
    project.concepts.add("water", broader=None)
    look()
    project.concepts.place("the dam", "water")
    look()
    memo = project.notes.add_memo("position", ids[0], "look at this")
    look()
    project.notes.change_memo(memo, "looked at this")
    look()
    project.notes.remove_memo(memo)
    look()
    project.notes.flag("document", "note", "example")
    look()
    project.team.set_coder("ben", role="adjudicator")
    look()
    project.team.assign(["note", "speech"], "ben", blind=True, sample="first")
    look()
    project.team.unassign("note", "ben")
    look()
    project.settings.set("min_score", 0.4)
    look()
    project.settings.set("min_score", None)
    look()
    project.add_coding(
        replace(note_coding(0.2), positions=note_coding(0.2).positions[1:]),
        origin=Origin("reader:rules", "2"),
    )
    look()
    project.add_document(Document("note", "A new version.", date="1953"))
    look()
    return pictures


def test_every_act_is_undone_and_done_again_exactly_also_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    with Project.create(path, coder="ana") as project:
        pictures = _acts(project)
    with Project.open(path, coder="ana") as project:
        assert project.verify() == []
        for picture in reversed(pictures[:-1]):
            project.undo()
            assert _picture(project) == picture
        with pytest.raises(NothingToUndo):
            project.undo()
        assert project.verify() == []
    with Project.open(path, coder="ana") as project:
        for picture in pictures[1:]:
            project.redo()
            assert _picture(project) == picture
        with pytest.raises(NothingToUndo):
            project.redo()
        assert project.verify() == []


def test_a_new_act_ends_redoing(project: Project) -> None:
    first = project.positions()[0].id
    project.decide(first, "accepted")
    project.undo()
    project.decide(first, "rejected")
    with pytest.raises(NothingToUndo):
        project.redo()
    assert project.position(first).state == "rejected"


def test_undo_is_an_act_itself_and_names_what_it_took_back(project: Project) -> None:
    first = project.positions()[0].id
    project.decide(first, "accepted")
    done = project.events(1)[0]
    event = project.undo()
    assert (event.kind, event.reverses, event.position_id) == ("undo", done.id, first)
    assert project.events(1)[0] == event
    assert next(each for each in project.events() if each.id == done.id).undone


def test_two_persons_undo_their_own_acts(project: Project) -> None:
    first, second = (row.id for row in project.positions()[:2])
    project.decide(first, "accepted", origin=ANA)
    project.decide(second, "rejected", origin=BEN)
    project.undo(origin=ANA)
    assert (project.position(first).state, project.position(second).state) == ("suggested", "rejected")
    project.redo(origin=ANA)
    project.undo(origin=BEN)
    assert (project.position(first).state, project.position(second).state) == ("accepted", "suggested")


def test_both_decide_on_one_position_and_one_takes_the_decision_back(project: Project) -> None:
    first = project.positions()[0].id
    project.decide(first, "accepted", origin=ANA)
    project.decide(first, "rejected", origin=BEN)
    project.undo(origin=ANA)
    assert project.position(first).state == "rejected"
    project.undo(origin=BEN)
    assert project.position(first).state == "suggested"


def test_what_someone_else_built_on_is_not_taken_away(project: Project) -> None:
    row = project.positions()[0]
    new = project.decide(row.id, "edited", replacement=replace(row.position, strength="strong"), origin=ANA)
    project.decide(new or "", "accepted", origin=BEN)
    with pytest.raises(StaleWrite, match="later decisions rest on"):
        project.undo(origin=ANA)
    assert project.position(new or "").state == "accepted"
    project.rename_actor("sylvania", "Old Sylvania", origin=ANA)
    project.rename_actor("sylvania", "New Sylvania", origin=BEN)
    with pytest.raises(StaleWrite, match="changed again since"):
        project.undo(origin=ANA)
    assert project.actor("sylvania").name == "New Sylvania"


def test_an_act_out_of_the_history_is_taken_back_by_itself(project: Project) -> None:
    first, second = (row.id for row in project.positions()[:2])
    project.decide(first, "rejected")
    rejected = project.events(1)[0]
    project.decide(second, "accepted")
    project.revert(rejected.id)
    assert (project.position(first).state, project.position(second).state) == ("suggested", "accepted")
    with pytest.raises(NothingToUndo):
        project.revert(rejected.id)
    with pytest.raises(NothingToUndo):
        project.revert(10**9)


def test_a_positions_history_tells_who_what_when_before_and_after(project: Project) -> None:
    first = project.positions()[0].id
    project.decide_all(PositionFilter(), "accepted", origin=BEN)
    project.decide(first, "rejected", origin=ANA)
    project.undo(origin=ANA)
    events = project.events(position_id=first)
    assert [each.kind for each in events] == ["undo", "decide", "decide.many", "read"]
    assert (dict(events[1].before), dict(events[1].after)) == (
        {"state": "accepted", "standing": True},
        {"state": "rejected"},
    )
    assert (dict(events[2].before), dict(events[2].after)) == ({"state": "suggested"}, {"state": "accepted"})
    assert [each.origin.agent for each in events] == ["coder:ana", "coder:ana", "coder:ben", "reader:rules"]
    assert all(each.at.endswith("+00:00") for each in events)


def test_a_documents_history_holds_what_concerns_it_and_nothing_else(project: Project) -> None:
    speech = project.positions(PositionFilter(documents=("speech",)))[0].id
    note = project.positions(PositionFilter(documents=("note",)))[0].id
    project.decide(speech, "accepted")
    project.decide_many([note], "accepted")
    project.undo()
    assert [each.kind for each in project.events(document_id="note")] == [
        "undo",
        "decide.many",
        "read",
        "document.add",
    ]
    assert [each.kind for each in project.events(document_id="speech")] == ["decide", "read", "document.add"]


def test_a_run_is_undone_as_a_whole(empty: Project) -> None:
    run, act = empty.begin_run(origin=READER, inputs=["folder"])
    empty.add_read(WORLD[:2], origin=READER, act=act)
    empty.add_read(WORLD[2:], origin=READER, act=act)
    empty.note_run(run, {"documents": 3, "positions": 6}, finished=True)
    assert empty.count_positions() == 6
    empty.undo()
    assert (empty.count_positions(), empty.documents(), empty.actors()) == (0, [], [])
    empty.redo()
    assert (empty.count_positions(), len(empty.documents()), len(empty.actors())) == (6, 3, 4)
    assert empty.verify() == []
    assert (empty.read_runs()[0].documents, empty.read_runs()[0].inputs) == (3, ("folder",))


def test_documents_come_back_after_their_import_was_undone(empty: Project) -> None:
    empty.add_read(WORLD, origin=READER)
    for _ in range(3):
        empty.undo()
    assert (empty.documents(), empty.actors()) == ([], [])
    empty.add_read(WORLD, origin=READER)
    assert (empty.count_positions(), len(empty.documents()), [row.id for row in empty.actors()]) == (
        6,
        3,
        ["freedonia-2", "harvest-union-2", "sylvania-2", "masses-2"],
    )
    assert empty.verify() == []
