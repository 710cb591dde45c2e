"""The core records. All are frozen; field names are the codebook's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from typing import Self

from amity.errors import InvalidValue, SpanMismatch
from amity.model.dates import day_range
from amity.model.values import (
    ACTOR_KINDS,
    ACTS,
    CERTAINTIES,
    HOLDER_FORMS,
    MENTION_FORMS,
    STATUSES,
    STRENGTHS,
    VERDICTS,
    VOICES,
    Act,
    ActorKind,
    Certainty,
    HolderForm,
    MentionForm,
    Status,
    Strength,
    Verdict,
    Voice,
    check_value,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Who made a record: a coder, or a reader with its version and settings.

    Parameters
    ----------
    agent : str
        ``"coder:NAME"`` or ``"reader:NAME"``.
    version : str
        Version of the reader; empty for a coder.
    settings : str
        Settings of the reader as canonical JSON; empty for a coder.
    made_at : str
        Moment in UTC, ISO 8601; empty where the maker must be reproducible to the byte.
    """

    agent: str
    version: str = ""
    settings: str = ""
    made_at: str = ""

    @property
    def is_person(self) -> bool:
        """Whether a person made it."""
        return self.agent.startswith("coder:")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """
    A stretch of a document: code points, half-open, with the exact words.

    Parameters
    ----------
    document_id : str
        The document.
    start, end : int
        Code points of the document's text; start inclusive, end exclusive.
    exact : str
        The text itself.

    Raises
    ------
    SpanMismatch
        If the stretch is empty, inverted, or its length is not that of `exact`.
    """

    document_id: str
    start: int
    end: int
    exact: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.exact):
            raise SpanMismatch(
                f"document {self.document_id!r}: span [{self.start}, {self.end}) cannot hold the "
                f"{len(self.exact)} characters {self.exact[:40]!r}; give 0 <= start < end and the exact words"
            )

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character of the same document."""
        return self.document_id == other.document_id and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """
    A text as it was read, never altered, with what is known about it.

    Parameters
    ----------
    id : str
        Unique in a project.
    text : str
        All offsets count its code points.
    title, place, kind, language, publisher, citation : str
        Empty where unknown. `language` is an ISO 639-1 code.
    date : str or None
        ISO 8601; a year or year-month is allowed.
    issuers, addressees : tuple of str
        Names as given or found (a `Coding` holds actor ids instead).
    metadata : mapping of str to str
        Everything else that the source holds.
    provenance : mapping of str to str
        For each filled field where it comes from: ``file``, ``table``, ``pattern`` or ``found``
        (read out of the text, not given by anyone).
    """

    id: str
    text: str
    title: str = ""
    date: str | None = None
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    place: str = ""
    kind: str = ""
    language: str = ""
    publisher: str = ""
    citation: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id:
            raise InvalidValue("a document needs an id; found an empty one")
        if self.date is not None:
            day_range(self.date)

    @property
    def sha256(self) -> str:
        """The hexadecimal SHA-256 of the text in UTF-8; lone surrogates count as they stand."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """
        Return the stretch from `start` to `end` with its words.

        Parameters
        ----------
        start, end : int
            Code points, half-open.

        Returns
        -------
        Span
            The stretch.

        Raises
        ------
        SpanMismatch
            If the stretch is empty, inverted or beyond the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise SpanMismatch(
                f"document {self.id!r} has {len(self.text)} characters; [{start}, {end}) is no stretch of it"
            )
        return Span(self.id, start, end, self.text[start:end])

    def check(self, span: Span) -> None:
        """
        Raise unless a span's words stand where it says.

        Parameters
        ----------
        span : Span
            A span of this document.

        Raises
        ------
        SpanMismatch
            If the span is of another document, or its words are not the text's.
        """
        found = self.text[span.start : span.end]
        if span.document_id != self.id or found != span.exact:
            raise SpanMismatch(
                f"document {self.id!r} reads {found[:60]!r} at [{span.start}, {span.end}), not {span.exact[:60]!r} "
                f"of {span.document_id!r}; re-import the document or re-anchor the span"
            )


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Someone the text treats as able to take a position or to be its target.

    Parameters
    ----------
    id : str
        Unique in its coding or project.
    name : str
        The fullest form the document gives, without evaluative epithets.
    kind : ActorKind
        One of the codebook's ten kinds.
    aliases : tuple of str
        Other forms of the name.
    generic : bool
        True for "all parties", "the international community", "the masses".
    attributes : mapping of str to str
        What the user adds (party, coalition, government, external identifiers).
    """

    id: str
    name: str
    kind: ActorKind = "other"
    aliases: tuple[str, ...] = ()
    generic: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id or not self.name.strip():
            raise InvalidValue(f"an actor needs an id and a name; found id {self.id!r}, name {self.name!r}")
        check_value("actor kind", self.kind, ACTOR_KINDS)


@dataclass(frozen=True, slots=True)
class Concept:
    """A policy, demand, act or idea, with the concept it belongs under, if any."""

    id: str
    name: str
    broader: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """
    Words that stand for an actor.

    Parameters
    ----------
    span : Span
        The words.
    actor : str
        Actor id.
    form : MentionForm
        ``named``, ``nominal`` or ``pronoun``.
    origin : Origin or None
        Who found it; None in a coding without origins.
    """

    span: Span
    actor: str
    form: MentionForm = "named"
    origin: Origin | None = None

    def __post_init__(self) -> None:
        check_value("mention form", self.form, MENTION_FORMS)


@dataclass(frozen=True, slots=True)
class Quotation:
    """
    Words in quotation marks and who spoke them.

    Parameters
    ----------
    speaker : str or None
        Actor id; None where the text does not say.
    span : Span
        The quoted words without their marks.
    cue : Span or None
        The reporting words.
    """

    speaker: str | None
    span: Span
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """
    One position, tied to the words that show it (see the codebook for every field).

    Parameters
    ----------
    id : str
        From `position_id`; the same words read the same way keep the same id.
    document_id : str
        The document.
    holders, via, targets : tuple of str
        Actor ids; at least one holder; `via` from the issuer inwards.
    holder_form : HolderForm
        How the text shows the holder here.
    polarity : int or None
        1, -1 or 0 towards the targets; None without a target.
    concept : str or None
        What it is about.
    agreement : int or None
        1 or -1 with the concept.
    act, status, voice, strength, certainty
        One of the codebook's values.
    evidence : tuple of Span
        At least one.
    cue : Span
        The words that carry the act; inside the evidence.
    date : str or None
        When the position was taken, if not the document's date.
    origin : Origin or None
        Who made it; None in a coding without origins.
    score : float
        From 0 to 1: how sure its reader is; 1 for a person's.

    Raises
    ------
    InvalidValue
        If a value is not the codebook's.
    SpanMismatch
        If the cue lies outside the evidence.
    """

    id: str
    document_id: str
    holders: tuple[str, ...]
    act: Act
    evidence: tuple[Span, ...]
    cue: Span
    targets: tuple[str, ...] = ()
    polarity: int | None = None
    concept: str | None = None
    agreement: int | None = None
    holder_form: HolderForm = "named"
    via: tuple[str, ...] = ()
    status: Status = "actual"
    voice: Voice = "own"
    strength: Strength = "plain"
    certainty: Certainty = "sure"
    date: str | None = None
    origin: Origin | None = None
    score: float = 1.0

    def __post_init__(self) -> None:
        check_value("act", self.act, ACTS)
        check_value("status", self.status, STATUSES)
        check_value("voice", self.voice, VOICES)
        check_value("holder_form", self.holder_form, HOLDER_FORMS)
        check_value("strength", self.strength, STRENGTHS)
        check_value("certainty", self.certainty, CERTAINTIES)
        check_value("polarity", self.polarity, (1, -1, 0, None))
        check_value("agreement", self.agreement, (1, -1, None))
        if not self.holders:
            raise InvalidValue(f"position {self.id!r} has no holder; the codebook asks for at least one")
        if not self.targets and self.concept is None:
            raise InvalidValue(f"position {self.id!r} has neither target nor concept; it needs one or both")
        if (self.polarity is None) != (not self.targets):
            raise InvalidValue(
                f"position {self.id!r} has polarity {self.polarity} with {len(self.targets)} targets; "
                "polarity is towards targets, and null without one"
            )
        if not self.evidence or not any(
            each.document_id == self.cue.document_id
            and each.start <= self.cue.start
            and self.cue.end <= each.end
            for each in self.evidence
        ):
            raise SpanMismatch(
                f"position {self.id!r}: the cue {self.cue.exact[:40]!r} at [{self.cue.start}, {self.cue.end}) "
                "lies outside the evidence; widen the evidence or move the cue"
            )
        if not 0.0 <= self.score <= 1.0:
            raise InvalidValue(f"position {self.id!r} has score {self.score}; a score lies between 0 and 1")


def position_id(
    document_id: str,
    *,
    holders: tuple[str, ...],
    targets: tuple[str, ...],
    concept: str | None,
    act: str,
    polarity: int | None,
    agreement: int | None,
    cue: tuple[int, int],
    evidence: tuple[tuple[int, int], ...],
) -> str:
    """
    Return an id that the same reading of the same words always gets.

    Parameters
    ----------
    document_id : str
        The document.
    holders, targets : tuple of str
        Actor ids as the reader gives them, before they are linked to a project's actors.
    concept : str or None
        What it is about.
    act : str
        One of the ten.
    polarity, agreement : int or None
        As in the codebook.
    cue : tuple of int
        Start and end.
    evidence : tuple of tuple of int
        Starts and ends.

    Returns
    -------
    str
        ``"p"`` and 16 hexadecimal digits.
    """
    canonical = dumps(
        [
            document_id,
            sorted(holders),
            sorted(targets),
            concept,
            act,
            polarity,
            agreement,
            cue,
            sorted(evidence),
        ],
        ensure_ascii=True,
        separators=(",", ":"),
    )
    return "p" + sha256(canonical.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Decision:
    """
    What a person decided about a position; appended, never overwritten.

    Parameters
    ----------
    position_id : str
        The position decided on.
    verdict : Verdict
        ``accepted``, ``edited``, ``rejected`` or ``added``.
    origin : Origin
        The coder.
    replaced_by : str or None
        For ``edited``: id of the corrected position.
    note : str
        Free words.
    at : str
        Moment in UTC, ISO 8601.
    """

    position_id: str
    verdict: Verdict
    origin: Origin
    replaced_by: str | None = None
    note: str = ""
    at: str = ""

    def __post_init__(self) -> None:
        check_value("verdict", self.verdict, VERDICTS)


@dataclass(frozen=True, slots=True)
class Edge:
    """
    A directed tie: support and opposition are separate weights, and every edge names its positions.

    Parameters
    ----------
    source, target : str
        Actor ids.
    support, opposition : float
        Weights, never negative; the sign is a choice that a measure makes.
    positions : tuple of str
        Ids of the positions behind it, in document order.
    """

    source: str
    target: str
    support: float
    opposition: float
    positions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """
    Everything found in one document, by a reader or a coder; the codebook's JSON form as a record.

    Parameters
    ----------
    document_id : str
        The document.
    actors : tuple of Actor
        With ids that are unique in this coding.
    issuers, addressees : tuple of str
        Actor ids.
    mentions : tuple of Mention
        In text order.
    positions : tuple of Position
        In text order of their cues.
    quotations : tuple of Quotation
        In text order.
    """

    document_id: str
    actors: tuple[Actor, ...] = ()
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    positions: tuple[Position, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    def check(self, document: Document) -> Self:
        """
        Return the coding itself if every id resolves and every span holds the document's words.

        Parameters
        ----------
        document : Document
            The coded document.

        Returns
        -------
        Coding
            Self.

        Raises
        ------
        InvalidValue
            If an actor id is unknown or used twice.
        SpanMismatch
            If words and offsets disagree.
        """
        known = {actor.id for actor in self.actors}
        if len(known) != len(self.actors):
            raise InvalidValue(f"coding of {self.document_id!r} uses an actor id twice; ids must be unique")
        used = {*self.issuers, *self.addressees, *(mention.actor for mention in self.mentions)}
        for position in self.positions:
            used.update(position.holders, position.targets, position.via)
            for span in (*position.evidence, position.cue):
                document.check(span)
        used.update(quotation.speaker for quotation in self.quotations if quotation.speaker is not None)
        for span in (mention.span for mention in self.mentions):
            document.check(span)
        for quotation in self.quotations:
            document.check(quotation.span)
        if unknown := sorted(used - known):
            raise InvalidValue(
                f"coding of {self.document_id!r} uses actor ids it does not define: {', '.join(unknown)}"
            )
        return self
