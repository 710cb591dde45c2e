"""Sentiment corpora: Directed Sentiment Extraction (DSE), and structured sentiment as of SemEval-2022 task 10."""

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord
from amity.formats.files import read_text, write_text
from amity.formats.json_records import as_list, as_objects, read_json_objects
from amity.formats.records import CodedDocument, FilePath, Imported, Problem, only_coded
from amity.model import Act, Actor, Coding, Document, Mention, Position, Span, mention_form, position_id

_DSE_SIGNS = {"0": None, "1": (0, 1), "2": (1, 1), "3": (0, -1), "4": (1, -1)}
_POLARITIES = {"positive": 1, "negative": -1, "neutral": 0}
_STRENGTHS = {"strong": "strong", "weak": "weak", "slight": "weak"}
_PLACE = re.compile(r"(\d+):(\d+)\Z")
AUTHOR = "author"
"""Id of the holder of an opinion whose text names none."""


def read_dse(path: FilePath) -> Imported:
    """
    Return the sentences of a DSE file as coded documents.

    Parameters
    ----------
    path : path
        Sentence, p, q and label, separated by tabs, with quotation marks as in CSV; p and q stand in square brackets.

    Returns
    -------
    Imported
        One document a row, with p and q as actors with mentions, and a position unless the label is 0. The sentence is evidence and cue;
        the act is `endorse` or `criticise`.

    Raises
    ------
    UnreadableFile
        If the file cannot be read.
    InvalidRecord
        If no row has the form.

    References
    ----------
    Park, K., Pan, Z., & Joo, J. (2021). Who blames or endorses whom? Findings of ACL-IJCNLP 2021, 4094-4102.
    """
    documents: list[Document] = []
    codings: list[Coding] = []
    problems: list[Problem] = []
    csv.field_size_limit(1 << 28)
    rows = csv.reader(io.StringIO(read_text(path), newline=""), delimiter="\t")
    try:
        for number, row in enumerate((row for row in rows if row), 1):
            if len(row) < 4 or row[3].strip() not in _DSE_SIGNS:
                problems.append(
                    Problem(f"{path}, row {number}", "expected sentence, p, q and a label from 0 to 4")
                )
                continue
            found = _dse_row(f"{Path(path).stem}-{number}", row[0], row[1], row[2], row[3].strip())
            if found is None:
                problems.append(Problem(f"{path}, row {number}", "p and q are not both in square brackets"))
                continue
            documents.append(found[0])
            codings.append(found[1])
    except csv.Error as error:
        raise InvalidRecord(f"{path}, line {rows.line_num}: {error}") from error
    if not documents:
        raise InvalidRecord(f"{path} is no DSE file: no row has sentence, p, q and label")
    return Imported(tuple(documents), tuple(codings), problems=tuple(problems))


def _dse_row(identity: str, sentence: str, p: str, q: str, label: str) -> tuple[Document, Coding] | None:
    p, q = p.strip(), q.strip()
    first = _bracketed(sentence, p, ()) if p and q else None
    second = None if first is None else _bracketed(sentence, q, (first.start(),))
    if first is None or second is None:
        return None
    removed = sorted({first.start(), first.end() - 1, second.start(), second.end() - 1})
    text = "".join(char for place, char in enumerate(sentence) if place not in removed)
    document = Document(identity, text, kind="news sentence", language="en", metadata={"label": label})

    def mention(match: re.Match[str], name: str, actor: str) -> Mention:
        start = match.start(1) - sum(place < match.start(1) for place in removed)
        return Mention(document.span(start, start + len(name)), actor, mention_form(name))

    actors = (Actor("p", p), Actor("q", q))
    mentions = sorted((mention(first, p, "p"), mention(second, q, "q")), key=lambda each: each.span)
    sign = _DSE_SIGNS[label]
    positions = []
    if sign is not None:
        ends = ("p", "q") if sign[0] == 0 else ("q", "p")
        whole = document.span(0, len(text))
        positions = [_opinion(document, ends[0], ends[1], sign[1], (whole,), whole)]
    return document, Coding(identity, actors, mentions=tuple(mentions), positions=tuple(positions))


def _bracketed(sentence: str, name: str, taken: tuple[int, ...]) -> re.Match[str] | None:
    """A name in square brackets, at a place not taken; blanks may stand inside the brackets."""
    for match in re.finditer(rf"\[\s*({re.escape(name)})\s*\]", sentence):
        if match.start() not in taken:
            return match
    return None


def _opinion(
    document: Document,
    holder: str,
    target: str,
    polarity: int,
    evidence: tuple[Span, ...],
    cue: Span,
    **rest: Any,
) -> Position:
    acts: dict[int, Act] = {1: "endorse", -1: "criticise", 0: "state"}
    identity = position_id(
        document.id,
        holders=(holder,),
        targets=(target,),
        concept=None,
        act=acts[polarity],
        polarity=polarity,
        agreement=None,
        cue=(cue.start, cue.end),
        evidence=tuple((each.start, each.end) for each in evidence),
    )
    return Position(
        identity,
        document.id,
        (holder,),
        acts[polarity],
        evidence,
        cue,
        targets=(target,),
        polarity=polarity,
        **{"voice": "reported", **rest},
    )


def read_structured_sentiment(path: FilePath) -> Imported:
    """
    Return the sentences of a structured sentiment file as coded documents.

    Parameters
    ----------
    path : path
        JSON of objects with ``sent_id``, ``text`` and ``opinions`` (Source, Target, Polar_expression, Polarity, Intensity).

    Returns
    -------
    Imported
        An opinion without a source is held by the actor ``author``, its form ``implicit``; one without a target or an expression is listed.

    Raises
    ------
    UnreadableFile
        If it is not JSON.
    InvalidRecord
        If no record has the form.

    References
    ----------
    Barnes, J. et al. (2022). SemEval 2022 Task 10: Structured Sentiment Analysis. doi:10.18653/v1/2022.semeval-1.180
    """
    documents: list[Document] = []
    codings: list[Coding] = []
    problems: list[Problem] = []
    for place, record in read_json_objects(path):
        text, opinions = record.get("text"), record.get("opinions")
        if not isinstance(text, str) or not isinstance(opinions, list):
            raise InvalidRecord(f"{place} has no text with opinions; expected structured sentiment")
        identity = str(record.get("sent_id") or f"s{len(documents) + 1}")
        if identity in {each.id for each in documents[-50:]}:
            identity = f"{identity}-{len(documents) + 1}"
        document = Document(identity, text)
        documents.append(document)
        codings.append(_opinions(document, as_objects(opinions), place, problems))
    if not documents:
        raise InvalidRecord(f"{path} holds no sentence")
    return Imported(tuple(documents), tuple(codings), problems=tuple(problems))


def _opinions(
    document: Document, opinions: list[dict[str, Any]], place: str, problems: list[Problem]
) -> Coding:
    found = _Named()
    positions: dict[str, Position] = {}
    for number, opinion in enumerate(opinions, 1):
        where = f"{place}, opinion {number}"
        source, target, cue = (
            _spans(document, opinion.get(name), where, problems)
            for name in ("Source", "Target", "Polar_expression")
        )
        sign = _POLARITIES.get(str(opinion.get("Polarity")).lower())
        if not target or not cue or sign is None:
            problems.append(
                Problem(where, "an opinion without target, expression or polarity is no position")
            )
            continue
        own = not source
        holder = found.author() if own else found.actor(source)
        stretches = (*source, *target, *cue)
        evidence = document.span(min(span.start for span in stretches), max(span.end for span in stretches))
        position = _opinion(
            document,
            holder,
            found.actor(target),
            sign,
            (evidence,),
            cue[0],
            holder_form="implicit" if own else "named",
            strength=_STRENGTHS.get(str(opinion.get("Intensity")).lower(), "plain"),
            voice="own" if own else "reported",
        )
        positions[position.id] = position
    ordered = sorted(found.mentions, key=lambda each: (each.span.start, each.span.end, each.actor))
    return Coding(
        document.id,
        tuple(found.actors.values()),
        (AUTHOR,) if "" in found.actors else (),
        mentions=tuple(ordered),
        positions=tuple(sorted(positions.values(), key=lambda p: (p.cue.start, p.id))),
    ).check(document)


@dataclass
class _Named:
    """Actors of one sentence by the words that name them, with their mentions."""

    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: dict[Mention, None] = field(default_factory=dict)

    def actor(self, spans: list[Span]) -> str:
        name = " ".join(" ".join(span.exact for span in spans).split()) or spans[0].exact
        if name not in self.actors:
            self.actors[name] = Actor(f"a{len(self.actors) + 1}", name if name.strip() else "?")
        for span in spans:
            self.mentions.setdefault(Mention(span, self.actors[name].id, mention_form(span.exact)))
        return self.actors[name].id

    def author(self) -> str:
        self.actors.setdefault("", Actor(AUTHOR, AUTHOR, kind="person"))
        return AUTHOR


def _spans(document: Document, value: object, where: str, problems: list[Problem]) -> list[Span]:
    parts = as_list(value)
    words, places = (as_list(parts[0]), as_list(parts[1])) if len(parts) == 2 else ([], [])
    spans = []
    for place, quote in zip(places, words, strict=False):
        match = _PLACE.match(str(place))
        start, end = (int(match[1]), int(match[2])) if match else (-1, -1)
        if 0 <= start < end <= len(document.text):
            span = document.span(start, end)
            if span.exact != quote:
                problems.append(
                    Problem(
                        where,
                        f"{quote!r:.40} is quoted, the text reads {span.exact!r:.40}",
                        "taken as the text",
                    )
                )
            spans.append(span)
        else:
            problems.append(Problem(where, f"{place!r:.40} is no stretch of the text"))
    return spans


def write_structured_sentiment(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the path of a structured sentiment file.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        ``NAME.json``.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    One opinion for each (holder, target) pair with a sign. Source and target are the mentions inside the evidence, the expression is the
    cue; a holder or target that is not mentioned there stays empty.
    """
    records = []
    for document, coding in only_coded(pairs):
        opinions = [
            {
                "Source": _places(coding, position, holder),
                "Target": _places(coding, position, target),
                "Polar_expression": [[position.cue.exact], [f"{position.cue.start}:{position.cue.end}"]],
                "Polarity": "Positive" if position.polarity > 0 else "Negative",
                "Intensity": "Strong" if position.strength == "strong" else "Average",
            }
            for position in coding.positions
            if position.polarity
            for holder in position.holders
            for target in position.targets
        ]
        records.append({"sent_id": document.id, "text": document.text, "opinions": opinions})
    return [write_text(path, json.dumps(records, ensure_ascii=False, indent=1) + "\n")]


def _places(coding: Coding, position: Position, actor: str) -> list[list[str]]:
    spans = [
        each.span
        for each in coding.mentions
        if each.actor == actor
        and any(s.start <= each.span.start and each.span.end <= s.end for s in position.evidence)
    ]
    return [[span.exact for span in spans], [f"{span.start}:{span.end}" for span in spans]]
