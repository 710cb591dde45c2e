"""The real documents that lie beside the repository, where they do: everything reads, and reads right."""

import csv
import shutil
from collections import Counter
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

import pytest

from amity.documents import ReadOptions, Unreadable, read_documents
from amity.documents.head import find_metadata
from amity.model import Document

SHARED = Path(__file__).resolve().parents[3] / "shared"
CORPUS = SHARED / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside this checkout")
NO_OCR = ReadOptions(ocr="off")


def read(path: Path, options: ReadOptions = NO_OCR) -> dict[str, Document]:
    return {each.id: each for each in read_documents(path, options=options) if isinstance(each, Document)}


def rows() -> list[dict[str, str]]:
    with (CORPUS / "metadata.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_documents_are_read_character_for_character_with_their_table() -> None:
    documents = read(CORPUS / "documents")
    assert set(documents) == {row["id"] for row in rows()}
    for row in rows():
        document = documents[row["id"]]
        assert document.text == (CORPUS / row["file"]).read_bytes().decode("utf-8")
        assert (document.title, document.date, document.language) == (
            row["title"],
            row["date"],
            row["language"],
        )
        assert document.issuers == tuple(each.strip() for each in row["issuer"].split(";"))
        assert document.provenance["issuers"] == "table"


def test_originals_agree_with_the_cleaned_texts() -> None:
    originals = read(CORPUS / "originals")
    assert set(originals) == {
        row["id"] for row in rows() if row["original_file"] and not row["original_file"].endswith(".pdf")
    }
    for identity, document in originals.items():
        cleaned = (CORPUS / "documents" / f"{identity}.txt").read_text(encoding="utf-8")
        likeness = SequenceMatcher(None, document.text.split(), cleaned.split(), autojunk=False).ratio()
        assert likeness > 0.98, (identity, likeness)


def test_the_frus_volume_gives_its_138_documents_without_notes() -> None:
    found = list(read_documents(CORPUS / "formats" / "frus1894Nicaragua.xml"))
    documents = [each for each in found if isinstance(each, Document)]
    assert len(documents) == len(found) == 138
    assert len({each.id for each in documents}) == 138
    assert [each.id for each in documents[:2]] == ["frus1894Nicaragua-d1", "frus1894Nicaragua-d2"]
    assert sum(bool(each.date) for each in documents) >= 137
    assert sum(bool(each.issuers and each.addressees) for each in documents) >= 130
    assert not any("[Inclosure" in each.text for each in documents)
    assert all("\r" not in each.text for each in documents)


def test_every_file_of_the_formats_gives_text_or_one_line() -> None:
    found = list(read_documents(CORPUS / "formats", options=NO_OCR))
    (scan,) = [each for each in found if isinstance(each, Unreadable)]
    assert scan.path.endswith("un-buravkin-1991-scan.pdf")
    assert "recognition is off" in scan.reason
    sources = Counter(each.metadata["source_file"] for each in found if isinstance(each, Document))
    assert set(sources) == {each.name for each in (CORPUS / "formats").iterdir()} - {
        "un-buravkin-1991-scan.pdf"
    }
    assert sources["parla-clarin-exemplar.xml"] == 6


def test_the_pdf_with_a_noisy_layer_gives_the_draft_and_its_body() -> None:
    (document,) = read(CORPUS / "formats" / "un-A-L632-1971.pdf").values()
    assert document.kind == "draft resolution"
    assert "United States of America" in document.issuers
    assert document.metadata["text_layer"].startswith("over a scan")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_page_of_the_scan_gives_recognised_text_with_its_confidence(tmp_path: Path) -> None:
    import pypdfium2

    with (
        pypdfium2.PdfDocument(CORPUS / "formats" / "un-buravkin-1991-scan.pdf") as scan,
        pypdfium2.PdfDocument.new() as page,
    ):
        page.import_pages(scan, [0])
        page.save(tmp_path / "scan.pdf")
    (document,) = read(tmp_path / "scan.pdf", ReadOptions(ocr_languages="eng")).values()
    assert "Commonwealth of Independent States" in document.text
    assert 0.8 < float(document.metadata["ocr_confidence"]) <= 1
    assert document.metadata["ocr_pages"] == "1"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("sotu.jsonl", "George Washington"),
        ("un_general_debates.jsonl", "Argentina"),
        ("unsc_resolutions.jsonl", "United Nations Security Council"),
    ],
)
def test_bulk_rows_keep_their_ids_and_issuers(name: str, first: str) -> None:
    found = list(islice(read_documents(CORPUS / "bulk" / name), 60))
    documents = [each for each in found if isinstance(each, Document)]
    assert len(documents) == 60
    assert documents[0].issuers == (first,)
    assert all(each.date for each in documents)


def test_issuers_and_dates_are_found_without_the_table() -> None:
    dated = issued = with_date = with_issuer = 0
    for row in rows():
        if row["type"] in ("General Debate speech", "news report"):
            continue
        found = find_metadata((CORPUS / row["file"]).read_text(encoding="utf-8"))
        with_date += len(row["date"]) == 10
        dated += found.date == row["date"]
        with_issuer += 1
        issued += bool(found.issuers)
    assert dated / with_date > 0.75
    assert issued / with_issuer > 0.85
