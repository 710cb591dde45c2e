"""DNA files as coded documents, and coded documents as DNA files."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amity.errors import InvalidValue
from amity.formats.dna_database import (
    EPOCH,
    PERMISSIONS,
    DnaDatabase,
    Row,
    hash_password,
    number_rows,
    read_dna_database,
    write_dna_database,
)
from amity.formats.records import CodedDocument, FilePath, Imported, Problem, Selection, only_coded
from amity.model import (
    ACTOR_KINDS,
    Act,
    Actor,
    Coding,
    Concept,
    Document,
    Mention,
    Origin,
    Position,
    Span,
    first_day,
    mention_form,
    position_id,
)
from amity.text.offsets import OffsetMap

TARGET_TYPE = "Position towards an actor"
CONCEPT_TYPE = "Position towards a concept"
NOTE_TYPE = "Statement without a sign"
_COMMON = (
    ("holder", "short text"),
    ("concept", "short text"),
    ("act", "short text"),
    ("status", "short text"),
    ("voice", "short text"),
    ("holder form", "short text"),
    ("strength", "short text"),
    ("certainty", "short text"),
    ("via", "long text"),
    ("position", "long text"),
)
TYPES: Mapping[str, tuple[tuple[str, str], ...]] = {
    TARGET_TYPE: (*_COMMON, ("target", "short text"), ("polarity", "integer")),
    CONCEPT_TYPE: (*_COMMON, ("agreement", "boolean")),
    NOTE_TYPE: (*_COMMON, ("target", "short text")),
}
"""Statement types that amity writes, with their variables."""

_ACTOR_VARIABLES = ("holder", "target")
_LONGEST = 190
_PLACE = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class DnaMapping:
    """
    Which variables of a DNA statement type hold what.

    Parameters
    ----------
    holder : tuple of str
        Variables for the holder; the first that is not empty counts.
    concept, agreement : str
        Variables for the concept and for the boolean (or integer) agreement.
    """

    holder: tuple[str, ...] = ("organization", "person", "actor", "organisation")
    concept: str = "concept"
    agreement: str = "agreement"


def read_dna(path: FilePath, *, mapping: DnaMapping | None = None) -> Imported:
    """
    Return the coded documents of a DNA 3 file.

    Parameters
    ----------
    path : path
        A ``.dna`` file.
    mapping : DnaMapping, optional
        Which variables hold holder, concept and agreement.

    Returns
    -------
    Imported
        Every document; every statement as a selection with all its values; those statements as positions that have a holder, a
        concept and an agreement (or were written by amity); entities' attributes; coders.

    Raises
    ------
    UnreadableFile
        If it is no SQLite file, or is damaged.
    InvalidRecord
        If it is not of DNA 3.

    Notes
    -----
    For the file itself, to the last row, and for networks as DNA builds them, see `amity.formats.dna_database.read_dna_database`.
    DNA says nothing of act, voice and form: agreement becomes `endorse`, disagreement `refuse`, voice `reported`, form
    ``unknown``, and the whole statement is evidence and cue.
    """
    return database_to_codings(read_dna_database(path), mapping=mapping)


def database_to_codings(database: DnaDatabase, *, mapping: DnaMapping | None = None) -> Imported:
    """
    Return the coded documents of a DNA database.

    Parameters
    ----------
    database : DnaDatabase
        The content of a file.
    mapping : DnaMapping, optional
        Which variables hold holder, concept and agreement.

    Returns
    -------
    Imported
        As `read_dna`.
    """
    problems = list(database.problems)
    lost = set(database.lost_statements())
    problems.extend(
        Problem(
            f"statement {each}", "its offsets lie outside its text, or its document is missing", "left out"
        )
        for each in sorted(lost)
    )
    coders = {row["ID"]: row["Name"] for row in database.rows("CODERS")}
    documents = {row["ID"]: _document(row, coders) for row in database.rows("DOCUMENTS")}
    builders = {key: _Builder(document) for key, document in documents.items()}
    attributes = _attributes(database)
    selections = []
    for label in database.statement_types:
        for row in database.statements(label):
            if row["statement_id"] in lost:
                continue
            builder = builders[row["document_id"]]
            span = builder.document.span(row["start"], row["stop"])
            selections.append(_selection(label, row, span, database.variables(label)))
            reason = builder.add(label, row, span, mapping or DnaMapping(), attributes)
            if reason:
                problems.append(Problem(f"statement {row['statement_id']}", reason, "kept as a selection"))
    concepts = {
        each.concept for builder in builders.values() for each in builder.positions.values() if each.concept
    }
    return Imported(
        tuple(documents.values()),
        tuple(builder.coding() for builder in builders.values()),
        tuple(Concept(name, name) for name in sorted(concepts)),
        tuple(coders.values()),
        tuple(selections),
        attributes,
        tuple(problems),
    )


def _document(row: Mapping[str, Any], coders: Mapping[int, str]) -> Document:
    notes = str(row["Notes"])
    given = dict(
        line.split(": ", 1) for line in notes.split("\n") if line.startswith("amity-") and ": " in line
    )
    moment = None if "amity-date" in given else EPOCH.fromtimestamp(row["Date"], EPOCH.tzinfo)
    date = given.get("amity-date") or (moment.date().isoformat() if moment else None)
    rest = "\n".join(line for line in notes.split("\n") if not line.startswith("amity-"))
    metadata = {
        "dna_id": str(row["ID"]),
        "author": row["Author"],
        "source": row["Source"],
        "section": row["Section"],
        "notes": rest,
        "coder": coders.get(row["Coder"], ""),
    }
    if moment is not None and moment.time().isoformat() != "00:00:00":
        metadata["time"] = moment.time().isoformat()
    return Document(
        given.get("amity-id") or f"dna-{row['ID']}",
        row["Text"],
        title=row["Title"],
        date=None if date == "unknown" else date,
        issuers=(row["Author"],) if row["Author"] else (),
        kind=row["Type"],
        language=given.get("amity-language", ""),
        publisher=row["Source"],
        metadata={key: value for key, value in metadata.items() if value},
    )


def _attributes(database: DnaDatabase) -> dict[str, dict[str, str]]:
    """Attributes by entity value; the ones of several variables that bear the same value are joined."""
    names = {row["ID"]: row["AttributeVariable"] for row in database.rows("ATTRIBUTEVARIABLES")}
    entities = {row["ID"]: row["Value"] for row in database.rows("ENTITIES")}
    found: dict[str, dict[str, str]] = {}
    for row in database.rows("ATTRIBUTEVALUES"):
        value, entity = row["AttributeValue"], entities.get(row["EntityId"], "")
        if value and entity:
            found.setdefault(entity, {})[names.get(row["AttributeVariableId"], "")] = value
    return found


def _selection(label: str, row: Mapping[str, Any], span: Span, variables: Mapping[str, str]) -> Selection:
    values = {
        name: str(value)
        for name in variables
        if (value := row.get(f"variable:{name}", row.get(name))) not in (None, "")
    }
    return Selection(
        label,
        span,
        span.document_id,
        span.exact,
        row["coder"],
        attributes={**values, "dna_id": str(row["statement_id"])},
    )


@dataclass
class _Builder:
    """Collects what the statements of one document say."""

    document: Document
    actors: dict[str, Actor] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)

    def actor(self, name: str, attributes: Mapping[str, Mapping[str, str]]) -> str:
        if name not in self.actors:
            given = dict(attributes.get(name, {}))
            kind = given.pop("Type", "")
            aliases = tuple(each for each in given.pop("Alias", "").split("; ") if each)
            if kind and kind not in ACTOR_KINDS:
                given["type"] = kind
            generic = given.pop("generic", "") == "true"
            notes = {}
            if "=" in given.get("Notes", ""):
                notes = dict(each.split("=", 1) for each in given.pop("Notes").split("; ") if "=" in each)
            identity = f"a{len(self.actors) + 1}"
            self.actors[name] = Actor(
                identity,
                name,
                kind=kind if kind in ACTOR_KINDS else "other",
                aliases=aliases,
                generic=generic,
                attributes={**given, **notes},
            )
        return self.actors[name].id

    def add(
        self,
        label: str,
        row: Mapping[str, Any],
        span: Span,
        mapping: DnaMapping,
        attributes: Mapping[str, Mapping[str, str]],
    ) -> str:
        """Take a statement as a position; the answer says why not, and is empty where it is none by design."""
        origin = Origin(f"coder:{row['coder'] or 'unknown'}")
        if label in TYPES and row.get("position") and row.get("holder"):
            return self._add_own(row, span, attributes, origin)
        holder = next((row[name] for name in mapping.holder if row.get(name)), "")
        concept, agreement = row.get(mapping.concept), row.get(mapping.agreement)
        if mapping.concept not in row or mapping.agreement not in row:
            return ""
        if not holder or not concept or not isinstance(agreement, int):
            return f"no holder, concept or agreement ({holder!r}, {concept!r}, {agreement!r}), so it is no position"
        sign = 1 if agreement > 0 else -1
        act: Act = "endorse" if sign > 0 else "refuse"
        holders = (self.actor(str(holder), attributes),)
        identity = position_id(
            self.document.id,
            holders=holders,
            targets=(),
            concept=str(concept),
            act=act,
            polarity=None,
            agreement=sign,
            cue=(span.start, span.end),
            evidence=((span.start, span.end),),
        )
        self.positions[identity] = Position(
            identity,
            self.document.id,
            holders,
            act,
            (span,),
            span,
            concept=str(concept),
            agreement=sign,
            holder_form="unknown",
            voice="reported",
            origin=origin,
        )
        return ""

    def _add_own(
        self, row: Mapping[str, Any], span: Span, attributes: Mapping[str, Mapping[str, str]], origin: Origin
    ) -> str:
        """A statement that amity wrote: its long text restores what a statement cannot hold."""
        notes = dict(line.split(": ", 1) for line in str(row["position"]).split("\n") if ": " in line)
        try:
            evidence = tuple(
                self.document.span(int(a), int(b)) for a, b in _PLACE.findall(notes.get("evidence", ""))
            )
            cues = _PLACE.findall(notes.get("cue", ""))
            cue = self.document.span(*map(int, cues[0])) if cues else span
            if not evidence or (span.start, span.end) != (evidence[0].start, evidence[-1].end):
                evidence, cue = (span,), span
            identity = notes.get("id", "") or f"dna-{row['statement_id']}"
            holder = self.actor(row["holder"], attributes)
            target = (self.actor(row["target"], attributes),) if row.get("target") else ()
            via = tuple(
                self.actor(each, attributes) for each in str(row.get("via") or "").split("\n") if each
            )
            known = self.positions.get(identity)
            agreement = row.get("agreement")
            sign = None if agreement is None else (1 if agreement > 0 else -1)
            polarity = row.get("polarity") if target else None
            if target and polarity is None:
                polarity = 0
            self.positions[identity] = Position(
                identity,
                self.document.id,
                _joined(known.holders if known else (), (holder,)),
                row["act"] or "state",
                evidence,
                cue,
                targets=_joined(known.targets if known else (), target),
                polarity=polarity if target else known.polarity if known else None,
                concept=notes.get("concept") or row["concept"] or None,
                agreement=sign if sign is not None else known.agreement if known else None,
                holder_form=row["holder form"] or "unknown",
                via=via,
                status=row["status"] or "actual",
                voice=row["voice"] or "own",
                strength=row["strength"] or "plain",
                certainty=row["certainty"] or "sure",
                date=notes.get("date") or None,
                origin=origin,
                score=float(notes.get("score", "1")),
            )
        except (InvalidValue, ValueError) as error:
            return str(error)
        return ""

    def coding(self) -> Coding:
        mentions = []
        for position in self.positions.values():
            for actor in self.actors.values():
                for span in position.evidence:
                    at = span.exact.find(actor.name)
                    if at >= 0:
                        start = span.start + at
                        words = self.document.span(start, start + len(actor.name))
                        mentions.append(Mention(words, actor.id, mention_form(words.exact)))
        unique = sorted(set(mentions), key=lambda each: (each.span.start, each.span.end, each.actor))
        ordered = sorted(self.positions.values(), key=lambda each: (each.cue.start, each.cue.end, each.id))
        return Coding(
            self.document.id, tuple(self.actors.values()), (), (), tuple(unique), tuple(ordered)
        ).check(self.document)


def _joined(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))


def write_dna(
    pairs: Iterable[CodedDocument], path: FilePath, *, password: str = "amity", coder: str = "amity"
) -> list[Path]:
    """
    Return the path of a DNA 3 file with coded documents.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        Where to write.
    password : str
        Of both coders in the file (Admin and `coder`); DNA asks for it.
    coder : str
        Name of the coder who holds positions without a coder of their own.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    One statement for each (holder, target) pair, and one for each holder of a position towards a concept, since a DNA variable
    holds one entity. Names are cut to DNA's 190 characters; the full concept, all stretches of evidence and the cue stand in the long
    text ``position``, from which `read_dna` restores them. Mentions, quotations and addressees have no place in DNA.
    """
    database = codings_to_database(only_coded(pairs), password=password, coder=coder)
    return [write_dna_database(database, path)]


def codings_to_database(
    pairs: Sequence[CodedDocument],
    *,
    password: str = "amity",
    coder: str = "amity",
    salt: bytes | None = None,
) -> DnaDatabase:
    """
    Return coded documents as the content of a DNA file.

    Parameters
    ----------
    pairs : sequence of (Document, Coding)
        Documents with their codings.
    password, coder : str
        As for `write_dna`.
    salt : bytes, optional
        16 bytes for the passwords, to make the content reproducible.

    Returns
    -------
    DnaDatabase
        Ready for `amity.formats.dna_database.write_dna_database`.
    """
    writer = _Writer(password, coder, salt)
    for document, coding in pairs:
        writer.add(document, coding)
    return DnaDatabase(writer.tables())


class _Writer:
    """Fills DNA's tables."""

    def __init__(self, password: str, coder: str, salt: bytes | None) -> None:
        self.password = hash_password(password, salt=salt)
        self.coders = {"Admin": 1, coder: 2}
        self.default_coder = coder
        self.documents: list[Row] = []
        self.statements: list[Row] = []
        self.values: dict[str, list[tuple[int, int, Any]]] = {
            name: [] for name in ("DATABOOLEAN", "DATAINTEGER", "DATASHORTTEXT", "DATALONGTEXT")
        }
        self.variables: dict[tuple[str, str], int] = {}
        self.kinds: dict[tuple[str, str], str] = {}
        for label, variables in TYPES.items():
            for name, kind in variables:
                self.variables[label, name] = len(self.variables) + 1
                self.kinds[label, name] = kind
        self.entities: dict[tuple[int, str], int] = {}
        self.described: dict[int, Actor] = {}
        for key, variable in self.variables.items():
            if self.kinds[key] == "short text":
                self.entity(variable, "")

    def entity(self, variable: int, value: str) -> int:
        return self.entities.setdefault((variable, _short(value)), len(self.entities) + 1)

    def add(self, document: Document, coding: Coding) -> None:
        identity = len(self.documents) + 1
        names = {actor.id: actor for actor in coding.actors}
        notes = [f"amity-id: {document.id}", f"amity-date: {document.date or 'unknown'}"]
        if document.language:
            notes.append(f"amity-language: {document.language}")
        if document.metadata.get("notes"):
            notes.append(document.metadata["notes"])
        seconds = 0
        if document.date is not None:
            seconds = (first_day(document.date) - EPOCH.date()).days * 86400
        author = document.metadata.get("author") or "; ".join(document.issuers)
        self.documents.append(
            (
                identity,
                _short(document.title or document.id),
                document.text,
                1,
                _short(author),
                _short(document.metadata.get("source") or document.publisher),
                _short(document.metadata.get("section") or document.place),
                "\n".join(notes),
                _short(document.kind),
                seconds,
            )
        )
        offsets = OffsetMap(document.text)
        for position in coding.positions:
            self._position(identity, position, names, offsets)

    def _position(
        self, document: int, position: Position, actors: Mapping[str, Actor], offsets: OffsetMap
    ) -> None:
        agent = position.origin.agent.partition(":")[2] if position.origin else self.default_coder
        coder = self.coders.setdefault(_short(agent) or self.default_coder, len(self.coders) + 1)
        evidence = sorted(position.evidence)
        start, stop = offsets.to_utf16([evidence[0].start, max(each.end for each in evidence)])
        places = " ".join(f"{each.start}-{each.end}" for each in evidence)
        notes = [f"id: {position.id}", f"evidence: {places}", f"cue: {position.cue.start}-{position.cue.end}"]
        notes += [f"score: {position.score!r}"]
        notes += [f"date: {position.date}"] if position.date else []
        notes += (
            [f"concept: {position.concept}"] if position.concept and len(position.concept) > _LONGEST else []
        )
        values: dict[str, Any] = {
            "concept": position.concept or "",
            "act": position.act,
            "status": position.status,
            "voice": position.voice,
            "holder form": position.holder_form,
            "strength": position.strength,
            "certainty": position.certainty,
            "via": "\n".join(actors[each].name for each in position.via),
            "position": "\n".join(notes),
            "polarity": position.polarity,
            "agreement": None if position.agreement is None else int(position.agreement > 0),
        }
        for holder in position.holders:
            for label, target in self._kinds_of(position):
                self.statements.append(
                    (
                        len(self.statements) + 1,
                        list(TYPES).index(label) + 1,
                        document,
                        start,
                        stop,
                        coder,
                    )
                )
                named = {"holder": actors[holder], "target": actors.get(target) if target else None}
                self._values(label, values, named)

    def _kinds_of(self, position: Position) -> list[tuple[str, str | None]]:
        found: list[tuple[str, str | None]] = [(TARGET_TYPE, target) for target in position.targets]
        if position.concept is not None and position.agreement is not None:
            found.append((CONCEPT_TYPE, None))
        return found or [(NOTE_TYPE, None)]

    def _values(self, label: str, values: Mapping[str, Any], named: Mapping[str, Actor | None]) -> None:
        statement = len(self.statements)
        for name, kind in TYPES[label]:
            variable = self.variables[label, name]
            actor = named.get(name)
            value = (actor.name if actor else "") if name in _ACTOR_VARIABLES else values[name]
            if kind == "short text":
                entity = self.entity(variable, value)
                if actor is not None:
                    self.described[entity] = actor
                self.values["DATASHORTTEXT"].append((statement, variable, entity))
            else:
                table = {"boolean": "DATABOOLEAN", "integer": "DATAINTEGER", "long text": "DATALONGTEXT"}[
                    kind
                ]
                self.values[table].append((statement, variable, value))

    def tables(self) -> dict[str, tuple[Row, ...]]:
        """Every table of DNA's schema."""
        flags = (1,) * len(PERMISSIONS)
        coders = [
            (identity, name, 90, 90, 90, 0, 14, self.password, 300, 0, 0, 1, *flags)
            for name, identity in self.coders.items()
        ]
        relations = [(a, b, 1, 1, 1, 1) for a in self.coders.values() for b in self.coders.values() if a != b]
        colours = ((27, 108, 168), (239, 208, 51), (211, 211, 211))
        names = {
            variable: ("Type", "Alias", "Notes", "generic")
            if name in _ACTOR_VARIABLES
            else ("Type", "Alias", "Notes")
            for (label, name), variable in self.variables.items()
            if self.kinds[label, name] == "short text"
        }
        attributes = {
            (variable, each): number
            for number, (variable, each) in enumerate(
                ((variable, each) for variable, listed in names.items() for each in listed), 1
            )
        }
        return {
            "SETTINGS": (("date", "1970-01-01"), ("version", "3.0.11")),
            "CODERS": tuple(coders),
            "DOCUMENTS": tuple(self.documents),
            "STATEMENTTYPES": tuple(
                (place, label, *colour)
                for place, (label, colour) in enumerate(zip(TYPES, colours, strict=True), 1)
            ),
            "VARIABLES": tuple(
                (variable, name, self.kinds[label, name], list(TYPES).index(label) + 1)
                for (label, name), variable in self.variables.items()
            ),
            "VARIABLELINKS": (),
            "REGEXES": (),
            "CODERRELATIONS": tuple(number_rows(relations)),
            "STATEMENTS": tuple(self.statements),
            "ENTITIES": tuple(
                (identity, variable, value, 0, 0, 0, None)
                for (variable, value), identity in self.entities.items()
            ),
            "ATTRIBUTEVARIABLES": tuple((number, *key) for key, number in attributes.items()),
            "ATTRIBUTEVALUES": tuple(
                number_rows(
                    (entity, number, self._attribute(entity, name))
                    for (variable, _), entity in self.entities.items()
                    for (owner, name), number in attributes.items()
                    if owner == variable
                )
            ),
            **{table: tuple(number_rows(rows)) for table, rows in self.values.items()},
        }

    def _attribute(self, entity: int, name: str) -> str:
        actor = self.described.get(entity)
        if actor is None:
            return ""
        rest = "; ".join(f"{key}={value}" for key, value in sorted(actor.attributes.items()))
        values = {"Type": actor.kind, "Alias": "; ".join(actor.aliases), "Notes": rest}
        return _short(values.get(name, "true" if actor.generic else ""))


def _short(text: str) -> str:
    """Text within DNA's 190 characters; a NUL would end it early in SQLite's LENGTH."""
    text = text.replace("\x00", "\ufffd")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
