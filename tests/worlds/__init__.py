"""Invented statements of one to four sentences, each isolating one rule of the codebook, with gold positions."""

import json
from dataclasses import dataclass
from pathlib import Path

from amity.model.coding import coding_from_json
from amity.model.records import Coding, Document


@dataclass(frozen=True)
class World:
    """A tiny document, its gold coding, and the sentence that says which rule it isolates."""

    name: str
    note: str
    document: Document
    coding: Coding


def load_worlds() -> list[World]:
    """Every world of this folder, by name; its file name starts with the rule (`rule03-epithet`)."""
    return [_read_world(path) for path in sorted(Path(__file__).parent.glob("*.json"))]


def _read_world(path: Path) -> World:
    record = json.loads(path.read_text(encoding="utf-8"))
    names = {actor["id"]: actor["name"] for actor in record["actors"]}
    document = Document(
        record["id"],
        record["text"],
        title=record["title"],
        date=record["date"],
        issuers=tuple(names[actor] for actor in record["issuers"]),
        addressees=tuple(names[actor] for actor in record["addressees"]),
        kind=record["kind"],
        language=record["language"],
    )
    return World(path.stem, record["note"], document, coding_from_json(record, document))
