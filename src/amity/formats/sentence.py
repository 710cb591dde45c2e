"""A position read back as one plain sentence, for notes in other programs."""

from collections.abc import Mapping

from amity.model import Position

_SIGNS = {1: "+", -1: "−", 0: "0", None: ""}


def position_sentence(position: Position, names: Mapping[str, str]) -> str:
    """
    Return a position in words.

    Parameters
    ----------
    position : Position
        The position.
    names : mapping of str to str
        Actor id to name.

    Returns
    -------
    str
        As in ``Council of Ardel criticise (−) Vesk Army over raids [agreement −]; reported, via Tolm``.
    """

    def named(ids: tuple[str, ...]) -> str:
        return ", ".join(names.get(each, each) for each in ids)

    words = f"{named(position.holders)} {position.act}"
    if position.targets:
        words += f" ({_SIGNS[position.polarity]}) {named(position.targets)}"
    if position.concept is not None:
        words += f" over {position.concept}"
        words += f" [agreement {_SIGNS[position.agreement]}]" if position.agreement else ""
    notes: list[str] = [
        value for value in (position.voice, position.status) if value not in ("own", "actual")
    ]
    notes += [f"via {named(position.via)}"] if position.via else []
    return f"{words}; {', '.join(notes)}" if notes else words
