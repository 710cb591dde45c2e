import json
from pathlib import Path

import pytest

from amity.errors import InvalidRecord, NotFound, SpanMismatch, UnreadableFile
from amity.evaluation import evaluate, read_gold
from amity.model import coding_to_json

from .worlds import DOCUMENT, GOLD, TEXT

SHARED = Path(__file__).parents[3] / "shared"


def write(path, record):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record), encoding="utf-8")


def test_text_beside_the_json_is_read_with_its_line_ends(tmp_path):
    record = coding_to_json(GOLD, DOCUMENT)
    write(tmp_path / "d1.json", record)
    (tmp_path / "d1.txt").write_bytes((TEXT + "\r\n").encode())
    ((document, coding),) = read_gold(tmp_path)
    assert document.text == TEXT + "\r\n"
    assert document.issuers == ("Council of Ardel",)
    assert coding.positions == GOLD.positions


@pytest.mark.parametrize("place", ["texts", "gold/../documents", "corpus/documents"])
def test_text_is_found_in_the_agreed_places(tmp_path, place):
    write(tmp_path / "gold" / "documents" / "d1.json", coding_to_json(GOLD, DOCUMENT))
    folder = tmp_path / place
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "d1.txt").write_text(TEXT, encoding="utf-8")
    texts = folder if place == "texts" else None
    if place == "gold/../documents":
        texts = folder
    assert read_gold(tmp_path / "gold" / "documents", texts=texts)[0][0].text == TEXT


def test_embedded_text_wins_and_folders_below_are_searched(tmp_path):
    write(tmp_path / "a" / "d1.json", {**coding_to_json(GOLD, DOCUMENT), "text": TEXT})
    assert read_gold(tmp_path)[0][1] == GOLD


def test_a_missing_text_names_the_places_looked_into(tmp_path):
    write(tmp_path / "d1.json", coding_to_json(GOLD, DOCUMENT))
    with pytest.raises(NotFound, match=r"d1\.txt"):
        read_gold(tmp_path)


def test_a_folder_without_json_is_an_error(tmp_path):
    with pytest.raises(NotFound, match="no JSON"):
        read_gold(tmp_path)


def test_broken_files_are_named(tmp_path):
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"x\.json"):
        read_gold(tmp_path)
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InvalidRecord, match=r"x\.json"):
        read_gold(tmp_path)
    record = {**coding_to_json(GOLD, DOCUMENT), "text": TEXT[:20]}
    write(tmp_path / "x.json", record)
    with pytest.raises(SpanMismatch):
        read_gold(tmp_path)


def test_an_id_cannot_lead_out_of_the_folder(tmp_path):
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf-8")
    write(tmp_path / "gold" / "d1.json", {**coding_to_json(GOLD, DOCUMENT), "id": "../secret"})
    with pytest.raises(NotFound):
        read_gold(tmp_path / "gold")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared gold is not beside this checkout")
def test_the_shared_gold_scores_one_against_itself():
    pairs = read_gold(SHARED / "gold" / "documents") + read_gold(SHARED / "gold" / "passages")
    assert len(pairs) == 156
    found = evaluate(((coding, coding, document) for document, coding in pairs), draws=10)
    assert all(each.f1 == 1.0 for each in found.scores)
