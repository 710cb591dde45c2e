import pytest

from amity.errors import InvalidValue, NotFound
from amity.model import PositionFilter
from amity.project import Assignment, Coder, Project
from tests.project.world import ANA, BEN


def test_concepts_are_counted_renamed_and_merged(project: Project) -> None:
    assert [(row.name, row.n_positions) for row in project.concepts.list()] == [
        ("grain tax", 1),
        ("river dam", 1),
    ]
    project.concepts.rename("river dam", "the dam")
    assert project.positions()[0].position.concept == "the dam"
    project.concepts.merge(["grain tax"], "the dam")
    rows = project.concepts.list()
    assert [(row.name, row.n_positions, row.merged) for row in rows] == [("the dam", 2, ("grain tax",))]
    assert project.count_positions(PositionFilter(concepts=("the dam",))) == 2
    assert project.count_positions(PositionFilter(concepts=("grain tax",))) == 2
    assert project.count_positions(PositionFilter(concepts=(rows[0].id,))) == 2
    with pytest.raises(InvalidValue, match="nothing to merge"):
        project.concepts.merge(["grain tax"], "the dam")
    with pytest.raises(NotFound):
        project.concepts.rename("nothing", "x")


def test_concepts_form_a_hierarchy_without_circles(project: Project) -> None:
    above = project.concepts.add("water")
    project.concepts.place("river dam", above)
    assert next(row.broader for row in project.concepts.list() if row.name == "river dam") == above
    with pytest.raises(InvalidValue, match="under itself"):
        project.concepts.place(above, "river dam")
    with pytest.raises(InvalidValue, match="merge the two"):
        project.concepts.add("water")
    with pytest.raises(InvalidValue, match="merge the two"):
        project.concepts.rename("river dam", "water")
    project.concepts.merge([above], "river dam")
    assert next(row.broader for row in project.concepts.list() if row.name == "river dam") is None


def test_memos_belong_to_anything_and_to_their_author(project: Project) -> None:
    position = project.positions()[0].id
    subjects = [
        ("position", position),
        ("document", "note"),
        ("actor", "sylvania"),
        ("concept", "river dam"),
        ("event", "1"),
        ("project", ""),
    ]
    for subject, identity in subjects:
        project.notes.add_memo(subject, identity, f"on {subject}", origin=BEN)  # type: ignore[arg-type]
    memos = project.notes.memos()
    assert [each.text for each in memos] == [f"on {subject}" for subject, _ in subjects]
    assert {each.origin.agent for each in memos} == {"coder:ben"}
    assert [(each.subject, each.subject_id) for each in project.notes.memos("position")] == [
        ("position", position)
    ]
    assert project.notes.memos("actor", "freedonia") == []
    assert "memo.add" in {each.kind for each in project.events(position_id=position)}
    with pytest.raises(InvalidValue):
        project.notes.add_memo("document", "note", "   ")
    with pytest.raises(NotFound):
        project.notes.add_memo("document", "nothing", "x")
    with pytest.raises(InvalidValue):
        project.notes.add_memo("planet", "x", "x")  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        project.notes.change_memo(99, "x")


def test_flags_are_set_once(project: Project) -> None:
    project.notes.flag("document", "note", "example", origin=ANA)
    project.notes.flag("document", "note", "example", origin=BEN)
    assert [(each.subject_id, each.name, each.origin.agent) for each in project.notes.flags()] == [
        ("note", "example", "coder:ana")
    ]
    project.notes.flag("document", "note", "example", on=False)
    assert project.notes.flags() == []


def test_coders_have_roles_and_documents(project: Project) -> None:
    project.team.set_coder("ben")
    project.team.set_coder("ana", role="administrator", secret="$argon2$hash")
    project.team.set_coder("ben", active=False)
    assert project.team.coders() == [Coder("ana", "administrator"), Coder("ben", "coder", active=False)]
    assert (project.team.secret("ana"), project.team.secret("ben")) == ("$argon2$hash", None)
    project.team.assign(["speech", "note"], "ana", blind=True, sample="first")
    project.team.assign(["note"], "ana", status="done")
    assert project.team.assignments() == [
        Assignment("note", "ana", "done", True, "first"),
        Assignment("speech", "ana", "open", True, "first"),
    ]
    assert project.team.assignments(document_id="speech", coder="ben") == []
    with pytest.raises(NotFound):
        project.team.assign(["letter", "nothing"], "ana")
    assert len(project.team.assignments()) == 2
    with pytest.raises(InvalidValue):
        project.team.set_coder("eve", role="queen")  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        project.team.unassign("letter", "ana")


def test_settings_keep_what_json_holds(project: Project) -> None:
    project.settings.set("window", {"length": "1Y", "acts": ["warn"]})
    assert project.settings.get("window") == {"length": "1Y", "acts": ["warn"]}
    assert project.settings.get("nothing", 3) == 3
    assert list(project.settings) == ["window"]
    assert project.default_min_score == 0.5
    project.settings.set("min_score", 0.25)
    assert project.default_min_score == 0.25
    for value in (float("nan"), {1, 2}, object()):
        with pytest.raises(InvalidValue):
            project.settings.set("x", value)


@pytest.mark.parametrize("text", ["\ud800", "x" * 10 + "\udfff"])
def test_half_characters_are_refused_or_replaced_and_never_a_crash(project: Project, text: str) -> None:
    for attempt in (
        lambda: project.document(text),
        lambda: project.actor(text),
        lambda: project.position(text),
        lambda: project.search(f"{text} dam"),
        lambda: project.rename_actor("sylvania", text),
        lambda: project.settings.set(text, 1),
        lambda: project.notes.add_memo("document", "note", text),
        lambda: project.notes.flag("document", "note", text),
        lambda: project.concepts.add(text),
        lambda: project.team.set_coder(text),
        lambda: project.decide(project.positions()[0].id, "accepted", note=text),
        lambda: project.events(limit=10**30),
    ):
        try:
            attempt()
        except (InvalidValue, NotFound):
            continue
