"""From bytes to text: which encoding a file uses, and its characters with one kind of line end."""

import codecs
import re
from dataclasses import dataclass

from amity.errors import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "cp866")
# The fifteen commonest letters make up four fifths of running Russian (Lyashevskaya and Sharov 2009).
_COMMON_RUSSIAN = frozenset("оеаинтсрвлкмдпу")
_SAMPLE = 200_000
_CAPITAL_INSIDE = re.compile(r"(?<=[а-яё])[А-ЯЁ]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SYMBOL_IN_WORD = re.compile(r"[¹³¢£¥¦¨ª¯¶¸º¼½¾±](?=[a-z])|(?<=[^\W\d_])[¿¡](?=[^\W\d_])")
_CENTRAL = ("cp1250", "iso8859-2")


@dataclass(frozen=True, slots=True)
class Decoded:
    """
    A file's characters and how they were read.

    Parameters
    ----------
    text : str
        Without byte order mark; line ends are LF.
    encoding : str
        Name of the encoding, as Python spells it.
    is_certain : bool
        False where a one-byte encoding was guessed from the letters.
    newlines : str
        ``lf``, ``crlf``, ``cr``, ``mixed`` or ``none``: what the file used.
    n_replaced : int
        Characters that no text can hold (NUL, lone surrogates), now U+FFFD.
    """

    text: str
    encoding: str
    is_certain: bool
    newlines: str
    n_replaced: int


def decode(data: bytes, *, declared: str = "") -> Decoded:
    """
    Return the text that bytes hold.

    Parameters
    ----------
    data : bytes
        A whole file.
    declared : str
        The encoding that the file or its sender names; used if it fits.

    Returns
    -------
    Decoded
        The text with LF line ends; code points are otherwise the file's own (no Unicode normalisation).

    Raises
    ------
    UnreadableFile
        If the bytes are not text.

    Notes
    -----
    In order: byte order mark; UTF-16 without mark (NULs on one side of its byte pairs only); UTF-8; the declared
    encoding; where more than half of the letters lie above ASCII, the Cyrillic encoding under which most letters are
    the commonest ones of Russian, else what charset-normalizer finds; cp1250 or Latin-2 where cp1252 would set signs like ³ inside words; for the rest cp1252 (Latin-1 where it
    uses no byte that sets the two apart, and where a byte has no meaning in cp1252).
    """
    encoding, skip, certain = detect_encoding(data, declared=declared)
    try:
        text = data[skip:].decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        if not certain:
            raise UnreadableFile("is not text in any encoding that amity knows; save it as UTF-8") from error
        raise UnreadableFile(
            f"is not {encoding} all through, as it begins ({error}); save it as UTF-8"
        ) from error
    controls = len(_CONTROL.findall(text, 0, _SAMPLE))
    if controls > 2 + min(len(text), _SAMPLE) // 100:
        raise UnreadableFile(
            f"is not text: {controls} control characters in its first {min(len(text), _SAMPLE)}; "
            "export it as UTF-8 text, DOCX or PDF"
        )
    clean, newlines, replaced = clean_characters(text)
    return Decoded(clean, encoding, certain, newlines, replaced)


def clean_characters(text: str) -> tuple[str, str, int]:
    """
    Return a text with LF line ends and without what a text cannot hold.

    Parameters
    ----------
    text : str
        Any string.

    Returns
    -------
    text : str
        CRLF and CR are LF; NUL and lone surrogates are U+FFFD.
    newlines : str
        ``lf``, ``crlf``, ``cr``, ``mixed`` or ``none``.
    n_replaced : int
        How many characters became U+FFFD.
    """
    crlf = text.count("\r\n")
    cr = text.count("\r") - crlf
    lf = text.count("\n") - crlf
    kinds = [name for name, number in (("crlf", crlf), ("cr", cr), ("lf", lf)) if number]
    newlines = "none" if not kinds else kinds[0] if len(kinds) == 1 else "mixed"
    if crlf or cr:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, replaced = _UNSTORABLE.subn("\ufffd", text)
    return text, newlines, replaced


def detect_encoding(data: bytes, *, declared: str = "", is_whole: bool = True) -> tuple[str, int, bool]:
    """
    Return the encoding of a file.

    Parameters
    ----------
    data : bytes
        A file or its beginning.
    declared : str
        The encoding that the file or its sender names.
    is_whole : bool
        False where `data` may end inside a character.

    Returns
    -------
    encoding : str
        As Python spells it.
    skip : int
        Bytes of the byte order mark.
    is_certain : bool
        False where it was guessed from the letters.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, len(mark), True
    if name := _utf16_without_mark(data[:4096]):
        return name, 0, True
    if _is_utf8(data, is_whole):
        return "utf-8", 0, True
    if declared and _fits(data, declared):
        return codecs.lookup(declared).name, 0, True
    return _one_byte_encoding(data), 0, False


def _utf16_without_mark(sample: bytes) -> str:
    pairs = len(sample) // 2
    if pairs < 4 or b"\x00" not in sample:
        return ""
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    # Latin text has a NUL in nearly every pair; Cyrillic has it only in spaces and signs, but never on the other side.
    if odd > pairs * 0.02 and even == 0 and _fits(sample[: pairs * 2], "utf-16-le"):
        return "utf-16-le"
    if even > pairs * 0.02 and odd == 0 and _fits(sample[: pairs * 2], "utf-16-be"):
        return "utf-16-be"
    return ""


def _is_utf8(data: bytes, is_whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, is_whole)
    except UnicodeDecodeError:
        return False
    return True


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _one_byte_encoding(data: bytes) -> str:
    sample = data[:_SAMPLE]
    letters = sum(
        sample.count(bytes([each])) for each in b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )
    high = sum(each >= 0x80 for each in sample)
    if high > max(letters, 7):
        return _cyrillic_encoding(sample) or _statistical_encoding(sample) or "cp1252"
    symbols = len(_SYMBOL_IN_WORD.findall(sample.decode("cp1252", "replace")))
    if symbols * 5 > high:  # words with ¹ or ³ inside are of another alphabet than Western Europe's
        return max(_CENTRAL, key=lambda name: sum(map(str.isalpha, sample.decode(name, "replace"))))
    if any(0x80 <= each <= 0x9F for each in data) and _fits(data, "cp1252"):
        return "cp1252"
    return "latin-1"


def _cyrillic_encoding(sample: bytes) -> str:
    best, best_score = "", 0.6
    for name in _CYRILLIC:
        text = sample.decode(name, "replace")
        letters = [each for each in text if each.isalpha() and ord(each) > 0x7F]
        total = sum(ord(each) > 0x7F for each in text)
        if not letters or len(letters) < 0.8 * total:
            continue
        common = sum(each.lower() in _COMMON_RUSSIAN for each in letters) / len(letters)
        score = common - 2 * len(_CAPITAL_INSIDE.findall(text)) / len(letters)
        if score > best_score:
            best, best_score = name, score
    return best


def _statistical_encoding(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else ""
