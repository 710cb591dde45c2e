"""The sample corpus agrees with its codings, and with the codebook."""

import csv
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from amity.documents.html import read_html
from amity.documents.plain import read_markdown
from amity.documents.records import ReadOptions
from amity.errors import InputError
from amity.model.coding import coding_from_json
from amity.model.records import Document
from amity.samples import sample_files, write_sample

ROOT = files("amity.samples")
ACTS = {"endorse", "commit", "concede", "meet", "call", "criticise", "refuse", "warn", "deed", "state"}


def _rows() -> list[dict[str, str]]:
    with (ROOT / "documents" / "metadata.csv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


def _gold(identity: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((ROOT / "gold" / f"{identity}.json").read_text(encoding="utf-8"))
    return record


def _text(row: dict[str, str]) -> str:
    beside = ROOT / "gold" / f"{row['id']}.txt"
    source = beside if beside.is_file() else ROOT / "documents" / row["file"]
    return source.read_text(encoding="utf-8")


ROWS = _rows()
each_document = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


def _positions() -> Iterator[dict[str, Any]]:
    for row in ROWS:
        yield from _gold(row["id"])["positions"]


@each_document
def test_a_coding_is_in_the_codebooks_form_and_fits_its_text(row: dict[str, str]) -> None:
    record = _gold(row["id"])
    coding = coding_from_json(record, Document(row["id"], _text(row)))
    assert len(coding.positions) == len(record["positions"]) > 0
    for position in coding.positions:
        assert any(
            part.start <= position.cue.start and position.cue.end <= part.end for part in position.evidence
        )
        assert position.targets or position.concept


@each_document
def test_spans_start_and_end_at_words(row: dict[str, str]) -> None:
    text, record = _text(row), _gold(row["id"])
    spans = [(each["start"], each["end"]) for each in record["mentions"]]
    for position in record["positions"]:
        spans += [tuple(part) for part in (*position["evidence"], position["cue"])]
    for start, end in spans:
        words = text[start:end]
        assert words and words == words.strip()
        assert not (start and text[start - 1].isalnum() and words[0].isalnum()), words
        assert not (text[end : end + 1].isalnum() and words[-1].isalnum()), words


@each_document
def test_a_holder_that_is_named_or_described_is_mentioned_in_the_evidence(row: dict[str, str]) -> None:
    record = _gold(row["id"])
    for position in record["positions"]:
        if position["holder_form"] in ("implicit", "unknown"):
            continue
        for holder in position["holders"]:
            assert any(
                mention["actor"] == holder and start <= mention["start"] and mention["end"] <= end
                for mention in record["mentions"]
                for start, end in position["evidence"]
            ), (holder, _text(row)[slice(*position["cue"])])


@each_document
def test_the_issuer_holds_what_nobody_reports(row: dict[str, str]) -> None:
    record = _gold(row["id"])
    for position in record["positions"]:
        if position["voice"] == "own":
            assert not position["via"]
        if position["voice"] in ("quoted", "reported"):
            assert position["via"]
        if position["via"]:
            assert set(position["via"]) & set(record["issuers"])


@each_document
def test_every_name_is_covered_by_a_mention(row: dict[str, str]) -> None:
    text, record = _text(row), _gold(row["id"])
    spans = [(mention["start"], mention["end"]) for mention in record["mentions"]]
    for actor in record["actors"]:
        # The short names of states also stand for places, where something happens: those are no mentions.
        aliases = [] if actor["kind"] == "state" else actor["aliases"]
        for name in (actor["name"], *aliases):
            for found in re.finditer(rf"\b{re.escape(name)}\b", text):
                assert any(start <= found.start() and found.end() <= end for start, end in spans), name


@each_document
def test_metadata_agrees_with_the_coding(row: dict[str, str]) -> None:
    record = _gold(row["id"])
    names = {actor["id"]: actor["name"] for actor in record["actors"]}
    assert row["issuer"] == "; ".join(names[actor] for actor in record["issuers"])
    assert row["addressee"] == "; ".join(names[actor] for actor in record["addressees"])
    assert [row[key] for key in ("id", "title", "date", "kind", "language")] == [
        record[key] for key in ("id", "title", "date", "kind", "language")
    ]


@pytest.mark.parametrize(
    ("name", "reader"),
    [("1963-courier-blockade.html", read_html), ("1967-courier-valleys.md", read_markdown)],
)
def test_the_text_beside_the_gold_is_what_the_reader_takes_from_the_page(name: str, reader: Any) -> None:
    (draft,) = reader((ROOT / "documents" / name).read_bytes(), ReadOptions())
    (row,) = (each for each in ROWS if each["file"] == name)
    assert draft.text == _text(row)
    assert (draft.title, draft.date) == (row["title"], row["date"])


def test_every_document_has_its_row_and_its_gold() -> None:
    documents = {each.name for each in (ROOT / "documents").iterdir()} - {"metadata.csv"}
    codings = {each.name for each in (ROOT / "gold").iterdir() if each.name.endswith(".json")}
    assert documents == {row["file"] for row in ROWS}
    assert codings == {f"{row['id']}.json" for row in ROWS}
    assert len(ROWS) >= 14


def test_an_actor_has_one_id_one_name_and_one_kind_in_the_whole_corpus() -> None:
    actors = {(each["id"], each["name"], each["kind"]) for row in ROWS for each in _gold(row["id"])["actors"]}
    assert len({identity for identity, _, _ in actors}) == len({name for _, name, _ in actors}) == len(actors)


def test_every_value_of_the_codebook_occurs() -> None:
    positions = list(_positions())
    seen = {
        key: {each[key] for each in positions}
        for key in ("act", "voice", "status", "holder_form", "strength", "certainty", "polarity", "agreement")
    }
    assert seen == {
        "act": ACTS,
        "voice": {"own", "quoted", "reported", "inferred"},
        "status": {"actual", "future", "hypothetical", "negated", "historical"},
        "holder_form": {"named", "nominal", "pronoun", "implicit", "unknown"},
        "strength": {"weak", "plain", "strong"},
        "certainty": {"sure", "unsure"},
        "polarity": {1, -1, 0, None},
        "agreement": {1, -1, None},
    }
    assert len(positions) >= 300


def test_the_two_allies_fall_out_in_1964() -> None:
    def balance(holder: str, target: str, years: range) -> int:
        return sum(
            position["polarity"] or 0
            for row in ROWS
            if int(row["date"][:4]) in years
            for position in _gold(row["id"])["positions"]
            if holder in position["holders"] and target in position["targets"]
        )

    assert balance("us", "ka", range(1961, 1963)) > 0 > balance("us", "ka", range(1964, 1965))
    assert balance("us", "me", range(1961, 1963)) < 0 < balance("us", "me", range(1964, 1965))


def test_the_sample_is_written_as_it_ships(tmp_path: Path) -> None:
    paths = write_sample(tmp_path / "sample")
    assert [path.read_bytes() for path in paths] == [item.read_bytes() for item in sample_files()]
    assert {str(path.relative_to(tmp_path / "sample").parent) for path in paths} == {".", "documents", "gold"}
    assert not list((tmp_path / "sample").rglob("*.py"))


def test_writing_again_leaves_unchanged_files_alone(tmp_path: Path) -> None:
    first = write_sample(tmp_path)
    stamps = [path.stat().st_mtime_ns for path in first]
    assert write_sample(tmp_path) == first
    assert [path.stat().st_mtime_ns for path in first] == stamps


def test_a_differing_file_is_never_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "documents" / "metadata.csv"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="would overwrite something else"):
        write_sample(tmp_path)
    assert mine.read_text(encoding="utf-8") == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    place = tmp_path / "sample"
    place.write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="write to another folder"):
        write_sample(place)
