"""Every field comes from the table, the name, the file or the text, in this order, and says which."""

from pathlib import Path

import pytest

from amity.documents import ReadOptions, read_documents, read_file
from amity.documents.columns import country_name, split_names
from amity.documents.dates import find_dates, read_date
from amity.documents.pattern import compile_pattern, read_pattern
from amity.errors import InvalidValue
from amity.model import Document

from .make import BODY, NOTE, SPEECH, write

MARKDOWN = (
    "---\ntitle: 'The harbour''s note'\ndate: 1931-04-02\nissuer: Freedonia\ntags:\n  - sea\n  - trade\n---\n\n"
    + NOTE
)


def test_table_goes_before_name_and_name_before_file(tmp_path: Path) -> None:
    write(
        tmp_path, {"1950-Osterlich.md": MARKDOWN, "metadata.csv": "file,issuer\n1950-Osterlich.md,Sylvania\n"}
    )
    (document,) = read_documents(tmp_path, options=ReadOptions(pattern="{date}-{issuer}"))
    assert isinstance(document, Document)
    assert (document.issuers, document.date, document.title) == (("Sylvania",), "1950", "The harbour's note")
    assert [document.provenance[each] for each in ("issuers", "date", "title", "kind")] == [
        "table",
        "pattern",
        "file",
        "found",
    ]
    assert document.metadata["tags"] == "sea; trade"


def test_unknown_fields_have_no_provenance(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": BODY})
    (document,) = read_file(tmp_path / "a.txt")
    assert document.issuers == ()
    assert document.date is None
    assert dict(document.provenance) == {"language": "found"}


def test_nothing_is_looked_for_in_the_text_when_told_not_to(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": f"{NOTE}\n\nPort Esker, 4 May 1931"})
    (found,) = read_file(tmp_path / "a.txt")
    assert (found.issuers, found.date) == (("Sylvania (Embassy of Sylvania)",), "1931-05-04")
    (bare,) = read_file(tmp_path / "a.txt", options=ReadOptions(find_metadata=False, language="en"))
    assert (bare.issuers, bare.date, bare.language) == ((), None, "en")


def test_rows_are_found_by_path_id_or_name(tmp_path: Path) -> None:
    table = "id;file;issuer;date\nx1;notes/a.txt;Sylvania;2 April 1931\nb;;Freedonia;1932-05\n"
    write(tmp_path, {"metadata.csv": table, "notes/a.txt": NOTE, "b.txt": BODY, "c.txt": SPEECH})
    found = {each.id: each for each in read_documents(tmp_path) if isinstance(each, Document)}
    assert set(found) == {"x1", "b", "c"}
    assert (found["x1"].issuers, found["x1"].date) == (("Sylvania",), "1931-04-02")
    assert (found["b"].issuers, found["b"].date) == (("Freedonia",), "1932-05")
    assert found["c"].issuers == ()


def test_a_table_beside_the_folder_counts_for_the_paths_it_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "metadata.csv": "id,file,issuer\nq,texts/a.txt,Sylvania\nb,elsewhere/b.txt,Nobody\n",
            "texts/a.txt": BODY,
            "texts/b.txt": BODY,
        },
    )
    found = {each.id: each for each in read_documents(tmp_path / "texts") if isinstance(each, Document)}
    assert found["q"].issuers == ("Sylvania",)
    assert found["b"].issuers == ()


def test_a_table_named_by_the_user_is_the_only_one(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "metadata.csv": "id,issuer\na,Wrong\n",
            "a.txt": BODY,
            "../mine.tsv": "doc\tspeaker_country\na\tSylvania\n",
        },
    )
    options = ReadOptions(
        metadata=tmp_path.parent / "mine.tsv", columns={"id": "doc", "issuer": "speaker_country"}
    )
    (document,) = read_documents(tmp_path, options=options)
    assert isinstance(document, Document)
    assert document.issuers == ("Sylvania",)


def test_a_date_that_cannot_be_told_is_kept_as_written(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": BODY, "metadata.csv": "id,date\na,some time in spring\n"})
    (document,) = read_documents(tmp_path)
    assert isinstance(document, Document)
    assert document.date is None
    assert document.metadata["date_as_given"] == "some time in spring"
    assert "date" not in document.provenance


def test_several_issuers_keep_their_brackets() -> None:
    assert split_names(
        "Sylvania (President Bloom; acting); Freedonia;; Sylvania (President Bloom; acting)"
    ) == (
        "Sylvania (President Bloom; acting)",
        "Freedonia",
    )
    assert split_names("  ") == ()


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("1931-04-02T10:00:00+01:00", "1931-04-02"),
        ("19310402", "1931-04-02"),
        ("1931-04", "1931-04"),
        ("1931", "1931"),
        ("1931.0", "1931"),
        ("2 April 1931", "1931-04-02"),
        ("April 2nd, 1931", "1931-04-02"),
        ("le 1er août 1931", "1931-08-01"),
        ("2 de abril de 1931", "1931-04-02"),
        ("2. März 1931", "1931-03-02"),
        ("2 апреля 1931 года", "1931-04-02"),
        ("02.04.1931", "1931-04-02"),
        ("25/04/1931", "1931-04-25"),
        ("04/25/1931", "1931-04-25"),
        ("this 26th day of August, A. D. 1931", "1931-08-26"),
        ("March 1931", "1931-03"),
        ("02/04/1931", None),
        ("31 February 1931", None),
        ("undated", None),
        ("", None),
    ],
)
def test_dates_are_read_as_written(written: str, iso: str | None) -> None:
    assert read_date(written) == iso


def test_dates_in_a_text_have_their_places() -> None:
    text = "Esker, 2 April 1931. (Received May 3, 1931.) See 12/1931."
    assert [(text[start:end], iso) for start, end, iso in find_dates(text)] == [
        ("2 April 1931", "1931-04-02"),
        ("May 3, 1931", "1931-05-03"),
    ]


@pytest.mark.parametrize(
    ("pattern", "path", "fields"),
    [
        ("{date}-{issuer}", "x/1931-04-02-Sylvania.txt", {"date": "1931-04-02", "issuers": "Sylvania"}),
        ("{date}-{issuer}", "1931-Free_Companies.txt", {"date": "1931", "issuers": "Free Companies"}),
        ("{country}_{}_{year}", "ZMB_25_1970.txt", {"issuers": "Zambia", "date": "1970"}),
        ("{issuer}/{date}", "in/Sylvania/1931-04.md", {"issuers": "Sylvania", "date": "1931-04"}),
        ("({kind}) {title}", "(note) On boats.pdf", {"kind": "note", "title": "On boats"}),
        ("{date}-{issuer}", "Sylvania.txt", {}),
    ],
)
def test_patterns_read_file_names(pattern: str, path: str, fields: dict[str, str]) -> None:
    assert read_pattern(compile_pattern(pattern), path) == fields


@pytest.mark.parametrize("pattern", ["", "plain", "{issuer}{date}", "{date}-{year}", "{nobody}", "{}-" * 13])
def test_patterns_that_cannot_work_are_refused(pattern: str) -> None:
    with pytest.raises(InvalidValue, match="pattern"):
        compile_pattern(pattern)


def test_codes_of_former_states_have_names() -> None:
    assert [country_name(each) for each in ("DDR", "yug", "SUN", "ABC")] == [
        "German Democratic Republic",
        "Yugoslavia",
        "Soviet Union",
        "",
    ]
