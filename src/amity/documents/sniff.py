"""What kind of file some bytes are, by their beginning first and by the name second."""

from pathlib import PurePosixPath

from amity.errors import UnknownFormat
from amity.text.encodings import detect_encoding

_BINARY = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n": "image",
    b"\xff\xd8\xff": "image",
    b"II*\x00": "image",
    b"MM\x00*": "image",
    b"GIF8": "image",
    b"BM": "image",
}
_ADVICE = {
    b"{\\rtf": "is Rich Text Format; save it as DOCX, ODT or text",
    b"\xd0\xcf\x11\xe0": "is an old or encrypted Office file; save it as DOCX without a password",
    b"\x1f\x8b": "is packed with gzip; unpack it first",
    b"BZh": "is packed with bzip2; unpack it first",
    b"\xfd7zXZ": "is packed with xz; unpack it first",
    b"7z\xbc\xaf": "is a 7z archive; unpack it or pack it as zip",
    b"Rar!": "is a RAR archive; unpack it or pack it as zip",
    b"SQLite format 3": "is a database; if it is an amity project, open it instead of reading it",
    b"PAR1": "is a Parquet table; export it as CSV or JSON Lines",
}
_BY_SUFFIX = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "xml",
    ".tei": "xml",
    ".akn": "xml",
}
_OFFICE_ADVICE = {
    ".xlsx": "is a spreadsheet; export it as CSV",
    ".ods": "is a spreadsheet; export it as CSV",
    ".pptx": "is a presentation; export it as PDF",
    ".odp": "is a presentation; export it as PDF",
    ".epub": "is an e-book; export it as HTML or text",
}
HEAD_BYTES = 8192


def sniff(head: bytes, name: str) -> str:
    """
    Return which reader a file needs.

    Parameters
    ----------
    head : bytes
        Its first 8,192 bytes.
    name : str
        Its name, for what the bytes leave open.

    Returns
    -------
    str
        ``pdf``, ``image``, ``zip`` (DOCX and ODT are told apart by their members), ``xml``, ``html``, ``csv``, ``jsonl``,
        ``json``, ``markdown`` or ``plain``.

    Raises
    ------
    UnknownFormat
        If amity does not read this kind of file; the message says what to do.
    """
    suffix = PurePosixPath(name).suffix.lower()
    for mark, advice in _ADVICE.items():
        if head.startswith(mark):
            raise UnknownFormat(advice)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if suffix in _OFFICE_ADVICE:
            raise UnknownFormat(_OFFICE_ADVICE[suffix])
        return "zip"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for mark, kind in _BINARY.items():
        if head.startswith(mark) and (len(mark) > 2 or suffix == ".bmp"):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    return _text_kind(head, suffix)


def _text_kind(head: bytes, suffix: str) -> str:
    encoding, skip, _ = detect_encoding(head, is_whole=len(head) < HEAD_BYTES)
    beginning = head[skip:].decode(encoding, "replace").lstrip().lower()
    if beginning.startswith(("<!doctype html", "<html")) or (
        beginning.startswith("<?xml") and "<html" in beginning
    ):
        return "html"
    if beginning.startswith("<?xml"):
        return "xml"
    kind = _BY_SUFFIX.get(suffix, "plain")
    if kind == "plain" and beginning.startswith(("<tei", "<teicorpus", "<akomantoso")):
        return "xml"
    return kind
