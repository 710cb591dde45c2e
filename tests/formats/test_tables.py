import json
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

from amity.errors import InvalidRecord, UnreadableFile
from amity.formats import FORMATS
from amity.formats.data_package import read_data_package, write_data_package
from amity.formats.parquet import (
    read_duckdb,
    read_parquet,
    write_duckdb,
    write_parquet,
    write_position_columns,
)
from amity.model import Actor, Coding, Document, Origin
from amity.network import PositionColumns

from .worlds import FIRST, FIRST_CODING, PAIRS, WELCOMES

needs_duckdb = pytest.mark.skipif(find_spec("duckdb") is None, reason="duckdb is not installed")
DATED = [(FIRST, replace(FIRST_CODING, positions=(replace(WELCOMES, origin=Origin("coder:ana")),)))]
NAMES = [
    "data-package",
    pytest.param("parquet", marks=needs_duckdb),
    pytest.param("duckdb", marks=needs_duckdb),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pairs", [PAIRS, DATED, [], [(Document("e", ""), Coding("e"))]])
def test_codings_come_back_whole(name, pairs, tmp_path):
    path = tmp_path / "out"
    FORMATS[name].write(pairs, path)
    found = FORMATS[name].read(path)
    assert found.problems == ()
    assert list(found.codings) == [coding for _, coding in pairs]
    assert [(d.id, d.text, d.title, dict(d.metadata)) for d in found.documents] == [
        (d.id, d.text, d.title, dict(d.metadata)) for d, _ in pairs
    ]


def test_the_package_describes_every_table_and_column(tmp_path):
    write_data_package(PAIRS, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert len(content) == resource["bytes"]
        header = content.decode().splitlines()[0].split(",")
        assert header == [field["name"] for field in resource["schema"]["fields"]]
    assert b"'=Speech" in (tmp_path / "documents.csv").read_bytes()


def test_texts_may_stay_out_and_are_then_listed(tmp_path):
    write_data_package(PAIRS, tmp_path, texts=False)
    found = read_data_package(tmp_path)
    assert (
        found.documents == ()
        and [each.reason for each in found.problems] == ["its text is not in the table"] * 2
    )


def test_changed_texts_and_moved_words_are_listed(tmp_path):
    write_data_package(PAIRS, tmp_path)
    path = tmp_path / "documents.csv"
    path.write_bytes(path.read_bytes().replace(b"We condemn", b"We do condemn"))
    found = read_data_package(tmp_path)
    assert any("changed since" in each.reason for each in found.problems)
    assert any("'condemn'" in each.reason for each in found.problems)
    assert found.codings[0] == FIRST_CODING


def test_packages_that_lead_elsewhere_or_are_broken_are_refused(tmp_path):
    write_data_package(PAIRS, tmp_path)
    path = tmp_path / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for where in ("../documents.csv", "/etc/passwd", "https://example.org/a.csv"):
        package["resources"][0]["path"] = where
        path.write_text(json.dumps(package), encoding="utf-8")
        with pytest.raises(InvalidRecord, match="leads out"):
            read_data_package(tmp_path)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidRecord, match="documents"):
        read_data_package(path)
    with pytest.raises(UnreadableFile):
        read_data_package(tmp_path / "nowhere")


@needs_duckdb
def test_broken_parquet_and_databases_are_refused(tmp_path):
    write_parquet(PAIRS, tmp_path / "p")
    (tmp_path / "p" / "actors.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(UnreadableFile, match="actors"):
        read_parquet(tmp_path / "p")
    with pytest.raises(UnreadableFile):
        read_parquet(tmp_path / "gone")
    (tmp_path / "x.duckdb").write_bytes(b"no database" * 500)
    with pytest.raises(UnreadableFile):
        read_duckdb(tmp_path / "x.duckdb")
    with pytest.raises(UnreadableFile):
        read_duckdb(tmp_path / "gone.duckdb")
    (path,) = write_duckdb(PAIRS, tmp_path / "a.duckdb")
    assert path.is_file() and [each.name for each in tmp_path.glob(".*")] == []


@needs_duckdb
def test_text_in_parquet_that_is_no_utf8_is_refused(tmp_path):
    # found by fuzzing: DuckDB hands such bytes to Python's decoder
    write_parquet(PAIRS, tmp_path)
    path = tmp_path / "actors.parquet"
    content = path.read_bytes()
    assert "塩".encode() in content
    path.write_bytes(content.replace("塩".encode(), b"\xee\x20\x20"))
    with pytest.raises(UnreadableFile, match="actors"):
        read_parquet(tmp_path)


@needs_duckdb
def test_columns_by_the_thousand_keep_names_dates_and_gaps(tmp_path):
    import duckdb

    n = 5000
    rng = np.random.default_rng(1)
    actors = tuple(Actor(f"a{i}", f"Actor {i}") for i in range(20))
    columns = PositionColumns(
        position=np.arange(n),
        holder=rng.integers(0, 20, n).astype(np.int32),
        target=rng.integers(-1, 20, n).astype(np.int32),
        polarity=rng.integers(-1, 2, n).astype(np.int8),
        weight=np.ones(n),
        score=rng.random(n),
        day=np.where(np.arange(n) % 7 == 0, -1, 719_163).astype(np.int32),
        document=np.zeros(n, dtype=np.int32),
        concept=rng.integers(-1, 2, n).astype(np.int32),
        agreement=rng.integers(-1, 2, n).astype(np.int8),
        act=rng.integers(0, 10, n).astype(np.int8),
        status=np.zeros(n, dtype=np.int8),
        voice=np.zeros(n, dtype=np.int8),
        position_ids=[f"p{i}" for i in range(n)],
        document_ids=["d"],
        concepts=["toll", "dam"],
        actors=actors,
    )
    path = write_position_columns(columns, tmp_path / "c.parquet")
    rows = (
        duckdb.connect()
        .execute(f"SELECT position, holder_name, target, polarity, date FROM '{path}'")
        .fetchall()
    )
    by_id = {row[0]: row for row in rows}
    assert len(by_id) == n
    for i in (0, 1, 77, 4999):
        _, holder, target, polarity, day = by_id[f"p{i}"]
        assert holder == f"Actor {columns.holder[i]}"
        assert target == (None if columns.target[i] < 0 else f"a{columns.target[i]}")
        assert polarity == (None if columns.target[i] < 0 else columns.polarity[i])
        assert (None if day is None else day.isoformat()) == (None if i % 7 == 0 else "1970-01-01")


@pytest.mark.skipif(find_spec("openpyxl") is None, reason="openpyxl is not installed")
def test_the_workbook_has_no_formula_and_explains_its_columns(tmp_path):
    from openpyxl import load_workbook

    document = Document("d", "x" * 40_000, title="=1+1\x01")
    (path,) = FORMATS["excel"].write([*PAIRS, (document, Coding("d"))], tmp_path / "b.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["positions", "documents", "actors", "mentions", "quotations", "codebook"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    titles = [row[1].value for row in book["documents"].iter_rows(min_row=2)]
    assert titles[1:] == ["'=Speech", "'=1+1\ufffd"]
    assert book["positions"].max_row == 6 and book["codebook"].max_row > 20
