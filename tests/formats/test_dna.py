import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from amity.errors import InvalidRecord, NotFound, UnreadableFile
from amity.formats.dna import CONCEPT_TYPE, TARGET_TYPE, database_to_codings, read_dna, write_dna
from amity.formats.dna_database import (
    SCHEMA,
    DnaDatabase,
    check_password,
    hash_password,
    read_dna_database,
    write_dna_database,
)
from amity.model import Actor

from .worlds import FIRST, FIRST_CODING, PAIRS

SHARED = Path(__file__).parents[3] / "shared" / "reference" / "dna" / "databases"
TEXT = "Before 🕊 the Mill Guild asks for a lower toll. The Guild opposes the dam."


def small(**changes):
    """A file as DNA writes it: one document, two statements after an astral character, one annotation."""
    start, stop = TEXT.index("the Mill"), TEXT.index(". The")
    second = TEXT.index("The Guild")
    coder = (1, "Admin", 1, 2, 3, 0, 14, hash_password("key", salt=b"0" * 16), 300, 0, 0, 1, *(1,) * 16)
    tables = {
        "SETTINGS": (("date", "2020-01-01"), ("version", "3.1.2")),
        "CODERS": (coder,),
        "DOCUMENTS": (
            (4, "Hearing", TEXT, 1, "Clerk", "Gazette", "p. 3", "kept", "record", -86400 * 365 + 3600),
        ),
        "STATEMENTTYPES": ((1, "DNA Statement", 0, 0, 0), (2, "Annotation", 9, 9, 9)),
        "VARIABLES": (
            (1, "person", "short text", 1),
            (2, "organization", "short text", 1),
            (3, "concept", "short text", 1),
            (4, "agreement", "boolean", 1),
            (5, "note", "long text", 2),
            (6, "title", "short text", 2),
        ),
        "VARIABLELINKS": ((1, 1, 2),),
        "REGEXES": (("toll", 1, 1, 1),),
        "CODERRELATIONS": (),
        "STATEMENTS": (
            (1, 1, 4, start + 1, stop + 1, 1),
            (2, 1, 4, second + 1, len(TEXT) + 1, 1),
            (3, 2, 4, 0, 6, 1),
        ),
        "DATABOOLEAN": ((1, 1, 4, 1), (2, 2, 4, 0)),
        "DATAINTEGER": (),
        "ENTITIES": (
            (1, 1, "", 0, 0, 0, None),
            (2, 2, "Mill Guild", 0, 0, 0, None),
            (3, 3, "lower toll", 0, 0, 0, None),
            (4, 3, "dam", 0, 0, 0, 3),
            (5, 6, "a title", None, None, None, None),
        ),
        "DATASHORTTEXT": (
            *(
                (1, 1, 1, 1),
                (2, 1, 2, 2),
                (3, 1, 3, 3),
                (4, 2, 1, 1),
                (5, 2, 2, 2),
                (6, 2, 3, 4),
                (7, 3, 6, 5),
            ),
        ),
        "DATALONGTEXT": ((1, 3, 5, "unclear"),),
        "ATTRIBUTEVARIABLES": ((1, 2, "Type"), (2, 2, "Alias")),
        "ATTRIBUTEVALUES": ((1, 2, 1, "organisation"), (2, 2, 2, "the Guild")),
    }
    return DnaDatabase({**tables, **changes})


def test_every_table_comes_back_exactly(tmp_path):
    write_dna_database(small(), tmp_path / "a.dna")
    assert read_dna_database(tmp_path / "a.dna") == small()


@pytest.mark.skipif(not SHARED.is_dir(), reason="DNA's own files are not beside this checkout")
@pytest.mark.parametrize("name", ["sample", "ref2", "ref3", "planted"])
def test_files_of_dna_come_back_exactly_in_dnas_own_schema(name, tmp_path):
    database = read_dna_database(SHARED / f"{name}.dna")
    write_dna_database(database, tmp_path / "again.dna")
    assert read_dna_database(tmp_path / "again.dna").tables == database.tables
    assert database.problems == () and database.lost_statements() == []
    # and DNA's own CREATE statements take the rows
    template = sqlite3.connect(f"file:{SHARED / name}.dna?mode=ro", uri=True)
    target = sqlite3.connect(":memory:")
    for (sql,) in template.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
        target.execute(sql)
    for table, rows in database.tables.items():
        target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(SCHEMA[table][0]))})", rows)
    template.close()
    target.close()


@pytest.mark.skipif(not SHARED.is_dir(), reason="DNA's own files are not beside this checkout")
def test_the_sample_reads_as_positions_and_its_password_is_known():
    database = read_dna_database(SHARED / "sample.dna")
    assert check_password("sample", database.rows("CODERS")[0]["Password"])
    found = database_to_codings(database)
    assert len(found.documents) == 7 and len(found.selections) == 41
    assert sum(len(coding.positions) for coding in found.codings) + len(found.problems) >= 39


def test_passwords_are_hashed_as_jasypt_does():
    stored = hash_password("clef", salt=bytes(range(16)))
    assert check_password("clef", stored) and not check_password("Clef", stored)
    assert not check_password("clef", "not base64!") and not check_password("", "")
    # NFC: a composed and a decomposed letter are one password
    assert check_password("e\u0301", hash_password("\u00e9"))


def test_statements_are_cut_by_utf16_units():
    rows = small().statements("DNA Statement")
    assert [row["text"] for row in rows] == [
        "the Mill Guild asks for a lower toll",
        "The Guild opposes the dam.",
    ]
    assert rows[0]["date"].isoformat() == "1969-01-01T01:00:00+00:00"
    assert (rows[0]["organization"], rows[0]["person"], rows[0]["agreement"]) == ("Mill Guild", "", 1)
    assert [rows[0][key] for key in ("author", "source", "section", "type", "id", "title")] == [
        *("Clerk", "Gazette", "p. 3", "record", 4, "Hearing"),
    ]


def test_a_variable_with_a_documents_name_is_kept_apart():
    (row,) = small().statements("Annotation")
    assert row["title"] == "Hearing" and row["variable:title"] == "a title" and row["note"] == "unclear"


def test_columns_are_the_statements_turned():
    columns = small().columns("DNA Statement")
    assert columns["concept"] == ["lower toll", "dam"] and columns["agreement"] == [1, 0]
    with pytest.raises(NotFound, match="Annotation"):
        small().columns("No such type")


def test_statements_become_positions_with_attributes_and_selections():
    found = database_to_codings(small())
    (coding,) = found.codings
    assert [(each.concept, each.agreement, each.act) for each in coding.positions] == [
        ("lower toll", 1, "endorse"),
        ("dam", -1, "refuse"),
    ]
    assert coding.actors == (Actor("a1", "Mill Guild", kind="organisation", aliases=("the Guild",)),)
    assert [each.code for each in found.selections] == ["DNA Statement", "DNA Statement", "Annotation"]
    assert found.selections[2].attributes == {"note": "unclear", "title": "a title", "dna_id": "3"}
    assert found.documents[0].metadata["notes"] == "kept" and found.documents[0].date == "1969-01-01"
    assert found.problems == () and found.coders == ("Admin",)


def test_offsets_outside_the_text_or_inside_a_character_are_listed():
    dove = TEXT.index("🕊")
    database = small(STATEMENTS=((1, 1, 4, 0, 999, 1), (2, 1, 4, dove + 1, dove + 4, 1), (3, 2, 4, 0, 6, 1)))
    assert database.lost_statements() == [1, 2]
    found = database_to_codings(database)
    assert [each.place for each in found.problems] == ["statement 1", "statement 2"]
    assert len(found.selections) == 1


def test_codings_come_back_from_a_dna_file(tmp_path):
    write_dna(PAIRS, tmp_path / "a.dna", password="open")
    found = read_dna(tmp_path / "a.dna")
    assert found.problems == ()
    for (document, coding), (again, read) in zip(PAIRS, found.pairs, strict=True):
        assert (again.id, again.text, again.date, again.kind) == (
            *(document.id, document.text, document.date, document.kind),
        )
        names, own = ({a.id: a.name for a in c.actors} for c in (read, coding))

        def told(position, names):
            return (
                *(position.id, position.act, position.polarity, position.concept, position.agreement),
                *(
                    [names[each] for each in ids]
                    for ids in (position.holders, position.targets, position.via)
                ),
                *(position.evidence, position.cue, position.status, position.voice, position.holder_form),
                *(position.strength, position.certainty, position.date, position.score),
            )

        assert sorted(told(p, names) for p in read.positions) == sorted(
            told(p, own) for p in coding.positions
        )
    kinds = {actor.name: actor for _, coding in found.pairs for actor in coding.actors}
    assert (
        kinds["Ormund League"].kind == "bloc"
        and kinds["Ormund League"].aliases == FIRST_CODING.actors[0].aliases
    )
    assert kinds["the League's envoy"].generic


def test_the_written_file_opens_with_its_password_and_dnas_networks(tmp_path):
    write_dna(PAIRS, tmp_path / "a.dna", password="open")
    database = read_dna_database(tmp_path / "a.dna")
    assert all(check_password("open", row["Password"]) for row in database.rows("CODERS"))
    assert len(database.statements(TARGET_TYPE)) == 6
    rows = database.statements(CONCEPT_TYPE)
    assert {(row["holder"], row["concept"], row["agreement"]) for row in rows} == {
        ("Ormund League", "truce", 1),
        ("Ormund League", "tolls", 0),
        ("the League's envoy", "tolls", 0),
    }


def test_names_too_long_for_dna_are_cut_and_the_concept_is_restored(tmp_path):
    long = "a very long concept " * 20
    position = replace(FIRST_CODING.positions[0], concept=long.strip())
    write_dna([(FIRST, replace(FIRST_CODING, positions=(position,)))], tmp_path / "a.dna")
    assert read_dna(tmp_path / "a.dna").codings[0].positions[0].concept == long.strip()


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all, but text " * 40, b"SQLite format 3\x00" + b"\xff" * 2000]
)
def test_files_that_are_no_database_are_refused(content, tmp_path):
    path = tmp_path / "bad.dna"
    path.write_bytes(content)
    with pytest.raises((UnreadableFile, InvalidRecord)):
        read_dna_database(path)


def test_truncated_and_foreign_databases_are_refused(tmp_path):
    path = tmp_path / "a.dna"
    write_dna_database(small(), path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises((UnreadableFile, InvalidRecord)):
        read_dna_database(path)
    other = sqlite3.connect(tmp_path / "o.dna")
    other.execute("CREATE TABLE SETTINGS(Property TEXT, Value TEXT)")
    other.commit()
    other.close()
    with pytest.raises(InvalidRecord, match="no table CODERS"):
        read_dna_database(tmp_path / "o.dna")


def test_a_table_whose_name_is_no_text_is_refused(tmp_path):
    # found by fuzzing
    path = tmp_path / "a.dna"
    write_dna_database(small(), path)
    path.write_bytes(path.read_bytes().replace(b"tableREGEXES", b"table\xee\xeeGEXES"))
    with pytest.raises((UnreadableFile, InvalidRecord)):
        read_dna_database(path)


def test_another_version_and_wrong_types_are_refused(tmp_path):
    write_dna_database(small(SETTINGS=(("version", "2.0"),)), tmp_path / "a.dna")
    with pytest.raises(InvalidRecord, match=r"version '2\.0'"):
        read_dna_database(tmp_path / "a.dna")
    write_dna_database(small(), tmp_path / "b.dna")
    connection = sqlite3.connect(tmp_path / "b.dna")
    connection.execute("UPDATE DOCUMENTS SET Date = 'yesterday'")
    connection.commit()
    connection.close()
    with pytest.raises(InvalidRecord, match=r"DOCUMENTS\.Date"):
        read_dna_database(tmp_path / "b.dna")


def test_content_that_breaks_dnas_limits_is_not_written(tmp_path):
    with pytest.raises(InvalidRecord, match="limits"):
        write_dna_database(small(REGEXES=(("x" * 200, 0, 0, 0),)), tmp_path / "a.dna")
    with pytest.raises(InvalidRecord, match="DATABOOLEAN"):
        write_dna_database(small(DATABOOLEAN=((1, 99, 4, 1),)), tmp_path / "a.dna")
    assert list(tmp_path.iterdir()) == []
