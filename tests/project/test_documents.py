from dataclasses import replace
from pathlib import Path

import pytest

from amity.errors import InvalidValue, NotAProject, NotFound, ProjectError, SpanMismatch
from amity.model import Coding, Document, PositionFilter
from amity.project import Project
from tests.project.world import ACTORS, ANA, LETTER, NOTE, READER, SPEECH, letter_coding, note_coding


def test_a_document_comes_back_as_it_was_read(empty: Project) -> None:
    document = Document(
        "d",
        "Zwei Wörter \U0001f600 und\r\nnoch \x00 eins",
        title="T",
        date="1950-02",
        issuers=("A", "B"),
        addressees=("C",),
        place="P",
        kind="k",
        language="de",
        publisher="pub",
        citation="cit",
        metadata={"source_file": "x.txt"},
        provenance={"date": "found"},
    )
    empty.add_document(document)
    assert empty.document("d") == document


def test_a_text_with_lone_surrogates_comes_back_unaltered(empty: Project) -> None:
    document = Document(
        "d\ud800", "broken \udc80 text of Freedonia", title="\udfff", metadata={"a": "\udc80"}
    )
    added = empty.add_document(document)
    found = empty.document(added.id)
    assert found.text == document.text
    assert found.metadata == document.metadata
    assert empty.search("freedonia")[0].document_id == added.id


def test_the_same_text_is_a_duplicate_whatever_its_id(empty: Project) -> None:
    assert empty.add_document(NOTE).outcome == "added"
    again = empty.add_document(replace(NOTE, id="copy", title="Other"))
    assert (again.outcome, again.id, again.of) == ("duplicate", "note", "note")
    assert [row.id for row in empty.documents()] == ["note"]
    assert len(empty.events()) == 1


def test_a_changed_file_is_a_new_version_and_the_old_one_keeps_its_positions(project: Project) -> None:
    changed = replace(NOTE, text=NOTE.text + " Freedonia adds a word.")
    added = project.add_document(changed)
    assert (added.outcome, added.of) == ("new_version", "note")
    assert added.id == "note~2"
    assert project.document("note").text == NOTE.text
    assert project.document("note~2").text == changed.text
    assert [row.id for row in project.documents()] == ["speech", "letter", "note~2"]
    old = next(row for row in project.documents(superseded=True) if row.id == "note")
    assert old.superseded and old.n_positions == 3 and old.version == 1
    # Out of the default filter, but there when asked for.
    assert project.count_positions() == 3
    assert project.count_positions(PositionFilter(documents=("note",))) == 3
    # The same words at the same place in the new version are positions of their own.
    assert project.add_coding(note_coding(), origin=READER, document_id="note~2") == 3
    assert project.count_positions() == 6
    assert {row.position.document_id for row in project.positions()} == {"speech", "letter", "note~2"}
    third = project.add_document(replace(NOTE, text=NOTE.text + " Again."))
    assert (third.id, third.of) == ("note~3", "note~2")


def test_undoing_a_new_version_brings_the_old_one_back(project: Project) -> None:
    project.add_document(replace(NOTE, text="Another text."))
    project.undo()
    assert [row.id for row in project.documents()] == ["note", "speech", "letter"]
    assert project.count_positions() == 6


def test_rows_count_what_stands_and_what_was_checked(project: Project) -> None:
    first, second, _ = (row.id for row in project.positions(PositionFilter(documents=("note",))))
    project.decide(first, "rejected")
    project.decide(second, "accepted")
    row = project.document_row("note")
    assert (row.n_positions, row.n_checked) == (2, 2)
    assert (row.reader, row.reader_version, row.sha256) == ("reader:rules", "1", NOTE.sha256)


def test_a_coding_with_foreign_words_or_actors_is_refused_whole(empty: Project) -> None:
    empty.add_document(NOTE)
    shifted = replace(NOTE, text=" " + NOTE.text)
    coding = note_coding()
    with pytest.raises(SpanMismatch, match="re-anchor"):
        empty.add_coding(
            replace(coding, mentions=(replace(coding.mentions[0], span=shifted.span(1, 10)),)), origin=READER
        )
    with pytest.raises(InvalidValue, match="does not define: sylvania"):
        empty.add_coding(
            replace(coding, actors=(ACTORS["freedonia"],), positions=(), mentions=()), origin=READER
        )
    assert empty.actors() == [] and len(empty.events()) == 1
    with pytest.raises(NotFound, match="no document 'speech'"):
        empty.add_coding(Coding("speech"), origin=READER)


def test_a_batch_is_stored_whole_or_not_at_all(empty: Project) -> None:
    bad = replace(letter_coding(), actors=())
    with pytest.raises(InvalidValue):
        empty.add_read([(NOTE, note_coding()), (LETTER, bad)], origin=READER)
    assert empty.documents() == [] and empty.actors() == [] and empty.events() == []
    # What was forgotten with the transaction is not remembered by the linker either.
    empty.add_read([(NOTE, note_coding())], origin=READER)
    assert empty.verify() == []


def test_coding_comes_back_with_the_projects_actor_ids(project: Project) -> None:
    coding = project.coding("note")
    assert coding.check(NOTE) == coding
    assert coding.issuers == ("freedonia",) and coding.addressees == ("sylvania",)
    assert [each.actor for each in coding.mentions] == ["freedonia", "sylvania", "harvest-union"]
    assert [each.holders for each in coding.positions] == [
        ("freedonia",),
        ("freedonia", "sylvania"),
        ("harvest-union",),
    ]
    assert coding.quotations == note_coding().quotations
    assert [each.id for each in coding.positions] == [each.id for each in note_coding().positions]


def test_a_coders_own_coding_holds_only_what_the_coder_let_stand(project: Project) -> None:
    first, second, third = project.positions(PositionFilter(documents=("note",)))
    project.decide(first.id, "accepted", origin=ANA)
    project.decide(second.id, "edited", replacement=replace(second.position, strength="strong"), origin=ANA)
    project.decide(third.id, "rejected", origin=ANA)
    assert [each.strength for each in project.coding("note", coder="ana").positions] == ["plain", "strong"]
    assert project.coding("note", coder="ben").positions == ()


def test_a_coders_imported_coding_counts_as_added(empty: Project) -> None:
    empty.add_document(NOTE)
    assert empty.add_coding(note_coding(), origin=ANA) == 3
    assert {row.state for row in empty.positions()} == {"added"}
    assert [each.verdict for each in empty.decisions(empty.positions()[0].id)] == ["added"]
    assert empty.columns().score.tolist() == [1.0] * 4


def test_search_finds_words_phrases_and_beginnings_at_their_place(project: Project) -> None:
    hit = project.search("grain")[0]
    assert SPEECH.text[hit.start : hit.end] == "grain"
    assert hit.document_id == "speech" and "rejects the grain tax" in hit.snippet
    assert {each.document_id for each in project.search('"harvest union"')} == {"note", "letter"}
    assert project.search('"union harvest"') == []
    assert {each.document_id for each in project.search("thank* free*")} == {"speech"}
    assert {each.document_id for each in project.search("strike OR dam")} == {"note", "letter"}
    assert project.search("Sylvania NOT dam", per_document=1)[0].document_id == "speech"


@pytest.mark.parametrize(
    "text", ['"', "AND", "dam:", "NEAR(", "-dam", "a* OR", "note : dam", "(((", "dam'--"]
)
def test_no_search_text_breaks_the_search(project: Project, text: str) -> None:
    try:
        project.search(text)
        project.count_positions(PositionFilter(text=text))
    except InvalidValue as error:
        assert "no word" in str(error)


def test_search_respects_limits(project: Project) -> None:
    assert len(project.search("freedonia")) == 4
    assert len(project.search("freedonia", limit=2)) == 2
    assert len(project.search("freedonia", per_document=1)) == 3


def test_search_offsets_are_code_points(empty: Project) -> None:
    document = Document("d", "\U0001f600\U0001f600 Čapek é Sylvania")
    empty.add_document(document)
    for word in ("sylvania", "capek"):
        hit = empty.search(word)[0]
        assert document.text[hit.start : hit.end].casefold().startswith(word[0].replace("c", "č"))


def test_a_project_needs_a_free_path_in_a_folder_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    Project.create(path).close()
    with pytest.raises(ProjectError, match="exists already"):
        Project.create(path)
    with pytest.raises(ProjectError, match="does not exist"):
        Project.create(tmp_path / "no" / "p.amity")
    with pytest.raises(NotFound, match="amity read"):
        Project.open(tmp_path / "other.amity")


def test_a_closed_project_is_one_file_and_says_that_it_is_closed(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "p.amity")
    project.add_read([(NOTE, note_coding())], origin=READER)
    project.count_positions()
    project.close()
    project.close()
    assert [each.name for each in tmp_path.iterdir()] == ["p.amity"]
    with pytest.raises(ProjectError, match="closed"):
        project.documents()
    with Project.open(tmp_path / "p.amity") as again:
        assert again.count_positions() == 3 and again.name == "p"


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to have a header " * 40])
def test_another_file_is_no_project(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.amity"
    path.write_bytes(content)
    with pytest.raises(NotAProject):
        Project.open(path)
    assert path.read_bytes() == content
