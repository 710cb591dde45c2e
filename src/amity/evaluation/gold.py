"""Gold codings from a folder: the codebook's JSON, each with its text."""

import json
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord, NotFound, UnreadableFile
from amity.model import Coding, Document, coding_from_json


def read_gold(
    directory: str | PathLike[str], *, texts: str | PathLike[str] | None = None
) -> list[tuple[Document, Coding]]:
    """
    Return the documents and codings of a folder of JSON files in the codebook's form.

    Parameters
    ----------
    directory : path
        A folder of ``ID.json`` (folders below it are searched where it holds none itself), or one such file.
    texts : path, optional
        Folder of ``ID.txt``, looked into first.

    Returns
    -------
    list of (Document, Coding)
        Sorted by path. A text comes from the record's ``text``, else from ``ID.txt`` in `texts`, beside the
        JSON, in ``documents`` beside the JSON's folder, or in ``corpus/documents`` beside the gold's folder.

    Raises
    ------
    NotFound
        If there is no JSON file, or a record's text is nowhere.
    UnreadableFile
        If a file is not JSON or not UTF-8.
    InvalidRecord
        If a record is not in the codebook's form.
    SpanMismatch
        If offsets lie outside the text.
    """
    root = Path(directory)
    if root.is_file():
        paths = [root]
    else:
        paths = sorted(root.glob("*.json")) or sorted(root.rglob("*.json"))
    if not paths:
        raise NotFound(f"{root} holds no JSON file; give the folder with one ID.json a document")
    return [_read_one(path, None if texts is None else Path(texts)) for path in paths]


def _read_one(path: Path, texts: Path | None) -> tuple[Document, Coding]:
    try:
        record = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFile(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(record, dict) or "actors" not in record or "positions" not in record:
        raise InvalidRecord(
            f"{path} is not a coding: expected one JSON object with actors and positions; see the codebook"
        )
    identity = str(record.get("id") or path.stem)
    text = record.get("text")
    if not isinstance(text, str):
        text = _find_text(path, identity, texts)
    try:
        document = document_from_json({**record, "id": identity, "text": text})
        return document, coding_from_json(record, document)
    except InvalidRecord as error:
        raise InvalidRecord(f"{path}: {error}") from error


def document_from_json(record: dict[str, Any]) -> Document:
    """
    Return the document that a coding's JSON object describes.

    Parameters
    ----------
    record : dict
        The codebook's form with ``text``; issuers and addressees are actor ids and become names.

    Returns
    -------
    Document
        With the record's text as it stands.

    Raises
    ------
    InvalidRecord
        If ``id`` or ``text`` is missing, or a field has another type.
    """
    try:
        names = {str(each["id"]): str(each["name"]) for each in record.get("actors", ())}
        for field in ("text", "title", "place", "kind", "language", "publisher", "citation"):
            if not isinstance(record.get(field) or "", str):
                raise TypeError(f"{field} is {type(record[field]).__name__}, expected text")

        def named(field: str) -> tuple[str, ...]:
            return tuple(names.get(str(each), str(each)) for each in record.get(field) or ())

        return Document(
            str(record["id"]),
            record["text"],
            title=record.get("title") or "",
            date=record.get("date") or None,
            issuers=named("issuers"),
            addressees=named("addressees"),
            place=record.get("place") or "",
            kind=record.get("kind") or "",
            language=record.get("language") or "",
            publisher=record.get("publisher") or "",
            citation=record.get("citation") or "",
            metadata={str(k): str(v) for k, v in (record.get("metadata") or {}).items()},
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InvalidRecord(
            f"the record is not in the codebook's form: {type(error).__name__} {error}"
        ) from error


def _find_text(path: Path, identity: str, texts: Path | None) -> str:
    tried: list[str] = []
    for candidate in _places(path, identity, texts):
        if candidate.is_file():
            try:
                return candidate.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise UnreadableFile(f"{candidate} is not UTF-8: {error}") from error
        tried.append(str(candidate))
    raise NotFound(
        f"the text of {path} is in none of {', '.join(tried)}; name the folder of texts, or put ID.txt beside the JSON"
    )


def _places(path: Path, identity: str, texts: Path | None) -> Iterator[Path]:
    folders: Iterable[Path] = (
        path.parent,
        path.parent.parent / "documents",
        path.parent.parent.parent / "corpus" / "documents",
        path.parent.parent / "corpus" / "documents",
    )
    # the file's own name, never a name out of the record that could lead elsewhere
    names = [f"{path.stem}.txt"]
    if identity != path.stem and Path(identity).name == identity:
        names.append(f"{identity}.txt")
    for folder in (*([] if texts is None else [texts]), *folders):
        for name in names:
            yield folder / name
