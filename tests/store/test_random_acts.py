from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.errors import InvalidValue, NotFound, NothingToUndo, StaleWrite
from amity.model import Origin, PositionFilter
from amity.project import Project
from tests.project.world import ANA, BEN, READER, WORLD, note_coding

_EVERY_STATE = PositionFilter(states=("suggested", "accepted", "edited", "rejected", "added"))

_ACTS = st.tuples(
    st.sampled_from(
        ["accept", "reject", "edit", "batch", "undo", "redo", "merge", "split", "read", "revert", "rename"]
    ),
    st.integers(0, 7),
    st.sampled_from([ANA, BEN]),
)


def _do(project: Project, act: str, number: int, origin: Origin) -> None:
    rows = project.positions(_EVERY_STATE)
    actors = [row.id for row in project.actors()]
    row = rows[number % len(rows)] if rows else None
    if act in ("accept", "reject") and row:
        project.decide(row.id, "accepted" if act == "accept" else "rejected", origin=origin)
    elif act == "edit" and row:
        strength = ("weak", "plain", "strong")[number % 3]
        project.decide(row.id, "edited", replacement=replace(row.position, strength=strength), origin=origin)
    elif act == "batch":
        project.decide_all(PositionFilter(min_score=number / 10), "accepted", origin=origin)
    elif act == "undo":
        project.undo(origin=origin)
    elif act == "redo":
        project.redo(origin=origin)
    elif act == "merge" and len(actors) > 1:
        project.merge_actors([actors[number % len(actors)]], actors[0], origin=origin)
    elif act == "split" and actors:
        project.split_actor(actors[number % len(actors)], documents=["note"], origin=origin)
    elif act == "rename" and actors:
        project.rename_actor(actors[number % len(actors)], f"Name {number}", origin=origin)
    elif act == "read":
        coding = note_coding(number / 10)
        project.add_coding(replace(coding, positions=coding.positions[number % 3 :]), origin=READER)
    elif act == "revert":
        project.revert(number + 1, origin=origin)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_ACTS, max_size=14))
def test_whatever_is_done_states_follow_from_decisions_and_columns_from_rows(
    acts: list[tuple[str, int, Origin]],
) -> None:
    with TemporaryDirectory() as folder, Project.create(Path(folder) / "p.amity") as project:
        project.add_read(WORLD, origin=READER)
        for act, number, origin in acts:
            try:
                _do(project, act, number, origin)
            except (InvalidValue, NotFound, NothingToUndo, StaleWrite):
                continue
        assert project.verify() == []
        rows = project.positions()
        assert len({row.id for row in rows}) == len(rows)
        assert all(row.standing and row.state != "rejected" for row in rows)
        # Every standing position of a document is in its coding, with actors that are there.
        for document in project.documents():
            project.coding(document.id).check(project.document(document.id))
