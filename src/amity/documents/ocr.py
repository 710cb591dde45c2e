"""Text recognition for pages that are pictures: Tesseract where it is installed, else the ``ocr`` extra."""

import io
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from amity.documents.layout import Line
from amity.documents.records import ReadOptions
from amity.errors import LimitExceeded, MissingTool, UnreadableFile
from amity.text.languages import guess_language

if TYPE_CHECKING:
    from PIL.Image import Image

_TESSERACT_CODES = {
    "en": "eng",
    "fr": "fra",
    "es": "spa",
    "pt": "por",
    "it": "ita",
    "de": "deu",
    "nl": "nld",
    "ru": "rus",
}
_INSTALL = (
    "needs text recognition, which is not installed: install Tesseract (on Debian: apt-get install tesseract-ocr, and "
    "tesseract-ocr-fra and so on for further languages) or amity's extra (pip install 'amity[ocr]')"
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """
    What recognition made of one picture.

    Parameters
    ----------
    lines : tuple of Line
        In reading order.
    confidence : float
        Mean over characters, from 0 to 1; 0 for no words.
    n_characters : int
        Weight of the confidence.
    """

    lines: tuple[Line, ...]
    confidence: float
    n_characters: int


class Recogniser:
    """
    Text recognition for the pages of one file.

    Parameters
    ----------
    options : ReadOptions
        Languages and limits.

    Raises
    ------
    MissingTool
        If neither Tesseract nor the extra is installed; the message is one line that says what to install.
    """

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._program = shutil.which("tesseract")
        if self._program is None and not has_rapidocr():
            raise MissingTool(_INSTALL)
        self.languages = self._wanted_languages() if self._program else ""
        self._is_settled = bool(options.ocr_languages or options.language)
        self.n_pages = 0

    @property
    def name(self) -> str:
        """The engine with its version and languages, for the document's metadata."""
        if self._program is None:
            return "rapidocr"
        return f"{tesseract_version(self._program)} ({self.languages})"

    def _wanted_languages(self) -> str:
        installed = tesseract_languages(self._program or "")
        if self._options.ocr_languages:
            wanted = self._options.ocr_languages.split("+")
        elif self._options.language:
            wanted = [_TESSERACT_CODES.get(self._options.language, self._options.language)]
        else:
            wanted = [each for each in _TESSERACT_CODES.values() if each in installed] or list(installed[:1])
        if missing := [each for each in wanted if each not in installed]:
            packages = " ".join(f"tesseract-ocr-{each.replace('_', '-')}" for each in missing)
            raise MissingTool(
                f"needs Tesseract's language data {', '.join(missing)}: on Debian, apt-get install {packages}"
            )
        return "+".join(wanted)

    def recognise(self, picture: "Image") -> Recognised:
        """
        Return the lines of a picture.

        Parameters
        ----------
        picture : PIL image
            One page.

        Returns
        -------
        Recognised
            Boxes in pixels.

        Raises
        ------
        LimitExceeded
            If the file has more pages than may be recognised, or one takes too long.
        UnreadableFile
            If the engine fails.
        """
        limits = self._options.limits
        self.n_pages += 1
        if self.n_pages > limits.ocr_pages:
            raise LimitExceeded(
                f"has more than {limits.ocr_pages} pages to recognise; split it or raise the limit"
            )
        if self._program is None:
            return _run_rapidocr(picture)
        found = _parse_tsv(self._run_tesseract(picture))
        if not self._is_settled and "+" in self.languages and found.n_characters > 200:
            guessed = _TESSERACT_CODES.get(guess_language(" ".join(each.text for each in found.lines)), "")
            if guessed:  # one language is faster and surer than all
                self.languages, self._is_settled = guessed, True
                found = _parse_tsv(self._run_tesseract(picture))
        return found

    def _run_tesseract(self, picture: "Image") -> str:
        buffer = io.BytesIO()
        picture.save(buffer, "PNG", dpi=(300, 300), compress_level=1)
        command = [self._program or "tesseract", "stdin", "stdout", "-l", self.languages, "--psm", "3", "tsv"]
        try:
            done = subprocess.run(
                command,
                input=buffer.getvalue(),
                capture_output=True,
                timeout=self._options.limits.ocr_seconds,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise LimitExceeded(
                f"page took longer than {self._options.limits.ocr_seconds} s to recognise"
            ) from error
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode("utf-8", "replace").strip().splitlines()
            raise UnreadableFile(f"Tesseract failed: {said[-1] if said else error}") from error
        return done.stdout.decode("utf-8", "replace")


def has_rapidocr() -> bool:
    """
    Whether the ``ocr`` extra is installed.

    Returns
    -------
    bool
        Without importing it.
    """
    from importlib.util import find_spec

    return find_spec("rapidocr") is not None


@cache
def tesseract_version(program: str) -> str:
    """
    Return the program's name and version.

    Parameters
    ----------
    program : str
        Its path.

    Returns
    -------
    str
        As in ``tesseract 5.3.0``.
    """
    done = subprocess.run([program, "--version"], capture_output=True, timeout=30, check=False)
    lines = (done.stdout or done.stderr).decode("utf-8", "replace").splitlines()
    return lines[0].strip() if lines else "tesseract"


@cache
def tesseract_languages(program: str) -> tuple[str, ...]:
    """
    Return the languages that Tesseract has data for.

    Parameters
    ----------
    program : str
        Its path.

    Returns
    -------
    tuple of str
        Its own codes, sorted.
    """
    done = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, check=False)
    lines = (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace").splitlines()
    return tuple(
        sorted({each.strip() for each in lines if each.strip() and " " not in each.strip()} - {"osd"})
    )


def _parse_tsv(table: str) -> Recognised:
    words: dict[tuple[int, int, int], list[tuple[str, float, int, int, int, int]]] = {}
    for row in _tsv_rows(table):
        level, _, block, paragraph, line, _, left, top, width, height = (int(each) for each in row[:10])
        text, confidence = row[11].strip(), float(row[10])
        if level == 5 and text and confidence >= 0:
            words.setdefault((block, paragraph, line), []).append(
                (text, confidence, left, top, left + width, top + height)
            )
    lines, weight, total = list[Line](), 0, 0.0
    for (block, paragraph, _), found in words.items():
        lines.append(
            Line(
                " ".join(each[0] for each in found),
                min(each[2] for each in found),
                max(each[4] for each in found),
                min(each[3] for each in found),
                max(each[5] for each in found),
                block * 1000 + paragraph,
            )
        )
        weight += sum(len(each[0]) for each in found)
        total += sum(len(each[0]) * each[1] / 100 for each in found)
    return Recognised(tuple(lines), total / weight if weight else 0.0, weight)


def _tsv_rows(table: str) -> Iterator[Sequence[str]]:
    for line in table.splitlines()[1:]:
        row = line.split("\t", 11)
        if len(row) == 12:
            yield row


def _run_rapidocr(picture: "Image") -> Recognised:
    import numpy as np
    from rapidocr import RapidOCR

    answer = _rapidocr_engine(RapidOCR)(np.asarray(picture.convert("RGB")))
    if answer.boxes is None:
        return Recognised((), 0.0, 0)
    lines = [
        Line(
            text,
            float(box[:, 0].min()),
            float(box[:, 0].max()),
            float(box[:, 1].min()),
            float(box[:, 1].max()),
        )
        for box, text in zip(answer.boxes, answer.txts, strict=True)
    ]
    weight = sum(len(each) for each in answer.txts)
    total = sum(len(text) * float(score) for text, score in zip(answer.txts, answer.scores, strict=True))
    return Recognised(tuple(lines), total / weight if weight else 0.0, weight)


@cache
def _rapidocr_engine(maker: Any) -> Any:
    return maker(params={"Global.log_level": "critical"})  # it reports every model it loads
