"""A small invented document with its coding, built from words rather than numbers."""

from amity.model import Actor, Coding, Document, Mention, Position, position_id

TEXT = (
    "The Council of Ardel condemns the raids of the Vesk Army on the river towns. "
    "It thanks the Republic of Tolm for its grain. "
    "Tolm, its envoy said, rejects the claims of Ardel and Vesk. "
    "Recalling its earlier words, the Council supports a free river."
)
DOCUMENT = Document("d1", TEXT, title="Declaration", date="1971-03-04", language="en")
ACTORS = (
    Actor("ar", "Council of Ardel", kind="organisation", aliases=("Ardel", "the Council")),
    Actor("ve", "Vesk Army", kind="armed_force", aliases=("Vesk",)),
    Actor("to", "Republic of Tolm", kind="state", aliases=("Tolm",)),
)


def at(words, occurrence=0):
    """The (start, end) of the n-th occurrence of words in the text."""
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def position(holders, act, evidence, cue, *, targets=(), polarity=None, concept=None, agreement=None, **rest):
    spans = tuple(DOCUMENT.span(*(each if isinstance(each, tuple) else at(each))) for each in evidence)
    cue_span = DOCUMENT.span(*(cue if isinstance(cue, tuple) else at(cue)))
    identity = position_id(
        "d1",
        holders=holders,
        targets=targets,
        concept=concept,
        act=act,
        polarity=polarity,
        agreement=agreement,
        cue=(cue_span.start, cue_span.end),
        evidence=tuple((each.start, each.end) for each in spans),
    )
    return Position(
        identity,
        "d1",
        holders,
        act,
        spans,
        cue_span,
        targets=targets,
        polarity=polarity,
        concept=concept,
        agreement=agreement,
        **rest,
    )


CONDEMNS = position(
    ("ar",),
    "criticise",
    ["The Council of Ardel condemns the raids of the Vesk Army on the river towns"],
    "condemns",
    targets=("ve",),
    polarity=-1,
    concept="raids on the river towns",
    agreement=-1,
)
THANKS = position(
    ("ar",),
    "endorse",
    ["It thanks the Republic of Tolm for its grain"],
    "thanks",
    targets=("to",),
    polarity=1,
    holder_form="pronoun",
)
REJECTS = position(
    ("to",),
    "refuse",
    ["Tolm, its envoy said, rejects the claims of Ardel and Vesk"],
    "rejects",
    targets=("ar", "ve"),
    polarity=-1,
    voice="reported",
    via=("ar",),
)
RECALLS = position(
    ("ar",),
    "state",
    ["Recalling its earlier words"],
    "Recalling",
    concept="earlier words",
    holder_form="implicit",
)
SUPPORTS = position(
    ("ar",), "endorse", ["the Council supports a free river"], "supports", concept="free river", agreement=1
)


def mention(words, actor, form="named", occurrence=0):
    return Mention(DOCUMENT.span(*at(words, occurrence)), actor, form)


MENTIONS = (
    mention("The Council of Ardel", "ar"),
    mention("the Vesk Army", "ve"),
    mention("It", "ar", "pronoun"),
    mention("the Republic of Tolm", "to"),
    mention("Tolm", "to", occurrence=1),
    mention("Ardel", "ar", occurrence=1),
    mention("Vesk", "ve", occurrence=1),
    mention("the Council", "ar", "nominal"),
)
GOLD = Coding("d1", ACTORS, ("ar",), (), MENTIONS, (CONDEMNS, THANKS, REJECTS, RECALLS, SUPPORTS)).check(
    DOCUMENT
)
