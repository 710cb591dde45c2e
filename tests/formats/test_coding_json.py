import csv
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import InvalidRecord, SpanMismatch, UnreadableFile
from amity.formats.cells import guard_cell, iter_table, table_text, unguard_cell
from amity.formats.coding_json import read_coding_json, write_coding_json
from amity.formats.files import archive_bytes, file_name, read_archive
from amity.formats.position_rows import COLUMN_WORDS, POSITION_COLUMNS
from amity.formats.positions_csv import write_positions_csv

from .worlds import FIRST, FIRST_CODING, PAIRS, REJECTS


def test_a_folder_of_codings_comes_back_whole(tmp_path):
    written = write_coding_json(PAIRS, tmp_path)
    assert [path.name for path in written] == ["note-1.json", "note-1.txt", "speech_2.json", "speech_2.txt"]
    found = read_coding_json(tmp_path)
    assert list(found.codings) == [coding for _, coding in PAIRS]
    assert [each.text for each in found.documents] == [document.text for document, _ in PAIRS]
    assert found.documents[0].metadata == FIRST.metadata


def test_json_lines_and_a_single_file_hold_the_text(tmp_path):
    write_coding_json(PAIRS, tmp_path / "all.jsonl")
    assert read_coding_json(tmp_path / "all.jsonl").pairs[1][1] == PAIRS[1][1]
    write_coding_json(PAIRS[:1], tmp_path / "one.json")
    assert read_coding_json(tmp_path / "one.json").pairs[0][1] == FIRST_CODING
    with pytest.raises(InvalidRecord, match="one document, not 2"):
        write_coding_json(PAIRS, tmp_path / "two.json")


def test_texts_may_be_left_out(tmp_path):
    write_coding_json(PAIRS, tmp_path / "all.jsonl", texts=False)
    assert "truce of the Salt" not in (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    assert all(path.suffix == ".json" for path in write_coding_json(PAIRS, tmp_path / "d", texts=False))


def test_a_coding_that_does_not_fit_its_text_is_not_written(tmp_path):
    with pytest.raises(SpanMismatch):
        write_coding_json([(replace(FIRST, text=FIRST.text[5:]), FIRST_CODING)], tmp_path / "x.json")
    assert not (tmp_path / "x.json").exists()


def test_broken_lines_are_named(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text("\n{\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="line 2"):
        read_coding_json(path)
    path.write_text(json.dumps({"actors": [], "positions": []}), encoding="utf-8")
    with pytest.raises(InvalidRecord, match="line 1"):
        read_coding_json(path)


def test_the_table_of_positions_has_one_row_each_with_words(tmp_path):
    (path,) = write_positions_csv(PAIRS, tmp_path / "p.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 5 and tuple(rows[0]) == POSITION_COLUMNS == tuple(COLUMN_WORDS)
    row = next(each for each in rows if each["id"] == REJECTS.id)
    assert row["holder_names"] == "the League's envoy | Ormund League"
    assert row["evidence"] == "We reject the tolls | of Brask" and row["polarity"] == "-1"
    assert rows[-1]["document_title"] == "'=Speech"


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\nab1 "), max_size=6))
def test_guarded_cells_are_never_formulas_and_come_back(text):
    guarded = guard_cell(text)
    assert unguard_cell(guarded) == text
    assert guarded[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


@given(st.lists(st.text(max_size=8), min_size=2, max_size=4))
def test_tables_come_back_whatever_their_cells(cells):
    cells = [cell.replace("\x00", "") for cell in cells]
    header = [f"c{i}" for i in range(len(cells))]
    ((_, row),) = iter_table(table_text(header, [cells]), "t", delimiter=",")
    assert list(row.values()) == cells


@pytest.mark.parametrize("text", ["", "\n", "a,a\n1,2\n", "a,b\n1\n"])
def test_broken_tables_are_refused(text):
    with pytest.raises(InvalidRecord):
        list(iter_table(text, "t.csv"))


def test_file_names_are_safe_and_kept_apart():
    assert file_name("../../etc/passwd") == "_.._etc_passwd"
    assert file_name("con") == "_con"
    assert file_name("a", taken={"a", "a-2"}) == "a-3"
    assert file_name("///") == "_"


def test_archives_do_not_depend_on_the_clock_and_refuse_ways_out(tmp_path):
    content = {"a.txt": b"x", "b/c.txt": b"y" * 1000}
    assert archive_bytes(content) == archive_bytes(content)
    path = tmp_path / "a.zip"
    path.write_bytes(archive_bytes(content))
    assert read_archive(path) == content
    for name in ("../up.txt", "/abs.txt", "a/../../b", "a\\..\\b"):
        path.write_bytes(archive_bytes({name: b"x"}))
        with pytest.raises(InvalidRecord, match="leads out"):
            read_archive(path)


def test_bombs_and_truncated_archives_are_refused(tmp_path):
    from amity.errors import LimitExceeded

    path = tmp_path / "a.zip"
    path.write_bytes(archive_bytes({"zeros": b"\0" * (4 << 20)}))
    with pytest.raises(LimitExceeded, match="expands"):
        read_archive(path)
    whole = archive_bytes({"a": bytes(range(256)) * 40})
    for cut in (0, 10, len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:cut])
        with pytest.raises(UnreadableFile):
            read_archive(path)
    path.write_bytes(archive_bytes({"a": bytes(range(256)) * 40}))
    with pytest.raises(LimitExceeded):
        read_archive(path, limit=100)
