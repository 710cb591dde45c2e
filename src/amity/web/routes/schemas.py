"""JSON Schemas of what the page may send."""

from typing import Any

from amity.model import ACTOR_KINDS, ACTS, CERTAINTIES, HOLDER_FORMS, STATUSES, STRENGTHS, VERDICTS, VOICES


def obj(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    """
    Return the schema of an object without other keys.

    Parameters
    ----------
    required : tuple of str
        Keys that must be there.
    **properties : dict
        Schema of each key.

    Returns
    -------
    dict
        JSON Schema.
    """
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


TEXT = {"type": "string", "maxLength": 4000}
ID = {"type": "string", "minLength": 1, "maxLength": 400}
IDS = {"type": "array", "items": ID, "maxItems": 10_000}
OFFSET = {"type": "integer", "minimum": 0, "maximum": 2**40}
PAIR = {"type": "array", "items": OFFSET, "minItems": 2, "maxItems": 2}
POSITION = obj(
    ("holders", "act", "evidence", "cue"),
    id=ID,
    holders={**IDS, "minItems": 1, "maxItems": 200},
    holder_form={"enum": list(HOLDER_FORMS)},
    via={**IDS, "maxItems": 50},
    targets={**IDS, "maxItems": 200},
    polarity={"enum": [1, -1, 0, None]},
    concept={"type": ["string", "null"], "minLength": 1, "maxLength": 1000},
    agreement={"enum": [1, -1, None]},
    act={"enum": list(ACTS)},
    status={"enum": list(STATUSES)},
    voice={"enum": list(VOICES)},
    evidence={"type": "array", "items": PAIR, "minItems": 1, "maxItems": 100},
    cue=PAIR,
    strength={"enum": list(STRENGTHS)},
    certainty={"enum": list(CERTAINTIES)},
    date={"type": ["string", "null"], "maxLength": 10},
    score={"type": "number"},
)
DECISION = obj(
    ("verdict",),
    verdict={"enum": [each for each in VERDICTS if each != "added"]},
    replacement=POSITION,
    note=TEXT,
    revision={"type": "integer"},
)
NEW_POSITION = obj(("document_id", "position"), document_id=ID, position=POSITION, note=TEXT)
BULK = obj(("ids", "verdict"), ids=IDS, verdict={"enum": ["accepted", "rejected"]}, note=TEXT)
NEW_ACTOR = obj(
    ("name",),
    name={"type": "string", "minLength": 1, "maxLength": 400},
    kind={"enum": list(ACTOR_KINDS)},
    generic={"type": "boolean"},
)
CHANGED_ACTOR = obj(
    (),
    name={"type": "string", "minLength": 1, "maxLength": 400},
    kind={"enum": list(ACTOR_KINDS)},
    generic={"type": "boolean"},
    aliases={"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 400}, "maxItems": 200},
)
MERGED_ACTORS = obj(("ids", "into"), ids={**IDS, "minItems": 1}, into=ID)
SUBJECT = {"enum": ["project", "document", "position", "actor", "concept", "event"]}
MEMO = obj(
    ("subject", "text"),
    subject=SUBJECT,
    subject_id={"type": "string", "maxLength": 400},
    text={"type": "string", "minLength": 1, "maxLength": 20_000},
)
NOTHING = obj()
FLAG = obj(
    ("subject", "name"),
    subject=SUBJECT,
    subject_id={"type": "string", "maxLength": 400},
    name={"type": "string", "minLength": 1, "maxLength": 60},
    on={"type": "boolean"},
)
CONCEPTS = obj(
    ("ids",), ids={**IDS, "minItems": 1}, name={"type": "string", "minLength": 1, "maxLength": 1000}, into=ID
)
FILTERED = obj(
    ("verdict",),
    verdict={"enum": ["accepted", "rejected"]},
    preview={"type": "boolean"},
    expected={"type": "integer", "minimum": 0},
)
CODER = obj(
    ("name",),
    name={"type": "string", "minLength": 1, "maxLength": 80},
    role={"enum": ["reader", "coder", "adjudicator", "administrator"]},
    active={"type": "boolean"},
)
ASSIGNMENT = obj(
    ("documents", "coder"),
    documents={**IDS, "minItems": 1},
    coder=ID,
    status={"enum": ["open", "started", "done"]},
    blind={"type": "boolean"},
)
