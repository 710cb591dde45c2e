"""From a draft to a document: fields from table, name, file and text, in this order, each with its provenance."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from amity.documents.columns import match_columns
from amity.documents.dates import read_date
from amity.documents.head import find_metadata
from amity.documents.identity import Ids, plain_id
from amity.documents.metadata import MetadataTable
from amity.documents.pattern import compile_pattern, read_pattern
from amity.documents.records import FIELDS, Draft, ReadOptions, Unreadable
from amity.documents.walk import Source
from amity.model import Document
from amity.text.encodings import clean_characters
from amity.text.languages import guess_language

Value = str | tuple[str, ...]


class Assembler:
    """
    What turns the drafts of one run into documents.

    Parameters
    ----------
    options : ReadOptions
        As given.

    Raises
    ------
    InvalidValue
        If the pattern or the column mapping has an unknown field.
    """

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.tables: list[MetadataTable] = []
        self._ids = Ids()
        self._pattern = compile_pattern(options.pattern) if options.pattern else None
        match_columns((), options.columns)

    def assemble(
        self, drafts: Iterator[Draft | Unreadable], source: Source
    ) -> Iterator[Document | Unreadable]:
        """
        Yield the documents that the drafts of one file become.

        Parameters
        ----------
        drafts : iterator of Draft or Unreadable
            The file's texts.
        source : Source
            The file.

        Yields
        ------
        Document or Unreadable
            In the file's order.
        """
        first = next(drafts, None)
        if first is None:
            yield Unreadable(source.label, source.member, "holds no document")
            return
        second = next(drafts, None)
        is_only = second is None or (
            isinstance(second, Unreadable) and isinstance(first, Draft) and not first.local_id
        )
        for draft in _chain(first, second, drafts):
            if isinstance(draft, Unreadable):
                place = ", ".join(each for each in (source.member, draft.place) if each)
                yield Unreadable(draft.path, place, draft.reason, draft.error)
            else:
                yield self._finish(draft, source, is_only)

    def _finish(self, draft: Draft, source: Source, is_only: bool) -> Document | Unreadable:
        place = ", ".join(each for each in (source.member, draft.where) if each)
        text, _, replaced = clean_characters(draft.text)
        if not text.strip():
            return Unreadable(source.label, place, "holds no words")
        if len(text) > (most := self.options.limits.characters):
            reason = f"has {len(text)} characters, more than the {most} of one document; split it or raise the limit"
            return Unreadable(source.label, place, reason, "LimitExceeded")
        row = self._row(source.path, draft.local_id, is_only)
        named = read_pattern(self._pattern, str(source.path)) if self._pattern is not None else {}
        values, provenance = self._values(draft, row, named, text)
        metadata = dict(draft.metadata)
        if row is not None:
            metadata |= {key: each for key, each in row.metadata.items() if each}
        metadata.setdefault("source_file", str(source.path))
        metadata = {_clean(key): _clean(each) for key, each in metadata.items()}
        if replaced:
            metadata["replaced_characters"] = str(replaced)
        date = _dated(values, provenance, metadata)
        identity = self._identity(draft, source.path, row, named, is_only)
        return Document(
            identity,
            text,
            title=_text(values, "title"),
            date=date,
            issuers=_names(values, "issuers"),
            addressees=_names(values, "addressees"),
            place=_text(values, "place"),
            kind=_text(values, "kind"),
            language=_text(values, "language"),
            publisher=_text(values, "publisher"),
            citation=_text(values, "citation"),
            metadata=metadata,
            provenance=provenance,
        )

    def _row(self, path: PurePosixPath, local_id: str, is_only: bool) -> Draft | None:
        for table in reversed(self.tables):  # the nearest folder's was met last
            if (row := table.find(path, local_id, is_only=is_only)) is not None:
                return row
        return None

    def _values(
        self, draft: Draft, row: Draft | None, named: Mapping[str, str], text: str
    ) -> tuple[dict[str, Value], dict[str, str]]:
        values, provenance = dict[str, Value](), dict[str, str]()

        def fill(field: str, value: Value, origin: str) -> None:
            if value and field not in values:
                values[field] = _clean(value) if isinstance(value, str) else tuple(map(_clean, value))
                provenance[field] = origin

        if self.options.language:
            fill("language", self.options.language, "table")
        for field in FIELDS:
            fill(field, getattr(row, field) if row is not None else "", "table")
            value = named.get(field, "")
            fill(field, (value,) if value and field in ("issuers", "addressees") else value, "pattern")
            fill(field, getattr(draft, field), "found" if field in draft.found else "file")
        fill("language", guess_language(text), "found")
        if self.options.find_metadata:
            found = find_metadata(text, title=_text(values, "title"))
            for field in ("title", "date", "issuers", "addressees", "place", "kind"):
                fill(field, getattr(found, field), "found")
        fill("issuers", (draft.outlet,) if draft.outlet else "", "found")
        return values, provenance

    def _identity(
        self, draft: Draft, path: PurePosixPath, row: Draft | None, named: Mapping[str, str], is_only: bool
    ) -> str:
        if is_only and not draft.is_global_id and row is not None and row.local_id:
            wanted = row.local_id
        elif is_only and "id" in named:
            wanted = named["id"]
        elif draft.local_id and draft.is_global_id:
            wanted = draft.local_id
        elif is_only or not draft.local_id:
            wanted = path.stem
        else:
            local = draft.local_id
            wanted = local if local.startswith(path.stem) else f"{path.stem}-{local}"
        return self._ids.new(plain_id(wanted), path)


def _chain(
    first: Draft | Unreadable, second: Draft | Unreadable | None, rest: Iterator[Draft | Unreadable]
) -> Iterator[Draft | Unreadable]:
    yield first
    if second is not None:
        yield second
        yield from rest


def _dated(values: Mapping[str, Value], provenance: dict[str, str], metadata: dict[str, str]) -> str | None:
    given = _text(values, "date")
    date = read_date(given) if given else None
    if given and date is None:
        metadata["date_as_given"] = given
        provenance.pop("date")
    return date


def _clean(text: str) -> str:
    return clean_characters(text)[0]


def _text(values: Mapping[str, Value], field: str) -> str:
    value = values.get(field, "")
    return value if isinstance(value, str) else "; ".join(value)


def _names(values: Mapping[str, Value], field: str) -> tuple[str, ...]:
    value = values.get(field, ())
    return (value,) if isinstance(value, str) else value
