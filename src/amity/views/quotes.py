"""A position as a quotation: the words, who says what towards whom, where."""

from dataclasses import dataclass
from html import escape

from amity.model import Position

ACT_WORDS = {
    "endorse": "endorses",
    "commit": "commits to",
    "concede": "concedes to",
    "meet": "meets",
    "call": "calls upon",
    "criticise": "criticises",
    "refuse": "refuses",
    "warn": "warns",
    "deed": "acts",
    "state": "states",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """
    A position with its words in their place.

    Parameters
    ----------
    position : Position
        The position.
    title : str
        The document's title, or its id.
    date : str or None
        The position's date, else its document's.
    before, after : str
        Words around the evidence.
    state : str
        ``suggested``, ``accepted``, ``edited`` or ``added``.
    via : tuple of str
        Names of those who report it.
    """

    position: Position
    title: str
    date: str | None
    before: str = ""
    after: str = ""
    state: str = "suggested"
    via: tuple[str, ...] = ()


def quote_html(quote: Quote, *, link: str = "") -> str:
    """
    Return a position as an HTML quotation with its cue in bold and a line that says what it is.

    Parameters
    ----------
    quote : Quote
        The position with its words.
    link : str
        Address of the words in their document; no link if empty.

    Returns
    -------
    str
        HTML; every text is escaped.
    """
    position = quote.position
    sign = {1: "plus", -1: "minus"}.get(position.polarity or 0, "none")
    mark = {"plus": "+", "minus": "\u2212", "none": "0"}[sign]
    words = " \u2026 ".join(_marked(each.start, each.exact, position) for each in sorted(position.evidence))
    about = f" over <i>{escape(position.concept)}</i>" if position.concept else ""
    via = f", reported by {escape(', '.join(quote.via))}" if quote.via else ""
    checked = "" if quote.state == "suggested" else f" · {escape(quote.state)}"
    score = f" · score {position.score:.2f}" if quote.state == "suggested" else ""
    title = f'<a href="{escape(link)}">{escape(quote.title)}</a>' if link else escape(quote.title)
    status = "" if position.status == "actual" else f" ({position.status})"
    return (
        f'<blockquote class="{sign}"><span class="mark">{mark}</span>{escape(quote.before)}<q>{words}</q>{escape(quote.after)}'
        f"<footer>{ACT_WORDS[position.act]}{status}{about}{via} · {title}"
        f"{', ' + escape(quote.date) if quote.date else ''}{checked}{score}</footer></blockquote>"
    )


def _marked(start: int, exact: str, position: Position) -> str:
    """The evidence with its cue in bold."""
    low, high = position.cue.start - start, position.cue.end - start
    if low < 0 or high > len(exact):
        return escape(exact)
    return f"{escape(exact[:low])}<b>{escape(exact[low:high])}</b>{escape(exact[high:])}"
