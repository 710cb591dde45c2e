"""A reader for tests: finds one position a sentence that says so, and breaks where a text tells it to."""

import os
import time

from amity.errors import ModelUnavailable, ReaderError
from amity.model import Actor, Coding, Document, Origin, Position, position_id

ORIGIN = Origin("reader:fragile", "1")


def find_positions(document: Document, coding: Coding) -> Coding:
    """Return a position for each ``SUPPORTS``."""
    if "DIE" in document.text:
        os._exit(3)
    if "FAIL" in document.text:
        raise ReaderError("this text cannot be read")
    if "NO WEIGHTS" in document.text:
        raise ModelUnavailable("the weights are not here")
    if "BUG" in document.text:
        raise ZeroDivisionError("a bug")
    if "SLOW" in document.text:
        time.sleep(0.05)
    positions = []
    start = document.text.find("SUPPORTS")
    while start >= 0:
        cue = document.span(start, start + 8)
        identity = position_id(
            document.id,
            holders=("x",),
            targets=("y",),
            concept=None,
            act="endorse",
            polarity=1,
            agreement=None,
            cue=(cue.start, cue.end),
            evidence=((cue.start, cue.end),),
        )
        positions.append(
            Position(
                identity, document.id, ("x",), "endorse", (cue,), cue, targets=("y",), polarity=1, score=0.5
            )
        )
        start = document.text.find("SUPPORTS", start + 8)
    if "MISFIT" in document.text:
        return Coding(document.id, positions=tuple(positions))
    return Coding(document.id, (Actor("x", "X Party"), Actor("y", "Y Party")), positions=tuple(positions))
