"""PDF files by their text layer, scans and pictures by recognition."""

import io
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from amity.documents import Limits, ReadOptions, Unreadable, ocr, read_documents, read_file
from amity.documents.layout import Line, Page, _hyphen, running_text
from amity.errors import LimitExceeded, MissingTool, UnreadableFile
from amity.model import Document

from .make import pdf_bytes, picture, write

has_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")

WORDS = [
    "The two governments condemn the raid on the harbour and they call on the",
    "Free Companies to hand over the hosta-",
    "ges before the end of the month.",
]


def page(number: int, body: list[str], *, indent_first: bool = False) -> list[tuple[float, float, str]]:
    lines = [(72.0, 800.0, "Records of the League"), (500.0, 800.0, str(number))]
    lines += [
        (90.0 if indent_first and not index else 72.0, 740.0 - 14 * index, each)
        for index, each in enumerate(body)
    ]
    return [*lines, (280.0, 40.0, f"- {number} -")]


def test_running_heads_go_hyphens_are_joined_and_pages_remembered(tmp_path: Path) -> None:
    pages = [
        page(1, [*WORDS, "Second paragraph begins here and it runs to the very end of the page"]),
        page(
            2,
            [
                "without a stop and goes on over there until it ends at last, full of well-",
                "known words.",
                "",
                "Third one is well-known.",
            ],
        ),
        page(3, ["Fourth page begins."]),
    ]
    write(tmp_path, {"a.pdf": pdf_bytes(pages)})
    (document,) = read_file(tmp_path / "a.pdf")
    assert document.text.split("\n\n") == [
        "The two governments condemn the raid on the harbour and they call on the Free Companies to hand over the hostages before the end of the month.",
        "Second paragraph begins here and it runs to the very end of the page without a stop and goes on over there until it ends at last, "
        "full of well-known words.",
        "Third one is well-known.",
        "Fourth page begins.",
    ]
    assert "Records of the League" in document.metadata["page_furniture"]
    breaks = json.loads(document.metadata["pages"])
    assert [each["page"] for each in breaks] == ["1", "2", "3"]
    assert document.text[breaks[1]["at"] :].startswith("without a stop")
    assert "ocr" not in document.metadata


def line(text: str, top: float, left: float = 0.0, right: float = 400.0) -> Line:
    return Line(text, left, right, top, top + 10)


def test_paragraphs_end_at_gaps_indents_and_short_last_lines() -> None:
    lines = (
        line("First line of a paragraph that goes on", 0),
        line("and ends here.", 12, right=200),
        line("Second paragraph after a short line, long enough", 24),
        line("to go on without a stop", 36),
        line("Third one after a gap, and it has", 70),
        line("1. A numbered demand;", 82),
        line("2. Another demand.", 94),
    )
    text = running_text([Page(1, lines)]).text
    assert [each[:6] for each in text.split("\n\n")] == ["First ", "Second", "Third ", "1. A n", "2. Ano"]


def test_signatures_at_the_foot_of_pages_are_no_furniture() -> None:
    pages = [
        Page(
            number,
            (line(f"Article {number} says something of its own.", 0), line("For Sylvania", 100.0 * number)),
        )
        for number in range(1, 6)
    ]
    assert running_text(pages).text.count("For Sylvania") == 5


@pytest.mark.parametrize(
    ("stem", "following", "known", "between"),
    [
        ("hosta", "ges here", {}, ""),
        ("well", "known", {"well-known": 2, "wellknown": 0}, "-"),
        ("Anglo", "American", {}, "-"),
        ("non", "aligned", {}, "-"),
    ],
)
def test_hyphens_at_line_ends(stem: str, following: str, known: dict[str, int], between: str) -> None:
    assert _hyphen(stem, following, Counter(known), is_soft=False) == between


def test_nothing_on_the_pages_gives_an_empty_text() -> None:
    assert running_text([]).text == running_text([Page(1, ())]).text == ""


def scan(lines: list[list[str]]) -> bytes:
    buffer = io.BytesIO()
    first, *rest = [picture(each).convert("RGB") for each in lines]
    first.save(buffer, "PDF", resolution=200, save_all=True, append_images=rest)
    return buffer.getvalue()


SCANNED = [
    "The Council condemns the raid on the harbour of Esker",
    "and calls for the release of every prisoner taken there.",
]


@has_tesseract
def test_a_scan_is_recognised_and_marked_with_its_confidence(tmp_path: Path) -> None:
    write(tmp_path, {"a.pdf": scan([SCANNED])})
    (document,) = read_file(tmp_path / "a.pdf", options=ReadOptions(ocr_languages="eng"))
    assert document.text == " ".join(SCANNED)
    assert document.metadata["ocr"].startswith("tesseract")
    assert 0.8 < float(document.metadata["ocr_confidence"]) <= 1.0
    assert document.metadata["ocr_pages"] == "1"


@has_tesseract
def test_a_picture_is_recognised(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    picture(SCANNED).save(buffer, "PNG")
    write(tmp_path, {"a.png": buffer.getvalue()})
    (document,) = read_file(tmp_path / "a.png", options=ReadOptions(language="en"))
    assert document.text == " ".join(SCANNED)


@has_tesseract
def test_language_data_that_is_missing_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.pdf": scan([SCANNED])})
    with pytest.raises(MissingTool, match="tesseract-ocr-tlh"):
        read_file(tmp_path / "a.pdf", options=ReadOptions(ocr_languages="tlh"))


def test_without_recognition_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)
    monkeypatch.setattr(ocr, "has_rapidocr", lambda: False)
    write(tmp_path, {"a.pdf": scan([SCANNED, SCANNED])})
    (missing,) = read_documents(tmp_path / "a.pdf")
    assert isinstance(missing, Unreadable)
    assert missing.error == "MissingTool"
    assert "tesseract-ocr" in missing.reason
    assert "amity[ocr]" in missing.reason
    assert "\n" not in missing.reason


def test_recognition_that_is_off_leaves_scans_and_pictures(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    picture(["x"]).save(buffer, "PNG")
    write(tmp_path, {"a.pdf": scan([SCANNED]), "b.png": buffer.getvalue()})
    for name in ("a.pdf", "b.png"):
        with pytest.raises(UnreadableFile, match="recognition is off"):
            read_file(tmp_path / name, options=ReadOptions(ocr="off"))


def test_limits_on_pages_and_pixels(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    picture(["x"]).save(buffer, "PNG")
    write(
        tmp_path,
        {
            "a.pdf": pdf_bytes([page(each, ["Words enough for a page."]) for each in range(1, 4)]),
            "b.png": buffer.getvalue(),
        },
    )
    with pytest.raises(LimitExceeded, match="3 pages"):
        read_file(tmp_path / "a.pdf", options=ReadOptions(limits=Limits(pages=2)))
    with pytest.raises(LimitExceeded, match="pixels"):
        read_file(tmp_path / "b.png", options=ReadOptions(limits=Limits(pixels=1000)))


def test_a_pdf_from_matplotlib_is_read(tmp_path: Path) -> None:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasPdf(figure)
    figure.text(0.1, 0.5, "The Council welcomes the cease-fire of Verane.")
    figure.savefig(tmp_path / "a.pdf")
    (document,) = (each for each in read_documents(tmp_path / "a.pdf") if isinstance(each, Document))
    assert "The Council welcomes the cease-fire of Verane." in document.text
