import pytest

from amity.errors import NotFound
from amity.model import Document
from amity.pipeline import available_readers, find_reader, read_document

TEXT = "The Government of Freedonia strongly condemns the Sylvania Front. We welcome the Harvest Union."


def test_the_rule_reader_finds_mentions_and_positions_with_their_words() -> None:
    document = Document("d", TEXT, language="en", issuers=("Freedonia",))
    coding = read_document(document)
    assert coding.check(document) == coding
    assert coding.positions
    assert all(document.text[each.cue.start : each.cue.end] == each.cue.exact for each in coding.positions)
    assert read_document(document) == coding


def test_an_unknown_reader_is_told_with_those_that_are_there() -> None:
    assert "rules" in available_readers()
    for name in ("oracle", "tests.pipeline.nothing", "amity.errors", ""):
        with pytest.raises(NotFound, match="rules"):
            find_reader(name)


def test_the_reader_none_takes_documents_in_and_finds_nothing() -> None:
    assert read_document(Document("d", TEXT), reader="none").positions == ()


def test_a_module_of_someone_elses_is_a_reader() -> None:
    coding = read_document(Document("d", "X SUPPORTS Y"), reader="tests.pipeline.fragile")
    assert [each.cue.exact for each in coding.positions] == ["SUPPORTS"]
    assert find_reader("tests.pipeline.fragile").origin.agent == "reader:fragile"
