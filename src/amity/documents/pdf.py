"""PDF files by their text layer, and scans and pictures by text recognition."""

import io
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from amity.documents.layout import Line, Page, running_text
from amity.documents.ocr import Recogniser
from amity.documents.records import Draft, ReadOptions, Unreadable
from amity.errors import LimitExceeded, MissingTool, UnreadableFile

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 300
_FEW = 15  # a page with fewer letters has no text layer worth the name
_LINE_END_HYPHENS = (0x02, 0xFFFE)  # what PDFium puts for a hyphen and the line break after it
_JUNK_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|tiff?|wpd|rtf|odt)\b|\AMicrosoft Word|\Auntitled|\A\W*\Z|\A\S*[_\d]\S*\Z",
    re.IGNORECASE,
)


class _Recognition:
    """What recognition did in one file, and what it could not."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._recogniser: Recogniser | None = None
        self.missing: MissingTool | None = None
        self.pages: list[int] = []
        self.pages_left: list[int] = []
        self._weight, self._total = 0, 0.0

    def lines(self, picture: "Image", number: int) -> tuple[Line, ...]:
        try:
            if self.missing is None and self._recogniser is None:
                self._recogniser = Recogniser(self._options)
        except MissingTool as error:
            self.missing = error
        if self._recogniser is None:
            self.pages_left.append(number)
            return ()
        found = self._recogniser.recognise(picture)
        self.pages.append(number)
        self._weight += found.n_characters
        self._total += found.confidence * found.n_characters
        return found.lines

    def metadata(self) -> dict[str, str]:
        if self._recogniser is None or not self.pages:
            return {}
        return {
            "ocr": self._recogniser.name,
            "ocr_confidence": f"{self._total / self._weight if self._weight else 0.0:.3f}",
            "ocr_pages": _ranges(self.pages),
        }


def read_pdf(data: bytes, options: ReadOptions, *, path: str) -> Iterator[Draft | Unreadable]:
    """
    Yield the one text of a PDF file.

    Parameters
    ----------
    data : bytes
        The file.
    options : ReadOptions
        Whether and in which languages pages without text are recognised; limits.
    path : str
        The file, for messages.

    Yields
    ------
    Draft or Unreadable
        Running text without page furniture; page breaks in the metadata, and for recognised pages the engine and its mean confidence; then
        the pages that could not be read, if any.

    Raises
    ------
    MissingTool
        If no page has a text layer and no recognition is installed.
    LimitExceeded
        If the file has too many pages.
    UnreadableFile
        If it is damaged, locked, or holds no words.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        advice = (
            "is locked with a password; save it without one"
            if locked
            else f"is a damaged PDF ({error}); fetch or export it again"
        )
        raise UnreadableFile(advice) from error
    try:
        yield from _read_open_pdf(document, options, path)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"has a damaged page ({error}); export it again") from error
    finally:
        document.close()


def _read_open_pdf(document: Any, options: ReadOptions, path: str) -> Iterator[Draft | Unreadable]:
    if len(document) > options.limits.pages:
        raise LimitExceeded(
            f"has {len(document)} pages, more than the {options.limits.pages} that are read; split it"
        )
    recognition = _Recognition(options)
    pages, empty, over_scan = list[Page](), list[int](), 0
    for index in range(len(document)):
        page = document[index]
        try:
            lines = _text_lines(page)
            is_scan = _is_scan(page)
            has_text = sum(len(each.text) for each in lines) >= _FEW
            over_scan += is_scan and has_text
            is_drawn = is_scan or (not lines and next(iter(page.get_objects(max_depth=1)), None) is not None)
            if options.ocr == "on" or (options.ocr == "auto" and not has_text and is_drawn):
                lines = recognition.lines(_picture(page, options), index + 1) or lines
            elif not has_text and is_drawn:
                empty.append(index + 1)
        finally:
            page.close()
        pages.append(Page(index + 1, lines))
    properties = {key: str(value).strip() for key, value in document.get_metadata_dict().items()}
    draft = _page_draft(pages, recognition, options, empty)
    title = properties.get("Title", "")
    yield (
        Draft(draft.text, title="" if _JUNK_TITLE.search(title) else title, metadata=draft.metadata)
    ).with_metadata(
        author=properties.get("Author", ""),
        file_created=properties.get("CreationDate", ""),
        text_layer=f"over a scan on {over_scan} of {len(pages)} pages: recognised by the file's maker"
        if over_scan
        else "",
    )
    yield from _unread_pages(recognition, empty, path)


def _unread_pages(recognition: _Recognition, empty: list[int], path: str) -> Iterator[Unreadable]:
    if recognition.pages_left and recognition.missing is not None:
        yield Unreadable(
            path, f"pages {_ranges(recognition.pages_left)}", str(recognition.missing), "MissingTool"
        )
    if empty:
        yield Unreadable(
            path,
            f"pages {_ranges(empty)}",
            "are pictures without text, and text recognition is off",
            "UnreadableFile",
        )


def read_image(data: bytes, options: ReadOptions) -> Iterator[Draft]:
    """
    Yield the one text of a picture, by text recognition.

    Parameters
    ----------
    data : bytes
        PNG, JPEG, TIFF (each frame a page), GIF, BMP or WebP.
    options : ReadOptions
        Languages and limits.

    Yields
    ------
    Draft
        Running text; engine and mean confidence in the metadata.

    Raises
    ------
    MissingTool
        If no recognition is installed.
    LimitExceeded
        If the picture is too large.
    UnreadableFile
        If it is damaged or holds no words, or recognition is off.
    """
    from PIL import Image, ImageSequence

    if options.ocr == "off":
        raise UnreadableFile("is a picture, and text recognition is off; turn it on to read it")
    recognition = _Recognition(options)
    pages = list[Page]()
    with Image.open(io.BytesIO(data)) as picture:
        _check_pixels(*picture.size, options)
        for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
            _check_pixels(*frame.size, options)
            pages.append(Page(number, recognition.lines(frame.convert("L"), number)))
    yield _page_draft(pages, recognition, options, [])


def _page_draft(
    pages: list[Page], recognition: _Recognition, options: ReadOptions, empty: list[int]
) -> Draft:
    running = running_text(pages)
    if not running.text.strip():
        if recognition.missing is not None:
            raise recognition.missing
        if empty:
            raise UnreadableFile(
                "is a scan without a text layer, and text recognition is off; turn it on to read it"
            )
        tried = (
            f"; text recognition found none on {len(recognition.pages)} pages" if recognition.pages else ""
        )
        raise UnreadableFile(f"holds no words{tried}")
    return Draft(running.text, metadata=recognition.metadata()).with_metadata(
        pages=json.dumps([{"at": at, "page": number} for at, number in running.pages])
        if len(pages) > 1
        else "",
        page_furniture=" | ".join(running.furniture[:50]),
        n_pages=str(len(pages)),
    )


def _text_lines(page: Any) -> tuple[Line, ...]:
    from pypdfium2 import raw

    height = page.get_height()
    text_page = page.get_textpage()
    try:
        lines, codes, first, last = list[Line](), list[int](), -1, -1
        for index in range(text_page.count_chars() + 1):
            code = raw.FPDFText_GetUnicode(text_page, index) if index < text_page.count_chars() else 10
            if code in _LINE_END_HYPHENS:
                codes.append(ord("\u00ad"))
            if code in (10, 13, *_LINE_END_HYPHENS):
                if first >= 0 and (words := _characters(codes).strip()):
                    left, bottom, _, top = text_page.get_charbox(first)
                    right = text_page.get_charbox(last)[2]
                    lines.append(Line(words, left, right, height - top, height - bottom))
                codes, first, last = [], -1, -1
                continue
            codes.append(code)
            if code > 32 and not raw.FPDFText_IsGenerated(text_page, index):
                first, last = (index if first < 0 else first), index
        return tuple(lines)
    finally:
        text_page.close()


def _characters(codes: list[int]) -> str:
    """Return UTF-16 units or code points as text; what stands for no character is U+FFFD."""
    written = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes if code)
    return written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _is_scan(page: Any) -> bool:
    from pypdfium2 import raw

    area = page.get_width() * page.get_height()
    covered = 0.0
    for number, each in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        left, bottom, right, top = each.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
        if number > 500:
            break
    return bool(area and covered > 0.4 * area)


def _picture(page: Any, options: ReadOptions) -> "Image":
    scale = _DPI / 72
    pixels = page.get_width() * page.get_height() * scale * scale
    if pixels > options.limits.pixels:
        scale *= (options.limits.pixels / pixels) ** 0.5
    picture: Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture


def _check_pixels(width: int, height: int, options: ReadOptions) -> None:
    if width * height > options.limits.pixels:
        raise LimitExceeded(
            f"is a picture of {width} x {height} pixels, more than {options.limits.pixels}; scale it down"
        )


def _ranges(numbers: list[int]) -> str:
    parts = list[list[int]]()
    for each in numbers:
        if parts and each == parts[-1][-1] + 1:
            parts[-1][1:] = [each]
        else:
            parts.append([each])
    return ", ".join("-".join(str(each) for each in part) for part in parts)
