"""Codings in the codebook's own JSON: one object a document, the form of the gold."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord, UnreadableFile
from amity.evaluation import document_from_json, read_gold
from amity.formats.files import file_name, read_text, write_text
from amity.formats.records import CodedDocument, FilePath, Imported, only_coded
from amity.model import Coding, Document, coding_from_json, coding_to_json


def write_coding_json(pairs: Iterable[CodedDocument], path: FilePath, *, texts: bool = True) -> list[Path]:
    """
    Return the paths of coded documents written in the codebook's form.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        A folder, for one ``ID.json`` a document with its ``ID.txt`` beside; or ``NAME.jsonl``, for one line a document
        with the text inside; or ``NAME.json``, the same for a single document.
    texts : bool
        Whether the texts are written too.

    Returns
    -------
    list of Path
        In the order written.

    Raises
    ------
    InvalidRecord
        If `path` ends in ``.json`` and there is not exactly one document.

    Notes
    -----
    `amity.evaluation.read_gold` reads the folder; ids that no file name can hold are changed in the name, never in the record.
    """
    target = Path(path)
    checked = only_coded(pairs)
    if target.suffix.lower() == ".jsonl":
        lines = [
            json.dumps(_record(document, coding, embed=texts), ensure_ascii=False)
            for document, coding in checked
        ]
        return [write_text(target, "".join(f"{line}\n" for line in lines))]
    if target.suffix.lower() == ".json" and not target.is_dir():
        if len(checked) != 1:
            raise InvalidRecord(
                f"{target} can hold one document, not {len(checked)}; name a folder or a .jsonl file"
            )
        record = _record(*checked[0], embed=texts)
        return [write_text(target, json.dumps(record, ensure_ascii=False, indent=1) + "\n")]
    written: list[Path] = []
    taken: set[str] = set()
    for document, coding in checked:
        name = file_name(document.id, taken=taken)
        taken.add(name.casefold())
        text = json.dumps(_record(document, coding, embed=False), ensure_ascii=False, indent=1)
        written.append(write_text(target / f"{name}.json", text + "\n"))
        if texts:
            written.append(write_text(target / f"{name}.txt", document.text))
    return written


def _record(document: Document, coding: Coding, *, embed: bool) -> dict[str, Any]:
    record = coding_to_json(coding, document)
    for field in ("place", "publisher", "citation"):
        if getattr(document, field):
            record[field] = getattr(document, field)
    if document.metadata:
        record["metadata"] = dict(document.metadata)
    if embed:
        record["text"] = document.text
    return record


def read_coding_json(path: FilePath, *, texts: FilePath | None = None) -> Imported:
    """
    Return the documents and codings of files in the codebook's form.

    Parameters
    ----------
    path : path
        A folder of ``ID.json``, one such file, or a ``.jsonl`` with texts inside.
    texts : path, optional
        Folder of ``ID.txt``; see `amity.evaluation.read_gold`.

    Returns
    -------
    Imported
        Documents and codings.

    Raises
    ------
    UnreadableFile
        If a file is not JSON.
    InvalidRecord
        If a record is not in the codebook's form.
    NotFound
        If there is no record, or a text is nowhere.
    SpanMismatch
        If offsets lie outside the text.
    """
    if Path(path).suffix.lower() != ".jsonl":
        pairs = read_gold(path, texts=texts)
        return Imported(tuple(each for each, _ in pairs), tuple(each for _, each in pairs))
    documents, codings = [], []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise UnreadableFile(f"{path}, line {number}, is not JSON: {error}") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise InvalidRecord(
                f"{path}, line {number}, is no coding with its text; expected an object with text"
            )
        documents.append(document_from_json(record))
        codings.append(coding_from_json(record, documents[-1]))
    return Imported(tuple(documents), tuple(codings))
