"""An invented pair of documents with codings, and the network of their positions."""

from amity.model import (
    Actor,
    Coding,
    Document,
    Edge,
    Mention,
    Origin,
    Position,
    Quotation,
    position_id,
)
from amity.network import network_from_edges

FIRST = Document(
    "note-1",
    "The Ormund League welcomes the 🕊 truce of the Salt Union.\r\n"
    "Its envoy said: “We reject the tolls of Brask.”\nThe League will send grain to Brask & Ives <soon>.\n",
    title="Note of the Ormund League",
    date="1954-06-02",
    issuers=("Ormund League",),
    kind="note",
    language="en",
    metadata={"archive": "Ostrey, box 4"},
)
SECOND = Document(
    "speech/2", "Bráisk — 塩の同盟 is our friend. We condemn the League.", title="=Speech", date="1955-01"
)


def make(document, holders, act, evidence, cue, **rest):
    def span(words):
        start = document.text.index(words)
        return document.span(start, start + len(words))

    spans, cue_span = tuple(map(span, evidence)), span(cue)
    identity = position_id(
        document.id,
        holders=holders,
        targets=rest.get("targets", ()),
        concept=rest.get("concept"),
        act=act,
        polarity=rest.get("polarity"),
        agreement=rest.get("agreement"),
        cue=(cue_span.start, cue_span.end),
        evidence=tuple((each.start, each.end) for each in spans),
    )
    return Position(identity, document.id, holders, act, spans, cue_span, **rest)


def mention(document, words, actor, form="named", occurrence=0):
    start = -1
    for _ in range(occurrence + 1):
        start = document.text.index(words, start + 1)
    return Mention(document.span(start, start + len(words)), actor, form)


LEAGUE = Actor("league", "Ormund League", kind="bloc", aliases=("the League", "=League"))
UNION = Actor(
    "union", "Salt Union", kind="organisation", aliases=("塩の同盟",), attributes={"wikidata": "Q000"}
)
BRASK = Actor("brask", "Brask & Ives <Co>", kind="state", aliases=("Brask",))
ENVOY = Actor("envoy", "the League's envoy", kind="person", generic=True)

WELCOMES = make(
    FIRST,
    ("league",),
    "endorse",
    ["The Ormund League welcomes the 🕊 truce of the Salt Union"],
    "welcomes",
    targets=("union",),
    polarity=1,
    concept="truce",
    agreement=1,
    score=0.75,
)
REJECTS = make(
    FIRST,
    ("envoy", "league"),
    "refuse",
    ["We reject the tolls", "of Brask"],
    "reject",
    targets=("brask",),
    polarity=-1,
    concept="tolls",
    agreement=-1,
    voice="quoted",
    via=("league",),
    holder_form="pronoun",
    strength="strong",
    certainty="unsure",
    date="1954-05-30",
)
SENDS = make(
    FIRST,
    ("league",),
    "deed",
    ["The League will send grain to Brask & Ives <soon>"],
    "send grain",
    targets=("brask",),
    polarity=1,
    status="future",
)
CONDEMNS = make(
    SECOND,
    ("brask",),
    "criticise",
    ["We condemn the League"],
    "condemn",
    targets=("league",),
    polarity=-1,
    holder_form="pronoun",
)
FRIEND = make(
    SECOND,
    ("brask",),
    "endorse",
    ["塩の同盟 is our friend"],
    "friend",
    targets=("union",),
    polarity=1,
    holder_form="implicit",
)

FIRST_CODING = Coding(
    "note-1",
    (LEAGUE, UNION, BRASK, ENVOY),
    ("league",),
    ("brask",),
    (
        mention(FIRST, "The Ormund League", "league"),
        mention(FIRST, "the Salt Union", "union"),
        mention(FIRST, "Its envoy", "envoy", "nominal"),
        mention(FIRST, "We", "envoy", "pronoun"),
        mention(FIRST, "Brask", "brask"),
        mention(FIRST, "The League", "league"),
        mention(FIRST, "Brask & Ives", "brask"),
    ),
    (WELCOMES, REJECTS, SENDS),
    (
        Quotation(
            "envoy",
            FIRST.span(FIRST.text.index("We reject"), FIRST.text.index("”")),
            FIRST.span(FIRST.text.index("said"), FIRST.text.index("said") + 4),
        ),
    ),
).check(FIRST)
SECOND_CODING = Coding(
    "speech/2",
    (LEAGUE, UNION, BRASK),
    ("brask",),
    (),
    (
        mention(SECOND, "Bráisk", "brask"),
        mention(SECOND, "塩の同盟", "union"),
        mention(SECOND, "the League", "league"),
    ),
    (FRIEND, CONDEMNS),
).check(SECOND)
PAIRS = [(FIRST, FIRST_CODING), (SECOND, SECOND_CODING)]

POSITIONS = {each.id: each for each in (*FIRST_CODING.positions, *SECOND_CODING.positions)}
DAYS = {each.id: each.date or "1954-06-02" for each in FIRST_CODING.positions} | {
    each.id: "1955-01" for each in SECOND_CODING.positions
}
NETWORK = network_from_edges(
    [
        Edge("league", "union", 1.0, 0.0, (WELCOMES.id,)),
        Edge("league", "brask", 1.5, 2.0, (SENDS.id, REJECTS.id)),
        Edge("envoy", "brask", 0.0, 1.0, (REJECTS.id,)),
        Edge("brask", "league", 0.0, 0.25, (CONDEMNS.id,)),
        Edge("brask", "union", 0.1, 0.0, (FRIEND.id,)),
    ],
    actors=(LEAGUE, UNION, BRASK, ENVOY, Actor("lone", "+1 Nobody")),
)
LAYOUT = {actor.id: (float(place), -2.5 * place) for place, actor in enumerate(NETWORK.actors)}
ORIGIN = Origin("coder:ana")


def edges_of(network):
    return {
        (edge.source, edge.target): (edge.support, edge.opposition, tuple(sorted(edge.positions)))
        for edge in network.edges
    }


def weights_of(network):
    return {pair: values[:2] for pair, values in edges_of(network).items()}
