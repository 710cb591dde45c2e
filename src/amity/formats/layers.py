"""Codings as marked stretches with roles: what annotation tools hold, and the way back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from amity.errors import InputError, InvalidValue
from amity.formats.anchoring import Anchors, anchor_problem
from amity.formats.records import Problem, Selection
from amity.model import (
    ACTS,
    Actor,
    Coding,
    Document,
    Mention,
    Origin,
    Position,
    Span,
    coding_from_json,
    coding_to_json,
    mention_form,
    position_id,
)
from amity.model.values import Act, MentionForm

ACTOR = "Actor"
EVIDENCE = "Evidence"
ROLES = ("Holder", "Target", "Via", "Evidence")
SEPARATOR = " | "
_FIELDS = ("holder_form", "status", "voice", "strength", "certainty")


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A marked stretch as an annotation tool holds it.

    Parameters
    ----------
    id : str
        Unique in its document.
    label : str
        ``Actor``, ``Evidence``, an act of the codebook, or any label of another project.
    start, end : int
        Code points.
    exact : str
        The words as the file quotes them; empty where it does not.
    attributes : mapping of str to str
        Fields of the position or mention.
    note : str
        Free words.
    """

    id: str
    label: str
    start: int
    end: int
    exact: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A link from the mark of a position (its cue) to a mark that plays a role in it."""

    name: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Layer:
    """
    Marks and roles of one document.

    Parameters
    ----------
    marks : tuple of Mark
        In text order.
    roles : tuple of Role
        Between marks, by id.
    """

    marks: tuple[Mark, ...] = ()
    roles: tuple[Role, ...] = ()


def coding_to_layer(document: Document, coding: Coding) -> Layer:
    """
    Return a coding as marks and roles.

    Parameters
    ----------
    document : Document
        The coded document.
    coding : Coding
        Its coding.

    Returns
    -------
    Layer
        A mark ``m1`` … for each mention, ``p1`` … for each position at its cue, labelled with its act and bearing all its fields,
        ``e1`` … for each stretch of evidence; roles lead from a position to its evidence, and to the mention of each holder,
        target and reporter that stands nearest to the cue inside the evidence.
    """
    marks = [
        Mark(f"m{number}", ACTOR, m.span.start, m.span.end, m.span.exact, {"actor": m.actor, "form": m.form})
        for number, m in enumerate(coding.mentions, 1)
    ]
    by_actor: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_actor[mark.attributes["actor"]].append(mark)
    roles: list[Role] = []
    evidence: dict[tuple[int, int], str] = {}
    for number, position in enumerate(coding.positions, 1):
        own, cue = f"p{number}", position.cue
        marks.append(Mark(own, position.act, cue.start, cue.end, cue.exact, position_attributes(position)))
        for span in position.evidence:
            place = (span.start, span.end)
            if place not in evidence:
                evidence[place] = f"e{len(evidence) + 1}"
                marks.append(Mark(evidence[place], EVIDENCE, *place, span.exact))
            roles.append(Role("Evidence", own, evidence[place]))
        for name, actors in (
            ("Holder", position.holders),
            ("Target", position.targets),
            ("Via", position.via),
        ):
            for actor in actors:
                nearest = _nearest(by_actor.get(actor, ()), position)
                if nearest is not None:
                    roles.append(Role(name, own, nearest.id))
    return Layer(tuple(marks), tuple(roles))


def _nearest(marks: Sequence[Mark], position: Position) -> Mark | None:
    inside = [
        mark for mark in marks if any(s.start <= mark.start and mark.end <= s.end for s in position.evidence)
    ]
    cue = position.cue
    return min(
        inside,
        key=lambda mark: (max(mark.start - cue.end, cue.start - mark.end, 0), mark.start),
        default=None,
    )


def position_attributes(position: Position) -> dict[str, str]:
    """
    Return a position's fields as text, without its act and its places.

    Parameters
    ----------
    position : Position
        The position.

    Returns
    -------
    dict of str to str
        Fields without a value are left out.
    """
    values = {
        "position": position.id,
        "holders": SEPARATOR.join(position.holders),
        "targets": SEPARATOR.join(position.targets),
        "via": SEPARATOR.join(position.via),
        "polarity": "" if position.polarity is None else str(position.polarity),
        "concept": position.concept or "",
        "agreement": "" if position.agreement is None else str(position.agreement),
        **{name: str(getattr(position, name)) for name in _FIELDS},
        "date": position.date or "",
        "score": repr(position.score),
        "agent": position.origin.agent if position.origin else "",
    }
    return {key: value for key, value in values.items() if value}


def document_record(document: Document, coding: Coding) -> dict[str, Any]:
    """
    Return what marks cannot hold: the document's fields, actors, issuers, addressees, quotations.

    Parameters
    ----------
    document : Document
        The document.
    coding : Coding
        Its coding.

    Returns
    -------
    dict
        The codebook's form without mentions and positions, ready for JSON.
    """
    record = coding_to_json(coding, document)
    record["mentions"], record["positions"] = [], []
    for name in ("place", "publisher", "citation"):
        if getattr(document, name):
            record[name] = getattr(document, name)
    if document.metadata:
        record["metadata"] = dict(document.metadata)
    return record


@dataclass
class LayerReading:
    """
    What the marks of one document say.

    Parameters
    ----------
    coding : Coding
        Actors, mentions, positions.
    selections : list of Selection
        Marks that are neither.
    problems : list of Problem
        What could not be taken over as it stands.
    """

    coding: Coding
    selections: list[Selection]
    problems: list[Problem]


def layer_to_coding(
    document: Document,
    layer: Layer,
    *,
    record: Mapping[str, Any] | None = None,
    place: str = "",
    coder: str = "",
) -> LayerReading:
    """
    Return the coding that marks and roles describe.

    Parameters
    ----------
    document : Document
        The text; every mark is checked against its quote.
    layer : Layer
        Marks and roles.
    record : mapping, optional
        As from `document_record`.
    place : str
        Where in the file, for messages.
    coder : str
        Who made the marks, where they do not say.

    Returns
    -------
    LayerReading
        A mark labelled ``Actor`` is a mention; one labelled with an act and with a holder and a target or concept is a position; any other is a
        selection. Where roles name other actors than a position's fields, the roles count.
    """
    reader = _Reader(document, record, place, coder)
    reader.anchor(layer.marks)
    reader.read(layer)
    return reader.result()


class _Reader:
    def __init__(self, document: Document, record: Mapping[str, Any] | None, place: str, coder: str) -> None:
        self.document = document
        self.place = place or document.id
        self.coder = coder
        self.problems: list[Problem] = []
        self.selections: list[Selection] = []
        self.spans: dict[str, Span | None] = {}
        self.mentions: list[Mention] = []
        self.positions: list[Position] = []
        self.actor_of: dict[str, str] = {}
        base = Coding(document.id)
        if record is not None:
            try:
                base = coding_from_json({**record, "mentions": [], "positions": []}, document)
            except InputError as error:
                self.problems.append(Problem(self.place, f"the document's record does not fit: {error}"))
        self.base = base
        self.actors: dict[str, Actor] = {actor.id: actor for actor in base.actors}

    def anchor(self, marks: Iterable[Mark]) -> None:
        anchors = Anchors(self.document)
        for mark in marks:
            found = anchors.find(mark.start, mark.end, mark.exact)
            self.spans[mark.id] = found.span
            problem = anchor_problem(found, f"{self.place}, {mark.id}", mark.exact)
            if problem is not None:
                self.problems.append(problem)

    def actor(self, wanted: str) -> str:
        """Id of the actor of an id or name; a new one where there is none."""
        if wanted in self.actors:
            return wanted
        for actor in self.actors.values():
            if wanted == actor.name:
                return actor.id
        self.actors[wanted] = Actor(wanted, wanted)
        return wanted

    def read(self, layer: Layer) -> None:
        marks = {mark.id: mark for mark in layer.marks}
        roles: dict[str, list[Role]] = defaultdict(list)
        for role in layer.roles:
            if role.source in marks and role.target in marks:
                roles[role.source].append(role)
            else:
                self.problems.append(
                    Problem(
                        self.place,
                        f"role {role.name} joins {role.source} and {role.target}; one is not there",
                    )
                )
        used = {role.target for listed in roles.values() for role in listed if role.name == "Evidence"}
        for mark in layer.marks:
            span = self.spans[mark.id]
            if mark.label == ACTOR and span is not None:
                self._mention(mark, span)
        for mark in layer.marks:
            span = self.spans[mark.id]
            if mark.label == ACTOR and span is not None:
                continue
            if mark.label == EVIDENCE and mark.id in used and span is not None:
                continue
            if mark.label in ACTS and span is not None and self._position(mark, span, roles[mark.id]):
                continue
            self._selection(mark, span, roles[mark.id], marks)

    def _mention(self, mark: Mark, span: Span) -> None:
        actor = self.actor(
            mark.attributes.get("actor") or mark.attributes.get("name") or " ".join(span.exact.split())
        )
        self.actor_of[mark.id] = actor
        form = mark.attributes.get("form", "")
        known = form if form in ("named", "nominal", "pronoun") else mention_form(span.exact)
        self.mentions.append(Mention(span, actor, cast(MentionForm, known)))

    def _filled(self, mark: Mark, name: str, roles: list[Role]) -> tuple[str, ...]:
        """Actors of a role: the fields', unless the roles name others."""
        listed = [each for each in mark.attributes.get(f"{name.lower()}s", "").split(SEPARATOR) if each]
        if name == "Via":
            listed = [each for each in mark.attributes.get("via", "").split(SEPARATOR) if each]
        fields = tuple(self.actor(each) for each in listed)
        pointed = tuple(
            dict.fromkeys(
                self.actor_of[role.target]
                for role in roles
                if role.name == name and role.target in self.actor_of
            )
        )
        if set(pointed) <= set(fields):
            return fields
        if fields:
            self.problems.append(
                Problem(
                    f"{self.place}, {mark.id}",
                    f"its {name} roles name other actors than its fields",
                    "roles taken over",
                )
            )
        return pointed

    def _evidence(self, span: Span, roles: list[Role]) -> tuple[Span, ...]:
        """Stretches that the roles lead to; the cue itself where none holds it."""
        evidence = [
            found
            for role in roles
            if role.name == "Evidence" and (found := self.spans.get(role.target)) is not None
        ]
        if not any(each.start <= span.start and span.end <= each.end for each in evidence):
            evidence.append(span)
        return tuple(evidence)

    def _position(self, mark: Mark, span: Span, roles: list[Role]) -> bool:
        ordered = self._evidence(span, roles)
        values = mark.attributes
        holders, targets, via = (self._filled(mark, name, roles) for name in ("Holder", "Target", "Via"))
        if not holders or (not targets and not values.get("concept")):
            return False
        try:
            polarity = _sign(values.get("polarity"), (1, -1, 0))
            agreement = _sign(values.get("agreement"), (1, -1))
            if targets and polarity is None:
                polarity = 0
            agent = values.get("agent") or (f"coder:{self.coder}" if self.coder else "")
            identity = values.get("position") or position_id(
                self.document.id,
                holders=holders,
                targets=targets,
                concept=values.get("concept"),
                act=mark.label,
                polarity=polarity,
                agreement=agreement,
                cue=(span.start, span.end),
                evidence=tuple((each.start, each.end) for each in ordered),
            )
            taken = {each.id for each in self.positions}
            chosen = {name: values[name] for name in _FIELDS if values.get(name)}
            self.positions.append(
                Position(
                    identity if identity not in taken else f"{identity}-{mark.id}",
                    self.document.id,
                    holders,
                    cast(Act, mark.label),
                    ordered,
                    span,
                    targets=targets,
                    polarity=polarity if targets else None,
                    concept=values.get("concept") or None,
                    agreement=agreement,
                    via=via,
                    date=values.get("date") or None,
                    origin=Origin(agent) if agent else None,
                    score=float(values.get("score", "1")),
                    **cast(Any, chosen),
                )
            )
        except (InvalidValue, ValueError) as error:
            self.problems.append(Problem(f"{self.place}, {mark.id}", str(error), "kept as a selection"))
            return False
        return True

    def _selection(self, mark: Mark, span: Span | None, roles: list[Role], marks: Mapping[str, Mark]) -> None:
        pointed = {
            role.name: SEPARATOR.join(marks[each.target].exact for each in roles if each.name == role.name)
            for role in roles
        }
        self.selections.append(
            Selection(
                mark.label,
                span,
                self.document.id,
                mark.exact or (span.exact if span else ""),
                self.coder,
                mark.note,
                {**mark.attributes, **pointed},
            )
        )

    def result(self) -> LayerReading:
        mentions = sorted(self.mentions, key=lambda m: (m.span.start, m.span.end, m.actor))
        if [m.span for m in self.mentions] == sorted(m.span for m in self.mentions):
            mentions = self.mentions
        coding = Coding(
            self.document.id,
            tuple(self.actors.values()),
            self.base.issuers,
            self.base.addressees,
            tuple(mentions),
            tuple(self.positions),
            self.base.quotations,
        )
        return LayerReading(coding.check(self.document), self.selections, self.problems)


def _sign(text: str | None, allowed: tuple[int, ...]) -> int | None:
    if text is None or text == "":
        return None
    number = int(text.replace("−", "-").replace("+", ""))
    if number not in allowed:
        raise InvalidValue(f"{number} is no sign; expected one of {allowed}")
    return number
