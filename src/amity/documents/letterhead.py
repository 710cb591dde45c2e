"""Where a letter or note comes from: the office and the place of a dateline, the state behind an office."""

import re

_OFFICE = re.compile(
    r"\b(?:legation|embassy|consulate|consulate[- ]general|mission|department|ministry|foreign office|office|headquarters|"
    r"chancellery|secretariat|presidency|white house|executive mansion|palace|high commission|commission|delegation|council|"
    r"ambassade|ministère|ministerio|legación|embajada|consulado|ministério|embaixada|ministero|ambasciata|"
    r"botschaft|ministerium|auswärtiges amt|ministerie|министерство|посольство|миссия)\b",
    re.IGNORECASE,
)
_LEGATION = (
    r"(?:the\s+)?(?:royal\s+|imperial\s+|permanent\s+)?(?:legation|embassy|consulate(?:[- ]general)?|mission|delegation|"
    r"high commission|government|ministry(?: (?:of|for) [\w ]+?)?)"
)
_OF_STATE = re.compile(
    _LEGATION + r"\s+of\s+(?:the\s+)?(?P<state>[^\W\d_].*?)(?=,|\s+(?:in|at|to|near)\b|\.?\s*\Z)",
    re.IGNORECASE,
)
_STATE_FIRST = re.compile(
    r"(?:(?i:the|royal|imperial)\s+)*(?P<state>(?:[A-Z][\w'’.-]*\s+)+?)(?:Legation|Embassy|Consulate|Mission|Delegation|Government|High Commission)\b"
)
# Offices that name no state but belong to one only.
_KNOWN = (
    (
        re.compile(
            r"\bdepartment of state\b|\bstate department\b|\bwhite house\b|\bexecutive mansion\b", re.I
        ),
        "United States",
    ),
    (re.compile(r"\bdowning street\b", re.I), "United Kingdom"),
    (re.compile(r"\bauswärtiges amt\b", re.I), "Germany"),
    (re.compile(r"\bquai d['’]orsay\b|\bpalais de l['’]élysée\b", re.I), "France"),
    (re.compile(r"\bkremlin\b", re.I), "Russia"),
)
_CROWN = re.compile(
    r"\A(?:(?:His|Her)\s+[\w ]*?Majesty\s+)?(?:the\s+)?(?:King|Queen|Emperor|Sultan)\s+of\s+(?:the\s+)?", re.I
)
_DEMONYMS = {
    "american": "United States",
    "british": "United Kingdom",
    "chinese": "China",
    "dutch": "Netherlands",
    "french": "France",
    "german": "Germany",
    "greek": "Greece",
    "irish": "Ireland",
    "japanese": "Japan",
    "polish": "Poland",
    "portuguese": "Portugal",
    "soviet": "Soviet Union",
    "spanish": "Spain",
    "swiss": "Switzerland",
    "turkish": "Turkey",
    "finnish": "Finland",
    "swedish": "Sweden",
    "danish": "Denmark",
    "thai": "Thailand",
    "czech": "Czech Republic",
}


def split_dateline(line: str) -> tuple[str, str]:
    """
    Return the office and the place that stand before the date of a dateline.

    Parameters
    ----------
    line : str
        As in ``Legation of Sylvania, Port Esker``.

    Returns
    -------
    office : str
        Empty where the line names none.
    place : str
        Empty where the line names none.

    Examples
    --------
    >>> split_dateline("Legation of Sylvania, Port Esker")
    ('Legation of Sylvania', 'Port Esker')
    """
    pieces = [each.strip(" .,;:—–-\n") for each in re.split(r",|\n", line)]
    pieces = [each for each in pieces if each]
    offices = [index for index, each in enumerate(pieces) if _OFFICE.search(each)]
    if not offices:
        return "", ", ".join(pieces)
    last = offices[-1]
    return ", ".join(pieces[: last + 1]), ", ".join(pieces[last + 1 :])


def state_of_office(office: str) -> str:
    """
    Return the state that an office speaks for.

    Parameters
    ----------
    office : str
        As in ``Legation of the Republic of Sylvania``, ``Royal Sylvanian Embassy`` or ``Department of State``.

    Returns
    -------
    str
        The state as named, without "the"; empty where none is.

    Examples
    --------
    >>> state_of_office("Legation of the Republic of Sylvania in Freedonia")
    'Republic of Sylvania'
    """
    for pattern, state in _KNOWN:
        if pattern.search(office):
            return state
    if match := _OF_STATE.search(office):
        state = _CROWN.sub("", match["state"].strip(" ."))
        return state if state[:1].isupper() else ""
    if match := _STATE_FIRST.search(office):
        state = match["state"].strip()
        return _DEMONYMS.get(state.lower(), state)
    return ""
