"""Event data: PLOVER records, and CAMEO tables as of GDELT and POLECAT."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amity.errors import InputError, InvalidRecord
from amity.formats.cells import first_of, table_text
from amity.formats.files import read_text, write_text
from amity.formats.json_records import as_object, as_objects, read_json_objects
from amity.formats.records import CodedDocument, FilePath, Imported, Problem, Selection, only_coded
from amity.model import (
    Act,
    Actor,
    Coding,
    Document,
    Mention,
    Position,
    Span,
    day_range,
    mention_form,
    position_id,
)

ACT_OF_EVENT: Mapping[str, tuple[Act, int | None]] = {
    "AGREE": ("commit", 1),
    "CONSULT": ("meet", 0),
    "SUPPORT": ("endorse", 1),
    "CONCEDE": ("concede", 1),
    "COOPERATE": ("deed", 1),
    "AID": ("deed", 1),
    "RETREAT": ("deed", 1),
    "YIELD": ("concede", 1),
    "REQUEST": ("call", 0),
    "DEMAND": ("call", 0),
    "ACCUSE": ("criticise", -1),
    "DISAPPROVE": ("criticise", -1),
    "INVESTIGATE": ("criticise", -1),
    "REJECT": ("refuse", -1),
    "THREATEN": ("warn", -1),
    "PROTEST": ("deed", -1),
    "SANCTION": ("deed", -1),
    "MOBILIZE": ("deed", -1),
    "COERCE": ("deed", -1),
    "ASSAULT": ("deed", -1),
    "FIGHT": ("deed", -1),
    "STATEMENT": ("state", 0),
}
"""PLOVER's events (and its older names) as act and sign, after the codebook's table."""

EVENT_OF_ACT: Mapping[tuple[str, int], tuple[str, int]] = {
    ("endorse", 1): ("SUPPORT", 1),
    ("commit", 1): ("AGREE", 1),
    ("concede", 1): ("CONCEDE", 1),
    ("meet", 0): ("CONSULT", 1),
    ("call", 0): ("REQUEST", 3),
    ("criticise", -1): ("ACCUSE", 3),
    ("refuse", -1): ("REJECT", 3),
    ("warn", -1): ("THREATEN", 3),
    ("deed", 1): ("COOPERATE", 2),
    ("deed", -1): ("COERCE", 4),
}
"""Act and sign as PLOVER's event and quad class (1 verbal, 2 material cooperation; 3 verbal, 4 material conflict)."""

_CAMEO = dict(
    enumerate(
        "STATEMENT REQUEST AGREE CONSULT SUPPORT COOPERATE AID YIELD INVESTIGATE DEMAND DISAPPROVE REJECT THREATEN "
        "PROTEST MOBILIZE SANCTION COERCE ASSAULT FIGHT ASSAULT".split(),
        1,
    )
)
"""CAMEO's twenty root codes by PLOVER's names."""

_GDELT_WIDTHS = (57, 58, 61)
_GDELT = {"id": 0, "date": 1, "source": 6, "source_code": 5, "target": 16, "target_code": 15, "event": 26}
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("globaleventid", "event id", "id", "event_id"),
    "date": ("sqldate", "event date", "date", "event_date", "story_date"),
    "source": ("actor1name", "actor name", "source", "source name", "actor1", "source_name"),
    "source_code": ("actor1code", "actor country", "source code", "source_code"),
    "target": ("actor2name", "recipient name", "target", "target name", "actor2", "target_name"),
    "target_code": ("actor2code", "recipient country", "target code", "target_code"),
    "event": ("eventcode", "event type", "event", "cameo code", "cameo_code", "code"),
    "context": ("contexts", "context", "event context"),
}
_MARK = re.compile(r"\((SRC/TAR|SRC|TAR|EVT|LOC)\s*:\s*([^(){}]*)[)}]")


def read_plover(path: FilePath) -> Imported:
    """
    Return PLOVER records as coded documents, or an event table as one.

    Parameters
    ----------
    path : path
        JSON or JSON Lines of PLOVER records; or a delimited table with a header; or GDELT's own, without one.

    Returns
    -------
    Imported
        A record with a text is a document; its sources hold and its targets receive one position. A table is one document, whose text is the table: the
        evidence of an event is its row as it stands in the file. What has no source is listed.

    Raises
    ------
    UnreadableFile
        If the file cannot be read.
    InvalidRecord
        If it is neither.

    References
    ----------
    Open Event Data Alliance, PLOVER, https://github.com/openeventdata/PLOVER; Schrodt, P. A. (2012), CAMEO codebook 1.1b3.
    """
    start = read_text(path).lstrip()[:1]
    return _read_records(path) if start in ("{", "[") else _read_table(path)


@dataclass
class _Events:
    """One document's actors, mentions and positions while they are found."""

    document: Document
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    positions: dict[str, Position] = field(default_factory=dict)

    def actor(self, name: str, attributes: Mapping[str, str]) -> str:
        if name not in self.actors:
            given = {key: value for key, value in attributes.items() if value}
            self.actors[name] = Actor(f"a{len(self.actors) + 1}", name, attributes=given)
        return self.actors[name].id

    def add(
        self,
        event: str,
        holders: tuple[str, ...],
        targets: tuple[str, ...],
        concept: str,
        evidence: Span,
        cue: Span,
        day: str | None,
    ) -> None:
        act, sign = ACT_OF_EVENT[event]
        polarity = sign if targets else None
        named = concept or (None if targets else cue.exact)
        identity = position_id(
            self.document.id,
            holders=holders,
            targets=targets,
            concept=named,
            act=act,
            polarity=polarity,
            agreement=None,
            cue=(cue.start, cue.end),
            evidence=((evidence.start, evidence.end),),
        )
        self.positions[identity] = Position(
            identity,
            self.document.id,
            holders,
            act,
            (evidence,),
            cue,
            targets=targets,
            polarity=polarity,
            concept=named,
            voice="reported",
            date=day,
        )

    def coding(self) -> Coding:
        ordered = sorted(self.mentions, key=lambda each: (each.span.start, each.span.end, each.actor))
        return Coding(
            self.document.id,
            tuple(self.actors.values()),
            mentions=tuple(dict.fromkeys(ordered)),
            positions=tuple(sorted(self.positions.values(), key=lambda p: (p.cue.start, p.id))),
        ).check(self.document)


def _read_records(path: FilePath) -> Imported:
    documents: list[Document] = []
    codings: list[Coding] = []
    selections: list[Selection] = []
    problems: list[Problem] = []
    coders: dict[str, None] = {}
    taken: set[str] = set()
    for place, record in read_json_objects(path):
        event = str(record.get("event") or record.get("event_type") or "").upper()
        if event == "DOCUMENT":
            continue
        text = record.get("text")
        if not isinstance(text, str) or not text.strip():
            problems.append(Problem(place, "a record without a text has no words to rest on"))
            continue
        identity = str(record.get("id") or place.rpartition(" ")[2])
        while identity in taken:
            identity += "'"
        taken.add(identity)
        document = _plover_document(identity, text, record)
        documents.append(document)
        coders.setdefault(str(record.get("coder") or ""))
        found = _Events(document)
        reason = _plover_events(found, record, event)
        if reason:
            problems.append(Problem(f"{place} ({identity})", reason, "kept as a selection"))
            span = document.span(0, len(text))
            selections.append(Selection(event or "event", span, identity, text))
        codings.append(found.coding())
    if not documents and not problems:
        raise InvalidRecord(
            f"{path} holds no PLOVER record; expected objects with event, source, target and text"
        )
    return Imported(
        tuple(documents),
        tuple(codings),
        coders=tuple(each for each in coders if each),
        selections=tuple(selections),
        problems=tuple(problems),
    )


def _plover_document(identity: str, text: str, record: Mapping[str, Any]) -> Document:
    metadata = {
        key: str(record[key])
        for key in ("mode", "comment", "version", "dateCoded", "size", "dead", "injured")
        if record.get(key) not in (None, "")
    }
    return Document(
        identity,
        text,
        date=_day(record.get("date")),
        kind="event record",
        language=str(record.get("language") or ""),
        publisher=str(record.get("publication") or ""),
        metadata=metadata,
    )


def _day(value: object) -> str | None:
    text = str(value or "").strip()
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    try:
        day_range(text[:10])
    except InputError:
        return None
    return text[:10]


def _plover_events(found: _Events, record: Mapping[str, Any], event: str) -> str:
    """Take a record's event; the answer says why not, and is empty where it was taken."""
    if event not in ACT_OF_EVENT:
        return f"PLOVER has no event {event!r}"
    marks = _markup(str(as_object(record.get("textInfo")).get("markup") or ""), found.document.text)
    sources = _actors(found, record.get("source"), marks)
    targets = _actors(found, record.get("target"), marks)
    if not sources:
        return "it has no source, so nobody holds the position"
    whole = found.document.span(0, len(found.document.text))
    cue = _cue(found.document, str(record.get("eventText") or ""), marks) or whole
    concept = " ".join(str(record.get("context") or "").split())
    mutual = not targets and len(sources) > 1 and any(kind == "SRC/TAR" for kind, _, _ in marks)
    if mutual:
        for one in sources:
            found.add(
                event, (one,), tuple(each for each in sources if each != one), concept, whole, cue, None
            )
    else:
        found.add(event, tuple(sources), tuple(targets), concept, whole, cue, None)
    return ""


def _markup(markup: str, text: str) -> list[tuple[str, int, int]]:
    """Marked stretches of the text, where the markup without its marks is the text."""
    plain, last, marks = "", 0, []
    for match in _MARK.finditer(markup):
        plain += markup[last : match.start()]
        words = match[2].strip()
        marks.append((match[1], len(plain), len(plain) + len(words)))
        plain += words
        last = match.end()
    plain += markup[last:]
    return marks if plain == text else []


def _actors(found: _Events, value: object, marks: list[tuple[str, int, int]]) -> list[str]:
    listed = []
    text = found.document.text
    for each in as_objects(value):
        name = " ".join(str(each.get("actorText") or each.get("name") or each.get("code") or "").split())
        if not name:
            continue
        attributes = {key: str(each.get(key) or "") for key in ("code", "sector")}
        actor = found.actor(name, attributes)
        listed.append(actor)
        places = [(a, b) for kind, a, b in marks if kind in ("SRC", "TAR", "SRC/TAR") and text[a:b] == name]
        if not places and name in text:
            places = [(text.index(name), text.index(name) + len(name))]
        for a, b in places:
            found.mentions.append(Mention(found.document.span(a, b), actor, mention_form(name)))
    return list(dict.fromkeys(listed))


def _cue(document: Document, words: str, marks: list[tuple[str, int, int]]) -> Span | None:
    for kind, a, b in marks:
        if kind == "EVT" and a < b:
            return document.span(a, b)
    for word in (words, *words.split()):
        at = document.text.find(word) if len(word) > 2 else -1
        if at >= 0:
            return document.span(at, at + len(word))
    return None


def _read_table(path: FilePath) -> Imported:
    text = read_text(path)
    document = Document(Path(path).stem or "events", text, title=Path(path).name, kind="event table")
    found = _Events(document)
    problems: list[Problem] = []
    count = 0
    for place, span, row, cells in _rows(document, str(path)):
        count += 1
        event = _event_name(row.get("event", ""))
        source, target = row.get("source", "").strip(), row.get("target", "").strip()
        if event is None or not source:
            why = (
                "it has no source"
                if event
                else f"its event {row.get('event', '')!r} is neither CAMEO nor PLOVER"
            )
            problems.append(Problem(place, why))
            continue
        holder = found.actor(source, {"code": row.get("source_code", "")})
        targets = (found.actor(target, {"code": row.get("target_code", "")}),) if target else ()
        cue = cells.get("event") or (span.start, span.end)
        for actor, key in ((holder, "source"), *((each, "target") for each in targets)):
            if key in cells:
                words = document.span(*cells[key])
                found.mentions.append(Mention(words, actor, "named"))
        found.add(
            event,
            (holder,),
            targets,
            row.get("context", ""),
            span,
            document.span(*cue),
            _day(row.get("date")),
        )
    if not count:
        raise InvalidRecord(f"{path} holds no event")
    return Imported((document,), (found.coding(),), problems=tuple(problems))


def _rows(
    document: Document, path: str
) -> Iterator[tuple[str, Span, dict[str, str], dict[str, tuple[int, int]]]]:
    """Each row of a table with its stretch of the text, and the stretches of its cells."""
    head = document.text.partition("\n")[0].rstrip("\r")
    mark = max("\t,;|", key=head.count)
    names = [cell.strip().strip('"').casefold() for cell in head.split(mark)]
    if len(names) in _GDELT_WIDTHS and names[0].isdigit():
        places: dict[str, int] = dict(_GDELT)
        start, line_number = 0, 0
    else:
        columns = {name: place for place, name in enumerate(names)}
        places = {
            key: columns[found]
            for key, wanted in _COLUMNS.items()
            if (found := first_of(columns, wanted)) is not None
        }
        if "source" not in places or "event" not in places:
            raise InvalidRecord(
                f"{path} is no event table: it has the columns {', '.join(names)[:200]}; expected one of actors "
                f"({', '.join(_COLUMNS['source'][:3])}) and one of events ({', '.join(_COLUMNS['event'][:3])})"
            )
        start, line_number = len(document.text.partition("\n")[0]) + 1, 1
    for line in document.text[start:].split("\n"):
        line_number += 1
        whole = line.rstrip("\r")
        if whole.strip():
            spans = _cell_spans(whole, mark, start)
            if len(spans) != len(names):
                raise InvalidRecord(f"{path}, line {line_number}: {len(spans)} cells, expected {len(names)}")
            cells = {key: spans[place] for key, place in places.items()}
            row = {key: document.text[a:b].replace('""', '"') for key, (a, b) in cells.items()}
            filled = {key: place for key, place in cells.items() if place[0] < place[1]}
            yield f"{path}, line {line_number}", document.span(start, start + len(whole)), row, filled
        start += len(line) + 1


def _cell_spans(line: str, mark: str, offset: int) -> list[tuple[int, int]]:
    """Stretches of the cells of a line, without quotation marks around them."""
    spans, start, quoted = [], 0, False
    for place, char in enumerate([*line, mark]):
        if char == '"':
            quoted = not quoted
        if (char == mark and not quoted) or place == len(line):
            a, b = start, place
            if b - a >= 2 and line[a] == '"' and line[b - 1] == '"':
                a, b = a + 1, b - 1
            spans.append((offset + a, offset + b))
            start = place + 1
    return spans


def _event_name(code: str) -> str | None:
    name = code.strip().upper()
    if name in ACT_OF_EVENT:
        return name
    digits = name if name.isdigit() else ""
    if not digits:
        return None
    # CAMEO codes begin with two digits of their root; a lost leading zero leaves 1 or 3
    root = digits[:2] if len(digits) in (2, 4) or (len(digits) == 3 and digits[0] in "012") else digits[:1]
    return _CAMEO.get(int(root))


def write_plover(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the path of PLOVER events.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        ``NAME.jsonl``, or ``NAME.tsv`` for one flat row an event.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    One event a position towards actors; `state`, and positions towards a concept alone, are no events and are left out, as are positions whose act and sign PLOVER
    does not join (a call with a sign goes by its sign: SUPPORT or ACCUSE). ``quad`` is 1 to 4; ``score`` the polarity. A deed is
    COOPERATE or COERCE, since the codebook does not tell PLOVER's kinds of deeds apart.
    """
    records = [record for document, coding in only_coded(pairs) for record in _events_of(document, coding)]
    if Path(path).suffix.lower() in (".tsv", ".csv"):
        delimiter = "\t" if Path(path).suffix.lower() == ".tsv" else ","
        rows = (
            [
                *(each["id"], each["date"], each["event"], each["quad"], each["score"]),
                " | ".join(actor["actorText"] for actor in each["source"]),
                " | ".join(actor["actorText"] for actor in each["target"]),
                *(each["context"], each["eventText"], each["text"]),
            ]
            for each in records
        )
        header = ["id", "date", "event", "quad", "score", "source", "target", "context", "event_text", "text"]
        return [write_text(path, table_text(header, rows, delimiter=delimiter))]
    return [write_text(path, "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records))]


def _events_of(document: Document, coding: Coding) -> Iterator[dict[str, Any]]:
    actors = {actor.id: actor for actor in coding.actors}

    def listed(ids: tuple[str, ...]) -> list[dict[str, str]]:
        return [
            {
                "actorText": actors[i].name,
                "code": actors[i].attributes.get("code", ""),
                "kind": actors[i].kind,
            }
            for i in ids
        ]

    for position in coding.positions:
        if position.polarity is None:
            continue
        key = (position.act, position.polarity)
        if position.act == "call" and position.polarity:
            key = ("endorse" if position.polarity > 0 else "criticise", position.polarity)
        if key not in EVENT_OF_ACT:
            continue
        event, quad = EVENT_OF_ACT[key]
        day = position.date or document.date
        yield {
            "id": f"{document.id}/{position.id}",
            "date": day or "",
            "source": listed(position.holders),
            "target": listed(position.targets),
            "event": event,
            "quad": quad,
            "score": position.polarity,
            "eventText": position.cue.exact,
            "context": position.concept or "",
            "text": " … ".join(span.exact for span in position.evidence),
            "language": document.language,
            "publication": document.title,
            "coder": position.origin.agent if position.origin else "",
            "dateCoded": position.origin.made_at[:10] if position.origin else "",
        }
