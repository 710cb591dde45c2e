"""A model's answers → a coding: every quote is looked up in the text, and what is not there is dropped and counted."""

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from amity.errors import InvalidValue, ReaderError
from amity.mentions import link_actors
from amity.model import (
    ACTOR_KINDS,
    ACTS,
    CERTAINTIES,
    HOLDER_FORMS,
    STATUSES,
    STRENGTHS,
    USUAL_POLARITY,
    VOICES,
    Act,
    Actor,
    ActorKind,
    Coding,
    Document,
    Mention,
    Origin,
    Position,
    Span,
    day_range,
    mention_form,
    position_id,
)
from amity.pipeline.language_model.anchoring import find_words

ISSUER = "issuer"
_MOST_MENTIONS = 200
_LONGEST_NAME = 200
_SCORE = 0.5
_ARTICLE = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)
_FENCE = re.compile(r"\A```[a-z]*\s*|\s*```\Z")
_SLUG = re.compile(r"[^a-z0-9]+")


def parse_answer(words: str) -> dict[str, Any]:
    """
    Return the JSON object that a model answered with.

    Parameters
    ----------
    words : str
        Its message; a code fence or words around the object do no harm.

    Returns
    -------
    dict
        With lists under ``actors`` and ``positions``.

    Raises
    ------
    ReaderError
        If there is no such object.
    """
    plain = _FENCE.sub("", words.strip())
    first, last = plain.find("{"), plain.rfind("}")
    if first < 0 or last < first:
        raise ReaderError("there is no JSON object in it")
    try:
        answer = json.loads(plain[first : last + 1])
    except (ValueError, RecursionError) as error:
        raise ReaderError(f"the JSON breaks off or is none: {error}") from error
    if not isinstance(answer, dict):
        raise ReaderError("it is no JSON object")
    for name in ("actors", "positions"):
        if not isinstance(answer.get(name), list):
            raise ReaderError(f"{name!r} is no list")
    return answer


@dataclass(frozen=True, slots=True)
class Part:
    """
    The answer about a stretch of a document.

    Parameters
    ----------
    start, end : int
        The stretch.
    answer : mapping
        As `parse_answer` returned it.
    """

    start: int
    end: int
    answer: Mapping[str, Any]


def build_coding(
    document: Document, base: Coding, parts: Sequence[Part], origin: Origin
) -> tuple[Coding, Counter[str]]:
    """
    Return the coding that answers amount to, and what was dropped.

    Parameters
    ----------
    document : Document
        The document.
    base : Coding
        Issuers, addressees, actors and mentions as `amity.mentions` finds them; their ids, aliases and mentions serve the actors that the
        model names too.
    parts : sequence of Part
        One for each stretch.
    origin : Origin
        The reader.

    Returns
    -------
    coding : Coding
        Every span holds the document's words, every actor stands in the text or issued it.
    dropped : Counter
        Reason to number.
    """
    builder = _Builder(document, base, origin)
    for part in parts:
        builder.take(part)
    return builder.coding(), builder.dropped


@dataclass(slots=True)
class _Known:
    name: str
    kind: ActorKind
    generic: bool
    forms: list[str] = field(default_factory=list)


class _Builder:
    def __init__(self, document: Document, base: Coding, origin: Origin) -> None:
        self.dropped: Counter[str] = Counter()
        self._document = document
        self._text = document.text
        self._base = base
        self._origin = origin
        self._base_actors = {each.id: each for each in base.actors}
        self._actors: dict[str, Actor] = {}
        self._by_name: dict[str, str] = {}
        self._issuers = list(base.issuers)
        self._mentions: dict[tuple[int, int], str] = {}
        self._positions: dict[str, Position] = {}
        self._ends: dict[tuple[Any, ...], int] = {}
        for each in (*base.issuers, *base.addressees):
            self._actors[each] = self._base_actors[each]

    def take(self, part: Part) -> None:
        """Add what one answer says about its stretch."""
        ids = self._link(part)
        if not self._issuers:
            self._issuers = [ids[each] for each in _texts(part.answer.get("issuers")) if each in ids]
        for record in part.answer["positions"]:
            reason = self._add(record, part, ids) if isinstance(record, dict) else "not in the given form"
            if reason:
                self.dropped[reason] += 1

    def _link(self, part: Part) -> dict[str, str]:
        """The answer's actor ids → the coding's, of actors that the text holds or that are known of the document."""
        ids: dict[str, str] = {}
        for record in part.answer["actors"]:
            found = _actor(record)
            if found is None:
                self.dropped["actor not in the given form"] += 1
                continue
            identity, known = found
            places = self._places(known, part)
            linked = self._identify(known, is_there=bool(places))
            if linked is None:
                self.dropped["actor not in the text"] += 1
                continue
            ids[identity] = linked
            for place in places:
                self._mentions.setdefault(place, linked)
        return ids

    def _places(self, known: _Known, part: Part) -> list[tuple[int, int]]:
        places: list[tuple[int, int]] = []
        for form in dict.fromkeys([known.name, *known.forms]):
            at = find_words(self._text, form, part.start, part.end)
            if at is None and form != known.name:
                self.dropped["mention not in the text"] += 1
            everywhere = mention_form(form) == "named"
            while at is not None and len(places) < _MOST_MENTIONS:
                places.append(at)
                at = find_words(self._text, form, at[1], part.end) if everywhere else None
        return places

    def _identify(self, known: _Known, *, is_there: bool) -> str | None:
        plain = _plain(known.name)
        if plain in self._by_name:
            return self._by_name[plain]
        aliases = tuple(
            each
            for each in dict.fromkeys(known.forms)
            if each != known.name
            and mention_form(each) == "named"
            and find_words(self._text, each) is not None
        )
        new = Actor("new", known.name, known.kind, aliases, known.generic)
        link = link_actors([new], list(self._base_actors.values()))[0]
        if link.known_id is not None:
            actor = self._base_actors[link.known_id]
            more = [each for each in (known.name, *aliases) if each not in (actor.name, *actor.aliases)]
            actor = replace(actor, aliases=(*actor.aliases, *more))
        elif is_there or find_words(self._text, known.name) is not None:
            actor = replace(new, id=self._free_id(known.name))
        else:
            return None
        self._actors[actor.id] = actor
        self._by_name[plain] = actor.id
        return actor.id

    def _free_id(self, name: str) -> str:
        slug = _SLUG.sub("-", name.casefold()).strip("-")[:60] or "actor"
        identity, number = slug, 2
        while identity in self._actors or identity in self._base_actors or identity == ISSUER:
            identity, number = f"{slug}-{number}", number + 1
        return identity

    def _resolve(self, given: object, ids: Mapping[str, str]) -> tuple[str, ...] | None:
        """Actor ids of the coding; None if one is not known."""
        found: list[str] = []
        for each in _texts(given):
            if each in ids:
                found.append(ids[each])
            elif each == ISSUER and self._issuers:
                found.extend(self._issuers)
            else:
                return None
        return tuple(dict.fromkeys(found))

    def _add(self, record: Mapping[str, Any], part: Part, ids: Mapping[str, str]) -> str:
        """Add one position; returns why it is dropped, else an empty string."""
        roles = [self._resolve(record.get(name), ids) for name in ("holders", "targets", "via")]
        holders, targets, via = roles
        if holders is None or targets is None or via is None:
            return "actor not in the text"
        if not holders:
            return "no holder"
        values = _values(record, has_target=bool(targets))
        if values is None:
            return "value outside the codebook"
        if not targets and values["concept"] is None:
            return "neither target nor concept"
        spans = self._spans(record, part, (holders, targets, values["concept"], values["act"]))
        if isinstance(spans, str):
            return spans
        evidence, cue, key = spans
        if not self._note_words(record, part, holders, targets):
            return "quote not in the text"
        self._ends[key] = evidence.end
        identity = position_id(
            self._document.id,
            holders=holders,
            targets=targets,
            concept=values["concept"],
            act=values["act"],
            polarity=values["polarity"],
            agreement=values["agreement"],
            cue=(cue.start, cue.end),
            evidence=((evidence.start, evidence.end),),
        )
        if identity in self._positions:
            return "said twice"
        self._positions[identity] = Position(
            identity,
            self._document.id,
            holders,
            evidence=(evidence,),
            cue=cue,
            targets=targets,
            via=via,
            origin=self._origin,
            **values,
        )
        return ""

    def _spans(
        self, record: Mapping[str, Any], part: Part, same: tuple[Any, ...]
    ) -> tuple[Span, Span, tuple[Any, ...]] | str:
        quote, cue_quote = record.get("evidence"), record.get("cue")
        if not isinstance(quote, str) or not isinstance(cue_quote, str):
            return "not in the given form"
        key = (part.start, quote, cue_quote, *same)
        evidence = find_words(self._text, quote, self._ends.get(key, part.start), part.end)
        if evidence is None:
            return "said twice" if key in self._ends else "quote not in the text"
        cue = find_words(self._text, cue_quote, *evidence)
        if cue is None:
            return "quote not in the text"
        return self._document.span(*evidence), self._document.span(*cue), key

    def _note_words(
        self, record: Mapping[str, Any], part: Part, holders: tuple[str, ...], targets: tuple[str, ...]
    ) -> bool:
        """Look up the words for holder and targets, and keep them as mentions; False if some are not the text's."""
        given = record.get("holder_words")
        holder_words = [given] if isinstance(given, str) and given.strip() else []
        target_words = _texts(record.get("target_words"))
        noted: list[tuple[tuple[int, int], str]] = []
        for words, actors in ((holder_words, holders), (target_words, targets)):
            for number, each in enumerate(words):
                place = find_words(self._text, each, part.start, part.end)
                if place is None:
                    return False
                if len(words) == len(actors):
                    noted.append((place, actors[number]))
        for place, actor in noted:
            self._mentions.setdefault(place, actor)
        return True

    def coding(self) -> Coding:
        """Return the coding as it stands."""
        mentions = {
            (each.span.start, each.span.end): each
            for each in self._base.mentions
            if each.actor in self._actors
        }
        for (start, end), actor in self._mentions.items():
            span = self._document.span(start, end)
            mentions.setdefault((start, end), Mention(span, actor, mention_form(span.exact), self._origin))
        outer: list[Mention] = []
        widest = -1
        for _, mention in sorted(mentions.items(), key=lambda each: (each[0][0], -each[0][1])):
            # "Union" inside "Harvest Union" is part of that name.
            if mention.span.end > widest or mention in self._base.mentions:
                outer.append(mention)
                widest = max(widest, mention.span.end)
        positions = sorted(self._positions.values(), key=lambda each: (each.cue.start, each.cue.end, each.id))
        return Coding(
            self._document.id,
            tuple(self._actors.values()),
            tuple(self._issuers),
            self._base.addressees,
            tuple(outer),
            tuple(positions),
            tuple(
                each for each in self._base.quotations if each.speaker is None or each.speaker in self._actors
            ),
        ).check(self._document)


def _texts(given: object) -> list[str]:
    return [each for each in given if isinstance(each, str)] if isinstance(given, list) else []


def _plain(name: str) -> str:
    return _ARTICLE.sub("", " ".join(name.split())).casefold()


def _actor(record: object) -> tuple[str, _Known] | None:
    if not isinstance(record, dict):
        return None
    identity, name = record.get("id"), record.get("name")
    if not isinstance(identity, str) or not isinstance(name, str) or identity == ISSUER:
        return None
    name = " ".join(name.split())
    if not identity or not name or len(name) > _LONGEST_NAME:
        return None
    kind = record.get("kind")
    forms = [each for each in _texts(record.get("mentions")) if each.strip() and len(each) <= _LONGEST_NAME]
    return identity, _Known(
        name,
        kind if isinstance(kind, str) and kind in ACTOR_KINDS else "other",
        record.get("generic") is True,
        forms[:_MOST_MENTIONS],
    )


def _values(record: Mapping[str, Any], *, has_target: bool) -> dict[str, Any] | None:
    """The position's plain fields; None where one that changes its meaning is not the codebook's."""
    act = record.get("act")
    if not isinstance(act, str) or act not in ACTS:
        return None
    signs = {}
    for name, allowed in (("polarity", (1, 0, -1)), ("agreement", (1, -1))):
        value = record.get(name)
        if value is not None and (isinstance(value, bool) or value not in allowed):
            return None
        signs[name] = None if value is None else int(value)
    if has_target and signs["polarity"] is None:
        if act == "deed":
            return None
        signs["polarity"] = USUAL_POLARITY[cast(Act, act)] or 0
    named: dict[str, Any] = {}
    listed: tuple[tuple[str, Sequence[str]], ...] = (
        ("status", STATUSES),
        ("voice", VOICES),
        ("holder_form", HOLDER_FORMS),
    )
    for name, values in listed:
        value = record.get(name)
        if not isinstance(value, str) or value not in values:
            return None
        named[name] = value
    lesser: tuple[tuple[str, Sequence[str], str], ...] = (
        ("strength", STRENGTHS, "plain"),
        ("certainty", CERTAINTIES, "unsure"),
    )
    for name, values, usual in lesser:
        value = record.get(name)
        named[name] = value if isinstance(value, str) and value in values else usual
    concept = record.get("concept")
    concept = " ".join(concept.split())[:_LONGEST_NAME] if isinstance(concept, str) else ""
    return {
        "act": act,
        "polarity": signs["polarity"] if has_target else None,
        "agreement": signs["agreement"] if concept else None,
        "concept": concept or None,
        "date": _date(record.get("date")),
        "score": _score(record.get("confidence")),
        **named,
    }


def _date(value: object) -> str | None:
    if not isinstance(value, str) or not value:
        return None
    try:
        day_range(value)
    except InvalidValue:
        return None
    return value


def _score(value: object) -> float:
    """The model's confidence; a model's word for certainty is never taken for a person's."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return _SCORE
    return round(min(max(float(value), 0.01), 0.99), 4)
