"""Folders, archives and single files become documents; one broken file never stops the rest."""

from pathlib import Path

import pytest

from amity.documents import Limits, ReadOptions, Unreadable, read_documents, read_file
from amity.errors import InvalidRecord, InvalidValue, LimitExceeded, UnknownFormat, UnreadableFile
from amity.model import Document

from .make import BODY, NOTE, SPEECH, write, zip_bytes


def documents(path: Path, **options: object) -> list[Document]:
    found = list(read_documents(path, options=ReadOptions(**options)))  # type: ignore[arg-type]
    assert not [each for each in found if isinstance(each, Unreadable)]
    return [each for each in found if isinstance(each, Document)]


def test_a_plain_file_is_read_character_for_character(tmp_path: Path) -> None:
    text = "  A title \n\n\tFirst  line,\nhard\u00a0wrapped — e\u0301.\n\n\n"
    write(tmp_path, {"a.txt": text})
    (document,) = documents(tmp_path / "a.txt")
    assert document.text == text


def test_crlf_and_byte_order_mark_are_read_once_and_remembered(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": (BODY + "\r\n\r\n" + SPEECH).encode("utf-16")})
    (document,) = documents(tmp_path / "a.txt")
    assert document.text == f"{BODY}\n\n{SPEECH}"
    assert document.metadata["newlines"] == "crlf"
    assert document.metadata["encoding"] == "utf-16-le"


def test_a_folder_gives_its_files_by_name_with_ids_from_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"b.txt": BODY, "a.md": f"# Note\n\n{NOTE}", "inner/c.html": f"<p>{BODY}</p><p>{SPEECH}</p>"},
    )
    assert [each.id for each in documents(tmp_path)] == ["a", "b", "c"]


def test_reading_is_lazy(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": BODY, "b.txt": BODY})
    stream = read_documents(tmp_path)
    assert isinstance(next(stream), Document)
    (tmp_path / "b.txt").unlink()
    gone = next(stream)
    assert isinstance(gone, Unreadable)
    assert "cannot be opened" in gone.reason


def test_equal_names_are_told_apart_and_stay_so_when_files_are_added(tmp_path: Path) -> None:
    write(tmp_path, {"1931/note.txt": NOTE, "1932/note.txt": BODY, "1933/note.md": SPEECH})
    before = [each.id for each in documents(tmp_path)]
    assert before == ["note", "note-1932", "note-1933"]
    write(tmp_path, {"1934/note.txt": BODY})
    assert [each.id for each in documents(tmp_path)][:3] == before


def test_a_broken_file_is_listed_with_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.txt": BODY,
            "b.pdf": b"%PDF-1.4 nothing that follows is a PDF",
            "c.xml": "<TEI><text>",
            "d.docx": zip_bytes({"word/document.xml": "<broken"}),
            "e.rtf": b"{\\rtf1 hello}",
            "f.txt": "",
            "g.png": b"\x89PNG\r\n\x1a\nbroken",
            "h.zip": b"PK\x03\x04broken",
            "i.html": "<html><body><script>1</script></body></html>",
            "j.json": "{",
            "k.txt": bytes(range(256)) * 20,
            "z.txt": SPEECH,
        },
    )
    found = list(read_documents(tmp_path))
    assert [each.id for each in found if isinstance(each, Document)] == ["a", "z"]
    broken = [each for each in found if isinstance(each, Unreadable)]
    assert [Path(each.path).name for each in broken] == [
        "b.pdf",
        "c.xml",
        "d.docx",
        "e.rtf",
        "f.txt",
        "g.png",
        "h.zip",
        "i.html",
        "j.json",
        "k.txt",
    ]
    assert all(len(each.reason) >= 8 and "\n" not in each.reason for each in broken)
    assert broken[3].error == "UnknownFormat"


def test_what_is_not_there_is_listed(tmp_path: Path) -> None:
    (missing,) = read_documents(tmp_path / "nowhere")
    assert isinstance(missing, Unreadable)
    assert missing.error == "NotFound"


def test_reading_one_file_raises_what_is_wrong_with_it(tmp_path: Path) -> None:
    write(tmp_path, {"a.rtf": b"{\\rtf1 hello}", "b.txt": "  \n"})
    with pytest.raises(UnknownFormat, match="Rich Text"):
        read_file(tmp_path / "a.rtf")
    with pytest.raises(UnreadableFile, match="empty"):
        read_file(tmp_path / "b.txt")


def test_companions_are_no_documents_unless_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "README.md": BODY,
            "LICENSE": BODY,
            ".hidden.txt": BODY,
            "~$a.docx": BODY,
            "metadata.csv": "id,date\na,1931\n",
            "a.txt": NOTE,
            "a.json": '{"actors": [], "mentions": [], "positions": []}',
        },
    )
    assert [each.id for each in documents(tmp_path)] == ["a"]
    assert [each.id for each in documents(tmp_path / "README.md")] == ["README"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": BODY, "in/a.txt": NOTE})
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "secret.txt")
    found = list(read_documents(tmp_path / "in"))
    assert [each.id for each in found if isinstance(each, Document)] == ["a"]
    assert "leads out" in next(each.reason for each in found if isinstance(each, Unreadable))


def test_an_archive_is_read_like_a_folder_with_its_table(tmp_path: Path) -> None:
    inner = zip_bytes({"deep.txt": SPEECH})
    content = zip_bytes(
        {
            "notes/a.txt": NOTE,
            "notes/metadata.csv": "file,issuer\na.txt,Sylvania\n",
            "b.md": f"# B\n\n{BODY}",
            "in.zip": inner,
        }
    )
    write(tmp_path, {"all.zip": content})
    found = {each.id: each for each in documents(tmp_path / "all.zip")}
    assert set(found) == {"a", "b", "deep"}
    assert found["a"].issuers == ("Sylvania",)
    assert found["deep"].metadata["source_file"] == "all.zip/in.zip/deep.txt"


def test_names_that_lead_out_of_an_archive_are_refused(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"evil.zip": zip_bytes({"../../x.txt": BODY, "/abs.txt": BODY, "C:/w.txt": BODY, "ok.txt": NOTE})},
    )
    found = list(read_documents(tmp_path / "evil.zip"))
    assert [each.id for each in found if isinstance(each, Document)] == ["ok"]
    assert (
        sum("leads out of the archive" in each.reason for each in found if isinstance(each, Unreadable)) == 3
    )


def test_an_archive_that_explodes_is_stopped(tmp_path: Path) -> None:
    write(tmp_path, {"bomb.zip": zip_bytes({"a.txt": b"A" * 30_000_000, "b.txt": NOTE})})
    found = list(read_documents(tmp_path / "bomb.zip"))
    assert [each.id for each in found if isinstance(each, Document)] == ["b"]
    (stopped,) = [each for each in found if isinstance(each, Unreadable)]
    assert stopped.error == "LimitExceeded"
    assert "expands" in stopped.reason
    assert stopped.place == "a.txt"


@pytest.mark.parametrize(
    "limits",
    [Limits(archive_files=2), Limits(archive_bytes=500), Limits(archive_depth=0), Limits(file_bytes=50)],
)
def test_archives_keep_to_number_size_and_depth(tmp_path: Path, limits: Limits) -> None:
    write(tmp_path, {"a.zip": zip_bytes({f"{each}.txt": BODY for each in "abcd"})})
    found = list(read_documents(tmp_path / "a.zip", options=ReadOptions(limits=limits)))
    assert any(isinstance(each, Unreadable) and each.error == "LimitExceeded" for each in found)
    assert len([each for each in found if isinstance(each, Document)]) < 4


def test_a_file_larger_than_allowed_is_listed(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": BODY})
    with pytest.raises(LimitExceeded, match="more than the 100"):
        read_file(tmp_path / "a.txt", options=ReadOptions(limits=Limits(file_bytes=100)))
    with pytest.raises(LimitExceeded, match="characters"):
        read_file(tmp_path / "a.txt", options=ReadOptions(limits=Limits(characters=100)))


def test_options_that_cannot_be_used_are_refused_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": BODY})
    with pytest.raises(InvalidValue, match="speaker-name"):
        list(read_documents(tmp_path, options=ReadOptions(pattern="{speaker-name}")))
    with pytest.raises(InvalidValue, match="no field"):
        list(read_documents(tmp_path, options=ReadOptions(columns={"mood": "x"})))
    with pytest.raises(InvalidRecord, match="cannot be opened"):
        list(read_documents(tmp_path, options=ReadOptions(metadata=tmp_path / "none.csv")))
    with pytest.raises(InvalidValue, match="ocr"):
        ReadOptions(ocr="maybe")  # type: ignore[arg-type]
