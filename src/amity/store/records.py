"""What a project answers with: frozen rows for lists, one a kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from amity.model import Actor, Origin, Position, State

Outcome = Literal["added", "duplicate", "new_version"]
PositionOrder = Literal["document", "score", "date", "uncertainty", "influence"]
Role = Literal["coder", "adjudicator", "reader", "administrator"]
AssignmentStatus = Literal["open", "started", "done"]
Subject = Literal["project", "document", "position", "actor", "concept", "event"]

ROLES: tuple[Role, ...] = ("coder", "adjudicator", "reader", "administrator")
ASSIGNMENT_STATUSES: tuple[AssignmentStatus, ...] = ("open", "started", "done")
SUBJECTS: tuple[Subject, ...] = ("project", "document", "position", "actor", "concept", "event")
POSITION_ORDERS: tuple[PositionOrder, ...] = ("document", "score", "date", "uncertainty", "influence")


@dataclass(frozen=True, slots=True)
class AddedDocument:
    """
    What became of a document that was brought to a project.

    Parameters
    ----------
    id : str
        Its id in the project; for a duplicate, the id of the document that has the same text.
    outcome : {"added", "duplicate", "new_version"}
        A known text is a duplicate; another text under a known id is a further version.
    of : str or None
        Id of the document that it duplicates, or whose further version it is.
    """

    id: str
    outcome: Outcome
    of: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """
    One document in a list.

    Parameters
    ----------
    id, title, place, kind, language : str
        As in `Document`.
    date : str or None
        ISO 8601.
    issuers : tuple of str
        Names as given or found.
    n_characters : int
        Length of the text in code points.
    n_positions : int
        Positions that stand.
    n_checked : int
        Positions on which a person has decided.
    version : int
        1, or a later version of a changed file.
    superseded : bool
        Whether a later version is there.
    reader : str
        Agent of the latest reading; empty if nobody has read it.
    reader_version : str
        Version of that reader.
    sha256 : str
        Hexadecimal SHA-256 of the text, as in `Document.sha256`.
    """

    id: str
    title: str
    date: str | None
    issuers: tuple[str, ...]
    place: str
    kind: str
    language: str
    n_characters: int
    n_positions: int
    n_checked: int
    version: int
    superseded: bool
    reader: str
    reader_version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ActorAttribute:
    """
    Something a person noted about an actor, with the days between which it holds.

    Parameters
    ----------
    name, value : str
        As in ``party``, ``Harvest Union``.
    since, until : str or None
        ISO dates, full or partial, both inclusive; None for no limit.
    """

    name: str
    value: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """
    One actor in a list.

    Parameters
    ----------
    actor : Actor
        With the project's id; aliases include the names of the actors merged into it.
    n_documents : int
        Documents in which it appears.
    n_held, n_towards : int
        Standing positions that it holds, and that are towards it.
    merged : tuple of str
        Ids of the actors that were merged into it.
    """

    actor: Actor
    n_documents: int
    n_held: int
    n_towards: int
    merged: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The actor's id."""
        return self.actor.id

    @property
    def name(self) -> str:
        """The actor's name."""
        return self.actor.name


@dataclass(frozen=True, slots=True)
class Appearance:
    """
    Why an actor of a document counts as an actor of the project.

    Parameters
    ----------
    document_id : str
        The document.
    key : str
        The actor's id in the document's coding.
    name : str
        Its name there.
    actor : str
        Id of the project's actor, before merges.
    reason : str
        Why the two are one, in words.
    """

    document_id: str
    key: str
    name: str
    actor: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """
    One concept in a list.

    Parameters
    ----------
    id, name : str
        Its id in the project, and its name.
    broader : str or None
        Id of the concept it belongs under.
    n_positions : int
        Standing positions about it.
    merged : tuple of str
        Names of the concepts that were merged into it.
    """

    id: str
    name: str
    broader: str | None
    n_positions: int
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PositionRow:
    """
    One position in a list, with what is decided about it.

    Parameters
    ----------
    position : Position
        With the project's actor ids; origin and score are those of its maker and never change.
    state : State
        Derived from the decisions.
    standing : bool
        False once rejected or replaced.
    document_title : str
        Title of its document.
    document_date : str or None
        Date of its document.
    n_decisions : int
        Decisions that count (undone ones do not).
    revision : int
        Changes with every decision; give it to `Project.decide` to be told if someone else was quicker.
    replaces, replaced_by : str or None
        Ids of the position that it corrects, and of the one that corrects it.
    learned_score : float or None
        What the project's own layer makes of the first score; None where nothing was learned, or a person made it.
    """

    position: Position
    state: State
    standing: bool
    document_title: str
    document_date: str | None
    n_decisions: int
    revision: int
    replaces: str | None = None
    replaced_by: str | None = None
    learned_score: float | None = None

    @property
    def id(self) -> str:
        """The position's id."""
        return self.position.id


@dataclass(frozen=True, slots=True)
class Event:
    """
    One act in the project's history.

    Parameters
    ----------
    id : int
        Counts up.
    at : str
        Moment in UTC, ISO 8601.
    origin : Origin
        Who did it.
    kind : str
        As in ``decide`` or ``actor.merge``; ``undo`` and ``redo`` are acts too.
    summary : str
        What was done, in words.
    document_id, position_id : str or None
        What it was done to, where it is one thing.
    before, after : mapping
        What changed, field by field.
    undone : bool
        Whether it is undone at present.
    reverses : int or None
        For ``undo`` and ``redo``: the event that it takes back or does again.
    """

    id: int
    at: str
    origin: Origin
    kind: str
    summary: str
    document_id: str | None = None
    position_id: str | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    undone: bool = False
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A place in a document where searched words stand.

    Parameters
    ----------
    document_id : str
        The document.
    start, end : int
        Code points of its text, half-open.
    snippet : str
        The words around, cut at spaces, with an ellipsis where cut.
    """

    document_id: str
    start: int
    end: int
    snippet: str


@dataclass(frozen=True, slots=True)
class Summary:
    """
    A project in numbers; superseded documents and what does not stand are left out.

    Parameters
    ----------
    name : str
        The project's name.
    n_documents, n_characters, n_actors, n_positions, n_checked : int
        Documents, their length, actors that appear, standing positions, positions a person decided on.
    first_date, last_date : str or None
        Of the dated documents.
    documents_by_kind, positions_by_act, positions_by_polarity, positions_by_state, positions_by_year : mapping
        Counts; polarity under ``"1"``, ``"-1"``, ``"0"`` and ``"none"``; states include rejected.
    """

    name: str
    n_documents: int
    n_characters: int
    n_actors: int
    n_positions: int
    n_checked: int
    first_date: str | None
    last_date: str | None
    documents_by_kind: Mapping[str, int]
    positions_by_act: Mapping[str, int]
    positions_by_polarity: Mapping[str, int]
    positions_by_state: Mapping[str, int]
    positions_by_year: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ReadRun:
    """
    One run of `amity read`, as the project logged it.

    Parameters
    ----------
    id : int
        Counts up.
    origin : Origin
        The reader with version and settings.
    started : str
        Moment in UTC, ISO 8601.
    finished : str or None
        None if the run was interrupted.
    inputs : tuple of str
        What was read.
    documents, skipped, positions : int
        Documents read, documents already there, positions found.
    duplicates, new_versions : tuple of str
        Ids of documents.
    unreadable : tuple of mapping
        Each with ``path``, ``place``, ``reason``.
    seconds : float
        How long it took.
    tally : mapping of str to int
        What a reader counted besides: calls of a language model, quotes that it invented.
    """

    id: int
    origin: Origin
    started: str
    finished: str | None
    inputs: tuple[str, ...]
    documents: int = 0
    skipped: int = 0
    positions: int = 0
    duplicates: tuple[str, ...] = ()
    new_versions: tuple[str, ...] = ()
    unreadable: tuple[Mapping[str, str], ...] = ()
    seconds: float = 0.0
    tally: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Memo:
    """
    Free words about anything in a project.

    Parameters
    ----------
    id : int
        Its number.
    subject : Subject
        What kind of thing it is about.
    subject_id : str
        The thing's id; empty for the project.
    text : str
        The words.
    origin : Origin
        Who wrote it.
    at : str
        Moment in UTC, ISO 8601.
    """

    id: int
    subject: Subject
    subject_id: str
    text: str
    origin: Origin
    at: str


@dataclass(frozen=True, slots=True)
class Flag:
    """
    A short mark on anything in a project, as in ``unclear`` or ``example``.

    Parameters
    ----------
    subject : Subject
        What kind of thing it is on.
    subject_id : str
        The thing's id; empty for the project.
    name : str
        The mark.
    origin : Origin
        Who set it.
    at : str
        Moment in UTC, ISO 8601.
    """

    subject: Subject
    subject_id: str
    name: str
    origin: Origin
    at: str


@dataclass(frozen=True, slots=True)
class Coder:
    """
    A person who works on a project.

    Parameters
    ----------
    name : str
        Unique; ``coder:NAME`` is the agent of the person's origins.
    role : Role
        ``coder``, ``adjudicator``, ``reader`` or ``administrator``.
    active : bool
        False once the person has left; the work stays.
    """

    name: str
    role: Role
    active: bool = True


@dataclass(frozen=True, slots=True)
class Assignment:
    """
    A document given to a coder.

    Parameters
    ----------
    document_id : str
        The document.
    coder : str
        The coder's name.
    status : AssignmentStatus
        ``open``, ``started`` or ``done``.
    blind : bool
        Whether suggestions and other coders' work are hidden.
    sample : str
        Name of the reliability sample it was drawn into; empty for none.
    """

    document_id: str
    coder: str
    status: AssignmentStatus
    blind: bool = False
    sample: str = ""
