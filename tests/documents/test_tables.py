"""CSV, TSV, JSON Lines and JSON: one document a row, columns guessed or named."""

import csv
import io
import json
from pathlib import Path

import pytest

from amity.documents import Limits, ReadOptions, Unreadable, read_documents, read_file
from amity.errors import UnreadableFile
from amity.model import Document

from .make import BODY, NOTE, SPEECH, write

ROWS = [
    {"id": "s-1", "speaker": "Ada Bloom", "date": "1931-06-10", "text": SPEECH, "party": "New League"},
    {
        "id": "s-2",
        "speaker": "Jon Hale; Ada Bloom",
        "date": "11 June 1931",
        "text": BODY + "\n\n" + NOTE,
        "party": "",
    },
]


def table(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", table(ROWS)),
        ("b.csv", table(ROWS, ";")),
        ("c.tsv", table(ROWS, "\t")),
        ("d.csv", table(ROWS).encode("utf-16")),
        ("e.jsonl", "\n".join(json.dumps(each) for each in ROWS)),
        ("f.ndjson", "\ufeff" + "\r\n".join(json.dumps(each) for each in ROWS) + "\r\n\r\n"),
        ("g.json", json.dumps(ROWS)),
        ("h.json", json.dumps({"speeches": ROWS, "made": "by hand"})),
    ],
)
def test_every_table_gives_the_same_documents(tmp_path: Path, name: str, content: str | bytes) -> None:
    write(tmp_path, {name: content})
    first, second = read_file(tmp_path / name)
    assert [first.text, second.text] == [each["text"] for each in ROWS]
    assert (first.issuers, second.issuers) == (("Ada Bloom",), ("Jon Hale", "Ada Bloom"))
    assert (first.date, second.date) == ("1931-06-10", "1931-06-11")
    assert first.metadata["party"] == "New League"
    assert first.provenance["issuers"] == "file"
    assert first.id.endswith("s-1")


def test_columns_are_taken_as_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.csv": table([{"no": "7", "who": "Sylvania", "rede": SPEECH, "text": "an abstract"}])})
    options = ReadOptions(columns={"text": "rede", "issuer": "who", "id": "no"})
    (document,) = read_file(tmp_path / "a.csv", options=options)
    assert (document.text, document.issuers) == (SPEECH, ("Sylvania",))
    assert document.metadata["text"] == "an abstract"


def test_the_longest_column_is_taken_for_the_text(tmp_path: Path) -> None:
    write(tmp_path, {"a.csv": table([{"nr": "7", "rede": SPEECH * 3}, {"nr": "8", "rede": BODY * 2}])})
    assert [each.text for each in read_file(tmp_path / "a.csv")] == [SPEECH * 3, BODY * 2]


def test_a_table_without_texts_says_what_it_has(tmp_path: Path) -> None:
    write(tmp_path, {"a.csv": "year,votes\n1931,12\n", "b.jsonl": '{"year": 1931}\n'})
    for name in ("a.csv", "b.jsonl"):
        with pytest.raises(UnreadableFile, match="'year'"):
            read_file(tmp_path / name)
    with pytest.raises(UnreadableFile, match="has no column 'rede'"):
        read_file(tmp_path / "a.csv", options=ReadOptions(columns={"text": "rede"}))


def test_broken_rows_are_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = [
        json.dumps(ROWS[0]),
        "{broken",
        "[1, 2]",
        json.dumps({"id": "s-9", "text": " "}),
        json.dumps(ROWS[1]),
    ]
    write(tmp_path, {"a.jsonl": "\n".join(lines)})
    found = list(read_documents(tmp_path / "a.jsonl"))
    assert [each.id for each in found if isinstance(each, Document)] == ["a-s-1", "a-s-2"]
    assert [each.place for each in found if isinstance(each, Unreadable)] == ["line 2", "line 3", "line 4"]


def test_rows_without_ids_are_numbered_and_equal_ids_parted(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.csv": table([{"text": SPEECH}, {"text": BODY}]),
            "b.csv": table([{"id": "1", "text": SPEECH}, {"id": "1", "text": BODY}]),
        },
    )
    assert [each.id for each in read_file(tmp_path / "a.csv")] == ["a-1", "a-2"]
    ids = [each.id for each in read_file(tmp_path / "b.csv")]
    assert ids[0] == "b-1"
    assert len(set(ids)) == 2


def test_codes_of_states_become_names_and_a_year_is_a_date(tmp_path: Path) -> None:
    rows = [
        {"issuer_iso3": "ZMB", "year": 1970, "text": SPEECH},
        {"issuer_iso3": "RUS", "year": 1971, "text": BODY},
    ]
    write(tmp_path, {"a.jsonl": "\n".join(json.dumps(each) for each in rows)})
    zambia, soviet = read_file(tmp_path / "a.jsonl")
    assert (zambia.issuers, zambia.date) == (("Zambia",), "1970")
    assert soviet.issuers == ("Soviet Union",)


def test_a_row_longer_than_allowed_stops_the_file(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": json.dumps({"text": "x" * 5000}), "b.csv": table([{"text": "x" * 5000}])})
    for name in ("a.jsonl", "b.csv"):
        (stopped,) = read_documents(tmp_path / name, options=ReadOptions(limits=Limits(row_bytes=1000)))
        assert isinstance(stopped, Unreadable)


def test_values_that_are_no_strings_are_kept_readable(tmp_path: Path) -> None:
    record = {
        "text": SPEECH,
        "issuers": ["Sylvania", "Freedonia"],
        "votes": 12.0,
        "tags": {"a": 1},
        "none": None,
        "bad": "\ud800",
    }
    write(tmp_path, {"a.json": json.dumps(record)})
    (document,) = read_file(tmp_path / "a.json")
    assert document.issuers == ("Sylvania", "Freedonia")
    assert document.metadata["votes"] == "12"
    assert document.metadata["tags"] == '{"a": 1}'
    assert "none" not in document.metadata
    assert document.metadata["bad"] == "\ufffd"


def test_a_coding_is_not_taken_for_a_document(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": '{"actors": [], "mentions": [], "positions": []}'})
    with pytest.raises(UnreadableFile, match="coding"):
        read_file(tmp_path / "a.json")
