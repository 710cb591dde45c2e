"""What the beginning and the end of a text say about itself: who, to whom, when, where, what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    title: str = ""
    date: str = ""
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    place: str = ""
    kind: str = ""


def find_metadata(text: str, *, title: str = "") -> Found:
    return Found()
