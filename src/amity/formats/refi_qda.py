"""REFI-QDA projects (.qdpx) and codebooks (.qdc), for NVivo, MAXQDA, ATLAS.ti, QualCoder."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from amity.formats.files import (
    archive_bytes,
    write_bytes,
    xml_bytes,
    xml_text,
)
from amity.formats.records import CodedDocument, FilePath, only_coded
from amity.formats.refi_guids import (
    CODEBOOK,
    NOTE,
    PROJECT,
    SIGN_CODES,
    evidence_guid,
    guid,
    mention_guid,
    tag,
)
from amity.formats.refi_reading import read_refi_qda
from amity.formats.sentence import position_sentence
from amity.model import (
    ACTS,
    STATUSES,
    VOICES,
    Actor,
    Coding,
    Document,
    Position,
    Span,
    coding_to_json,
)

__all__ = ["read_refi_qda", "write_refi_codebook", "write_refi_qda"]

_COLOURS = {"support": "#1b6ca8", "opposition": "#b3422e", "neither": "#6b6b6b"}
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Act", ACTS),
    ("Polarity", ("support", "opposition", "neither")),
    ("Agreement", ("agrees", "disagrees")),
    ("Status", STATUSES),
    ("Voice", VOICES),
)


def write_refi_qda(pairs: Iterable[CodedDocument], path: FilePath, *, user: str = "amity") -> list[Path]:
    """
    Return the path of a REFI-QDA project.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        ``NAME.qdpx``.
    user : str
        Name of the coder of positions without a coder of their own.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    Act, sign, status, voice and concept become codes on the selected words of the evidence; actors become cases, their mentions the cases'
    selections; each (holder, target) pair a one-way link between cases and an edge of a graph, dashed for opposition. A source's note holds
    the whole coding, from which `read_refi_qda` restores it. Texts are written with ``\\n`` alone, as the standard asks; what that
    changed is noted and undone on reading. Offsets count code points.

    References
    ----------
    REFI-QDA Standard 1.0 (2019), https://www.qdasoftware.org
    """
    writer = _Writer(only_coded(pairs), user)
    return [write_bytes(path, archive_bytes(writer.members()))]


def write_refi_codebook(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the path of a REFI-QDA codebook: acts, signs, statuses, voices and concepts as codes.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings, for their concepts.
    path : path
        ``NAME.qdc``.

    Returns
    -------
    list of Path
        One path.
    """
    from lxml import etree

    root = etree.Element(tag("CodeBook", CODEBOOK), nsmap={None: CODEBOOK}, origin="amity")
    _code_elements(root, _concepts(only_coded(pairs)), CODEBOOK)
    return [write_bytes(path, xml_bytes(root))]


def _concepts(pairs: Iterable[CodedDocument]) -> list[str]:
    return sorted({p.concept for _, coding in pairs for p in coding.positions if p.concept})


def _code_elements(parent: Any, concepts: list[str], space: str) -> None:
    from lxml import etree

    codes = etree.SubElement(parent, tag("Codes", space))
    for group, names in (*_GROUPS, ("Concept", tuple(concepts))):
        top = etree.SubElement(
            codes, tag("Code", space), guid=guid("group", group), name=group, isCodable="false"
        )
        for name in names:
            element = etree.SubElement(
                top,
                tag("Code", space),
                guid=guid("code", group, name),
                name=xml_text(name),
                isCodable="true",
            )
            if name in _COLOURS:
                element.set("color", _COLOURS[name])


class _Writer:
    """Builds the project's XML and its sources."""

    def __init__(self, pairs: list[CodedDocument], user: str) -> None:
        self.pairs = pairs
        self.user = user
        self.sources: dict[str, bytes] = {}

    def members(self) -> dict[str, bytes]:
        """Content of the archive by name."""
        from lxml import etree

        root = etree.Element(tag("Project"), nsmap={None: PROJECT}, name="amity", origin="amity")
        users = etree.SubElement(root, tag("Users"))
        for name in self._users():
            etree.SubElement(users, tag("User"), guid=guid("user", name), name=xml_text(name))
        _code_elements(etree.SubElement(root, tag("CodeBook")), _concepts(self.pairs), PROJECT)
        self._variables(root)
        self._cases(root)
        if self.pairs:
            sources = etree.SubElement(root, tag("Sources"))
            notes = etree.Element(tag("Notes"))
            for document, coding in self.pairs:
                self._source(sources, notes, document, coding)
            root.append(notes)
        self._links_and_graph(root)
        return {"project.qde": xml_bytes(root), **self.sources}

    def _users(self) -> list[str]:
        found = {self.user: None}
        for _, coding in self.pairs:
            for position in coding.positions:
                found.setdefault(self._coder(position), None)
        return list(found)

    def _coder(self, position: Position) -> str:
        return position.origin.agent if position.origin else self.user

    def _variables(self, root: Any) -> None:
        from lxml import etree

        block = etree.SubElement(root, tag("Variables"))
        for name in ("kind", "aliases", "generic", "date", "document kind", "language"):
            etree.SubElement(
                block, tag("Variable"), guid=guid("variable", name), name=name, typeOfVariable="Text"
            )

    def _value(self, parent: Any, name: str, value: str) -> None:
        from lxml import etree

        if value:
            element = etree.SubElement(parent, tag("VariableValue"))
            etree.SubElement(element, tag("VariableRef"), targetGUID=guid("variable", name))
            etree.SubElement(element, tag("TextValue")).text = xml_text(value)

    def _cases(self, root: Any) -> None:
        """One case an actor name: codings of several documents share actors by name only."""
        from lxml import etree

        actors: dict[str, Actor] = {}
        mentions: dict[str, list[str]] = {}
        for document, coding in self.pairs:
            for actor in coding.actors:
                actors.setdefault(actor.name, actor)
            names = {actor.id: actor.name for actor in coding.actors}
            for mention in coding.mentions:
                mentions.setdefault(names[mention.actor], []).append(mention_guid(document, mention.span))
        if not actors:
            return
        block = etree.SubElement(root, tag("Cases"))
        for name, actor in actors.items():
            case = etree.SubElement(block, tag("Case"), guid=guid("actor", name), name=xml_text(name))
            self._value(case, "kind", actor.kind)
            self._value(case, "aliases", " | ".join(actor.aliases))
            self._value(case, "generic", "true" if actor.generic else "")
            for target in dict.fromkeys(mentions.get(name, ())):
                etree.SubElement(case, tag("SelectionRef"), targetGUID=target)

    def _source(self, sources: Any, notes: Any, document: Document, coding: Coding) -> None:
        from lxml import etree

        identity = guid("source", document.id)
        text, offsets, returns = _line_feeds_only(document.text)
        self.sources[f"sources/{identity}.txt"] = (
            text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()
        )
        source = etree.SubElement(
            sources,
            tag("TextSource"),
            guid=identity,
            name=xml_text(document.title or document.id),
            plainTextPath=f"internal://{identity}.txt",
        )
        names = {actor.id: actor.name for actor in coding.actors}
        for position in coding.positions:
            for number, span in enumerate(position.evidence):
                self._selection(source, position, number, span, names, offsets)
        seen: set[tuple[int, int]] = set()
        for mention in coding.mentions:
            place = mention.span.start, mention.span.end
            if place not in seen:
                seen.add(place)
                etree.SubElement(
                    source,
                    tag("PlainTextSelection"),
                    guid=mention_guid(document, mention.span),
                    name=xml_text(_short(mention.span.exact)),
                    startPosition=str(offsets[place[0]]),
                    endPosition=str(offsets[place[1]]),
                )
        note = guid("note", document.id)
        etree.SubElement(source, tag("NoteRef"), targetGUID=note)
        for name, value in (
            *(
                ("date", document.date or ""),
                ("document kind", document.kind),
                ("language", document.language),
            ),
        ):
            self._value(source, name, value)
        record = coding_to_json(coding, document)
        record |= {
            "metadata": dict(document.metadata),
            "place": document.place,
            "publisher": document.publisher,
        }
        record |= {"citation": document.citation, "carriage_returns": returns, "sha256": document.sha256}
        element = etree.SubElement(notes, tag("Note"), guid=note, name=NOTE)
        # JSON escapes every control character, so nothing in it is lost to XML
        etree.SubElement(element, tag("PlainTextContent")).text = json.dumps(record)

    def _selection(
        self,
        source: Any,
        position: Position,
        number: int,
        span: Span,
        names: Mapping[str, str],
        offsets: "_Offsets",
    ) -> None:
        from lxml import etree

        coder = guid("user", self._coder(position))
        element = etree.SubElement(
            source,
            tag("PlainTextSelection"),
            guid=evidence_guid(position, number),
            name=xml_text(_short(span.exact)),
            startPosition=str(offsets[span.start]),
            endPosition=str(offsets[span.end]),
            creatingUser=coder,
        )
        etree.SubElement(element, tag("Description")).text = xml_text(position_sentence(position, names))
        for group, name in _codes_of(position):
            coding = etree.SubElement(
                element,
                tag("Coding"),
                guid=guid("coding", position.document_id, position.id, str(number), group),
                creatingUser=coder,
            )
            etree.SubElement(coding, tag("CodeRef"), targetGUID=guid("code", group, name))

    def _links_and_graph(self, root: Any) -> None:
        from lxml import etree

        ties: dict[tuple[str, str, str], int] = {}
        links = etree.Element(tag("Links"))
        for document, coding in self.pairs:
            names = {actor.id: actor.name for actor in coding.actors}
            for position in coding.positions:
                if position.polarity is None:
                    continue
                kind = SIGN_CODES[position.polarity]
                for holder in position.holders:
                    for target in position.targets:
                        tie = names[holder], names[target], kind
                        ties[tie] = ties.get(tie, 0) + 1
                        etree.SubElement(
                            links,
                            tag("Link"),
                            guid=guid("link", document.id, position.id, holder, target),
                            name=f"{position.act} ({kind})",
                            direction="OneWay",
                            color=_COLOURS[kind],
                            originGUID=guid("actor", names[holder]),
                            targetGUID=guid("actor", names[target]),
                        )
        if not ties:
            return
        root.append(links)
        graph = etree.SubElement(
            etree.SubElement(root, tag("Graphs")), tag("Graph"), guid=guid("graph"), name="Actor network"
        )
        ends = sorted({end for a, b, _ in ties for end in (a, b)})
        for name, (x, y) in zip(ends, _circle(len(ends)), strict=True):
            etree.SubElement(
                graph,
                tag("Vertex"),
                guid=guid("vertex", name),
                representedGUID=guid("actor", name),
                name=xml_text(name),
                firstX=str(x),
                firstY=str(y),
                shape="Oval",
            )
        for (a, b, kind), count in sorted(ties.items()):
            etree.SubElement(
                graph,
                tag("Edge"),
                guid=guid("edge", a, b, kind),
                name=f"{kind}: {count}",
                sourceVertex=guid("vertex", a),
                targetVertex=guid("vertex", b),
                color=_COLOURS[kind],
                direction="OneWay",
                lineStyle={"support": "solid", "opposition": "dashed", "neither": "dotted"}[kind],
            )


def _circle(n: int) -> Iterator[tuple[int, int]]:
    from math import cos, pi, sin

    radius = 100 + 25 * n
    for i in range(n):
        yield round(radius * (1 + cos(2 * pi * i / n))), round(radius * (1 + sin(2 * pi * i / n)))


def _codes_of(position: Position) -> list[tuple[str, str]]:
    codes: list[tuple[str, str]] = [
        ("Act", position.act),
        ("Status", position.status),
        ("Voice", position.voice),
    ]
    if position.polarity is not None:
        codes.append(("Polarity", SIGN_CODES[position.polarity]))
    if position.agreement is not None:
        codes.append(("Agreement", "agrees" if position.agreement > 0 else "disagrees"))
    if position.concept:
        codes.append(("Concept", position.concept))
    return codes


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 80 else f"{flat[:79]}…"


class _Offsets:
    """Offsets of a text in the same text without its carriage returns."""

    def __init__(self, returns: list[int]) -> None:
        self._returns = returns

    def __getitem__(self, offset: int) -> int:
        from bisect import bisect_left

        return offset - bisect_left(self._returns, offset)


def _line_feeds_only(text: str) -> tuple[str, _Offsets, list[int]]:
    """The text with every CR LF as LF, offsets into it, and where the CRs stood."""
    returns = [
        place for place, char in enumerate(text) if char == "\r" and text[place + 1 : place + 2] == "\n"
    ]
    return text.replace("\r\n", "\n"), _Offsets(returns), returns
