"""Speaker lines of verbatim records: "Mr. HALVORSEN (Sylvania): ...", "Jana Wolff (SPD):"."""

import re

_LINE = re.compile(
    r"^(?P<name>(?:[^\W\d_][\w.'’-]{0,40}[ \t]+){0,7}[^\W\d_][\w.'’-]{0,40})(?:,?\s*\((?P<of>[^()\n]{2,60})\))?(?P<role>,\s[^:.!?\n]{2,80})?"
    r"\s*(?:\[[^\]\n]{2,60}\]|\([^()\n]{2,80}\))?\s*:(?=\s|\Z)",
    re.MULTILINE,
)
_SMALL = frozenset("of the de du des la le von zu van der den di da dos al el bin ben and d' und для".split())
_HONORIFIC = re.compile(
    r"\A(?:mr|mrs|ms|miss|sir|lord|lady|dr|m|mme|mlle|prince|king|queen|president|vice-president|prime minister|minister|secretary|chairman|the president|"
    r"the chairman|the speaker|senator|ambassador|herr|frau|präsident|präsidentin|vizepräsident|señor|sr|sra|le président|el presidente|"
    r"г-н|председатель)\b\.?",
    re.IGNORECASE,
)
_NOT_SPEAKERS = re.compile(
    r"\A(?:dear|sir|madam|gentlemen|mr\.? (?:president|chairman|speaker|secretary|minister)(?: of \w+)?|your \w+|fellow|ladies|messieurs|monsieur|subject|re|ref|to|from|"
    r"date|note|notes|source|article|annex|for the|resolution|agreement|declaration|whereas|cc|translation|question|answer|the following|as follows|"
    r"madame|excellency|my dear|honou?red|meine|liebe|señor(?:es)? \w+)\b\s*(?:\Z|[\w ]{0,30}\Z)",
    re.IGNORECASE,
)
_UN_TITLE = re.compile(
    r"\A(?:mr|mrs|ms|miss|sir|lord|lady|dr|m|mme|prince|king|president|archbishop|sheikh|begum)\b\.?",
    re.IGNORECASE,
)
_MOST = 60


def find_speakers(text: str) -> tuple[str, ...]:
    """
    Return the speakers of a verbatim record, in order of their first words.

    Parameters
    ----------
    text : str
        A transcript, or any text.

    Returns
    -------
    tuple of str
        ``State (Mr. Name)`` where a delegate's state is given in brackets, else the name as printed, with party where given; empty if the
        text does not begin, title aside, with a speaker's line.

    Examples
    --------
    >>> find_speakers("Mr. HALVORSEN (Sylvania): We oppose the draft.")
    ('Sylvania (Mr. Halvorsen)',)
    """
    matches = [each for each in _LINE.finditer(text) if _is_name(each["name"]) and _is_line(each, text)]
    if not matches or matches[0].start() > 400 or text[: matches[0].start()].count("\n\n") > 3:
        return ()
    first = matches[0]
    if not (_of(first) or _HONORIFIC.match(first["name"]) or first["role"]):
        return ()
    speakers = dict[str, str]()
    for each in matches[:2000]:
        name = _readable(each["name"])
        is_known = any(full.endswith(name) or name.endswith(full) for full in speakers)
        is_full = bool(_of(each)) if _of(first) else len(name.split()) > 1
        if is_full and not is_known:
            speakers[name] = _with_state(name, _of(each))
    return tuple(dict.fromkeys(speakers.values()))[:_MOST]


def _of(match: re.Match[str]) -> str:
    of = match["of"] or ""
    return of if of[:1].isupper() else ""  # not "(interpreted from French)"


def _is_line(match: re.Match[str], text: str) -> bool:
    """Whether words follow on the line; a title and a colon alone announce a text that follows."""
    return not match["role"] or not text[match.end() :].lstrip(" \t").startswith("\n")


def _is_name(name: str) -> bool:
    words = name.split()
    if _NOT_SPEAKERS.match(name) or words[0].lower() in _SMALL - {"the", "le", "el"}:
        return False
    return all(
        each[0].isupper() or each.lower() in _SMALL or each.startswith(("al-", "el-", "d'", "d’"))
        for each in words
    )


def _readable(name: str) -> str:
    return " ".join(
        "-".join(part.capitalize() for part in each.split("-")) if each.isupper() and len(each) > 2 else each
        for each in name.split()
    )


def _with_state(name: str, of: str) -> str:
    of = " ".join(of.split())
    if not of:
        return name
    return f"{of} ({name})" if _UN_TITLE.match(name) else f"{name} ({of})"
