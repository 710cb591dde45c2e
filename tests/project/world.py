"""A small invented world: three documents, their codings, and a reader that anyone can follow."""

from collections.abc import Sequence

from amity.model import Actor, Coding, Document, Mention, Origin, Position, Quotation, position_id

READER = Origin("reader:rules", "1")
ANA = Origin("coder:ana")
BEN = Origin("coder:ben")

ACTORS = {
    "freedonia": Actor("freedonia", "Freedonia", "state"),
    "sylvania": Actor("sylvania", "Sylvania", "state"),
    "harvest-union": Actor("harvest-union", "Harvest Union", "party", aliases=("the Union",)),
    "masses": Actor("masses", "the masses", "collective", generic=True),
}

NOTE = Document(
    "note",
    "Freedonia condemns Sylvania over the river dam. Freedonia and Sylvania welcome the Harvest Union. "
    "The Harvest Union will not follow the masses.",
    title="Note on the dam",
    date="1951-03-02",
    kind="note",
    language="en",
)
SPEECH = Document(
    "speech",
    "Sylvania thanks Freedonia. Sylvania rejects the grain tax.",
    title="Speech on grain",
    date="1952",
    kind="speech",
    language="en",
)
LETTER = Document("letter", "The Harvest Union warns Freedonia of a strike.", title="Letter", kind="letter")


def position(
    document: Document,
    holders: Sequence[str],
    act: str,
    evidence: str,
    cue: str,
    *,
    targets: Sequence[str] = (),
    polarity: int | None = None,
    concept: str | None = None,
    agreement: int | None = None,
    score: float = 0.5,
    **more: object,
) -> Position:
    """Return a position whose evidence and cue are found by their words."""
    start = document.text.index(evidence)
    span = document.span(start, start + len(evidence))
    at = start + evidence.index(cue)
    words = document.span(at, at + len(cue))
    identity = position_id(
        document.id,
        holders=tuple(holders),
        targets=tuple(targets),
        concept=concept,
        act=act,
        polarity=polarity,
        agreement=agreement,
        cue=(words.start, words.end),
        evidence=((span.start, span.end),),
    )
    return Position(
        identity,
        document.id,
        tuple(holders),
        act,  # type: ignore[arg-type]
        (span,),
        words,
        targets=tuple(targets),
        polarity=polarity,
        concept=concept,
        agreement=agreement,
        score=score,
        **more,  # type: ignore[arg-type]
    )


def mention(document: Document, words: str, actor: str) -> Mention:
    """Return the first mention of these words."""
    start = document.text.index(words)
    return Mention(document.span(start, start + len(words)), actor)


def note_coding(score: float = 0.5) -> Coding:
    """Return the coding of the note: three positions, one with joint holders, one towards a generic actor."""
    return Coding(
        "note",
        tuple(ACTORS.values()),
        issuers=("freedonia",),
        addressees=("sylvania",),
        mentions=(
            mention(NOTE, "Freedonia", "freedonia"),
            mention(NOTE, "Sylvania", "sylvania"),
            mention(NOTE, "the Harvest Union", "harvest-union"),
        ),
        positions=(
            position(
                NOTE,
                ["freedonia"],
                "criticise",
                "Freedonia condemns Sylvania over the river dam",
                "condemns",
                targets=["sylvania"],
                polarity=-1,
                concept="river dam",
                agreement=-1,
                score=score,
            ),
            position(
                NOTE,
                ["freedonia", "sylvania"],
                "endorse",
                "Freedonia and Sylvania welcome the Harvest Union",
                "welcome",
                targets=["harvest-union"],
                polarity=1,
                score=0.9,
            ),
            position(
                NOTE,
                ["harvest-union"],
                "refuse",
                "The Harvest Union will not follow the masses",
                "will not follow",
                targets=["masses"],
                polarity=-1,
                score=0.3,
            ),
        ),
        quotations=(Quotation("freedonia", NOTE.span(0, 9), None),),
    )


def speech_coding() -> Coding:
    """Return the coding of the speech: one position towards an actor, one about a concept alone."""
    return Coding(
        "speech",
        (ACTORS["sylvania"], ACTORS["freedonia"]),
        issuers=("sylvania",),
        positions=(
            position(
                SPEECH,
                ["sylvania"],
                "endorse",
                "Sylvania thanks Freedonia",
                "thanks",
                targets=["freedonia"],
                polarity=1,
                score=0.7,
            ),
            position(
                SPEECH,
                ["sylvania"],
                "refuse",
                "Sylvania rejects the grain tax",
                "rejects",
                concept="grain tax",
                agreement=-1,
                date="1949-05",
                score=0.6,
            ),
        ),
    )


def letter_coding() -> Coding:
    """Return the coding of the undated letter: one position."""
    return Coding(
        "letter",
        (ACTORS["harvest-union"], ACTORS["freedonia"]),
        issuers=("harvest-union",),
        positions=(
            position(
                LETTER,
                ["harvest-union"],
                "warn",
                "The Harvest Union warns Freedonia of a strike",
                "warns",
                targets=["freedonia"],
                polarity=-1,
                score=0.8,
            ),
        ),
    )


WORLD = ((NOTE, note_coding()), (SPEECH, speech_coding()), (LETTER, letter_coding()))
