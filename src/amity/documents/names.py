"""Senders and recipients in headings: "Letter From Chairman A to President B", "Mr. A to Mr. B"."""

import re
from dataclasses import dataclass

from amity.documents.kinds import KIND_WORDS, kind_of_heading

_ABSTRACT = re.compile(
    r"(?:the\s+)?(?:independence|war|peace|neutrality|rights?|intent|principles?|condolences?|friendship|understanding|good|"
    r"human|mutual|non-|alliance|amity|commerce|sympathy|solidarity|congratulations?|faith|truce|cooperation|state of)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r",?\s+(?:on|for|concerning|regarding|about|relating\s+to|in\s+connection\s+with|in\s+reply|in\s+response|following|"
    r"sur|sobre|über|zum|zur|против|о|об)\s+|"
    r",?\s+(?:at|before|in|to|signed|delivered|adopted|issued|dated)\s+|[,;]?\s*(?:undated|\d{1,2}\s+\w+\s+\d{4}|\w+\s+\d{1,2},\s+\d{4}).*\Z|"
    r"\s+[–—:]\s+",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(?:dated\s+.+?\s+)?from\s+(?P<from>.+?),?\s+addressed\s+to\s+(?P<to>.+)\Z", re.IGNORECASE
)
_FROM_TO = re.compile(
    r"\b(?:from|by|of|de|von|от)\s+(?P<from>.+?)\s+(?:to|à|al?|an)\s+(?P<to>.+)\Z", re.IGNORECASE
)
_NAME_TO_NAME = re.compile(r"\A(?P<from>.{2,90}?)\s+(?:to|à|an)\s+(?P<to>.{2,90})\Z")
_ON = re.compile(r"\s(?:on|concerning|regarding)\s")
_BY = re.compile(r"\b(?:by|from|of|de|du|des|del|von|der|des)\s+(?P<from>.+)\Z", re.IGNORECASE)
_POSSESSIVE = re.compile(
    r"\A(?P<from>(?:[A-Z0-9][\w.-]*\s+){0,4}[A-Z0-9][\w.-]*)(?:['’]s|s['’])\s+(?:joint\s+)?(?=\w+\W*\Z)",
    re.IGNORECASE,
)
_IN_DEBATE = re.compile(r"\A(?P<from>.{2,60}?)\s+in\s+the\s+General\s+Debate\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?P<from>.+)\Z", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|sir|lord|lady|prince|princess|king|queen|emperor|empress|sultan|shah|pope|señor|señora|don|monsieur|m\.|mme|"
    r"herr|frau|baron|count|marquis|general|admiral|colonel|captain|president|vice-president|premier|chairman|chancellor|"
    r"minister|secretary|ambassador|chargé|consul|governor|commissioner|representative|delegat\w+|government|legation|embassy|"
    r"consulate|department|ministry|office|committee|council|congress|assembly|his|her|hon|honou?rable)\b",
    re.IGNORECASE,
)
_PERMANENT = re.compile(
    r"\A(?:the\s+)?(?P<role>(?:acting\s+|deputy\s+)?(?:permanent\s+representative|chargé\s+d['’]affaires[\w. ]*?)(?:\s+of\s+the\s+permanent\s+mission)?)\s+"
    r"of\s+(?:the\s+)?(?P<state>.+?)\s+to\s+the\s+(?P<body>united\s+nations|league\s+of\s+nations|european\s+union|african\s+union)\b.*\Z",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\A(?:\[?(?:No|Nr|Doc(?:ument)?)\.?\s*)?\d{1,5}[a-z]?\]?\.\s+(?=\S)", re.IGNORECASE)
"""The number of a document in its volume, before its heading."""
_TRAILING_DATE = re.compile(
    r"(?:[,;]?\s*\b(?:signed|done|dated|adopted)(?=\s+\(?\d|\s+[A-Z]\w+\s+\d))?[,;]?\s*(?:\(?undated\)?|\(?\d{1,2}\s+\w+\s+\d{4}\)?|\w+\s+\d{1,2},\s+\d{4}|\d{4}-\d\d-\d\d)\s*\.?\Z",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\A(?:the|le|la|les|l['’]|el|los|las|der|die|das)\s+", re.IGNORECASE)
_PAIRS = ("Bosnia and Herzegovina", "Trinidad and Tobago", "Antigua and Barbuda", "Serbia and Montenegro", "Great Britain and Northern Ireland",
          "Great Britain and Ireland", "Sao Tome and Principe", "Saint Kitts and Nevis", "Saint Vincent and the Grenadines")  # fmt: skip
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Heading:
    """
    What a heading says.

    Parameters
    ----------
    issuers, addressees : tuple of str
        As worded there, without article.
    kind : str
        Kind of document; empty where it names none.
    is_weak : bool
        Whether sender and recipient stand there as two bare names, which a headline could hold too.
    """

    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    kind: str = ""
    is_weak: bool = False


def parse_heading(heading: str) -> Heading:
    """
    Return who speaks to whom in a heading.

    Parameters
    ----------
    heading : str
        One line.

    Returns
    -------
    Heading
        Empty fields where the heading does not say.

    Examples
    --------
    >>> parse_heading("Letter From President Bloom to the Prime Minister of Freedonia").issuers
    ('President Bloom',)
    >>> parse_heading("Joint Statement by Freedonia and the Republic of Sylvania").issuers
    ('Freedonia', 'Republic of Sylvania')
    """
    heading = re.sub(r"\s*\[[^\]]*\]\W*\Z", "", heading)
    line = NUMBER.sub("", _TRAILING_DATE.sub("", " ".join(heading.split())).strip(" ."))
    kind = kind_of_heading(line)
    named = KIND_WORDS.search(line)
    if match := _ADDRESSED.search(line):
        return Heading(_names(match["from"], False), _names(match["to"], False), kind)
    if match := _IN_DEBATE.match(line):
        return Heading(_names(match["from"], False), (), "speech")
    if named is not None and named.start() < 40:
        return _after_kind(line, line[named.end() :], kind)
    if match := _NAME_TO_NAME.match(re.sub(r"\A\d{1,5}\s+", "", line)):
        return _bare(match["from"], match["to"])
    return Heading((), (), kind)


def _after_kind(line: str, rest: str, kind: str) -> Heading:
    is_joint = kind.startswith("joint") or "joint" in line.lower()
    if match := _BETWEEN.search(rest):
        return Heading(_names(_until_topic(match["from"]), True), (), kind)
    if kind in ("treaty", "agreement", "resolution", "draft resolution", "report", "debate"):
        return Heading(_possessor(line), (), kind)
    match = _FROM_TO.search(rest)
    if match and _starts_name(match["from"]) and _starts_name(match["to"]) and not _ON.search(match["from"]):
        return Heading(_names(match["from"], is_joint), _names(_until_topic(match["to"]), False), kind)
    if line.isupper() and (
        match := re.match(r"\W+(?P<from>[^\W\d][^,:]{1,60}?)\s+TO\s+(?P<to>.{2,60})\Z", rest)
    ):
        return Heading((match["from"].title(),), (without_article(match["to"]).title(),), kind)
    match = _BY.search(rest)
    if match and rest[: match.start()].strip().count(" ") < 3 and _starts_name(match["from"]):
        return Heading(_names(_until_topic(match["from"]), is_joint), (), kind)
    if (match := re.match(r"\s+to\s+(?P<to>.+)\Z", rest)) and _starts_name(match["to"]):
        return Heading(_possessor(line), _names(_until_topic(match["to"]), False), kind)
    return Heading(_possessor(line), (), kind)


def _bare(sender: str, recipient: str) -> Heading:
    if (
        not (_starts_name(sender) and _starts_name(recipient))
        or len(sender.split()) > 12
        or len(recipient.split()) > 12
    ):
        return Heading()
    has_role = bool(_ROLE.search(sender)) and bool(_ROLE.search(recipient))
    is_short = len(sender.split()) <= 4 and len(recipient.split()) <= 4
    if not has_role and not is_short:
        return Heading()
    return Heading(_names(sender, False), _names(recipient, False), "", is_weak=not has_role)


def _possessor(line: str) -> tuple[str, ...]:
    match = _POSSESSIVE.match(line)
    if match is None:
        return ()
    name = match["from"]
    return _names(name + ("s" if line[match.end("from")] == "s" else ""), False)


def _starts_name(text: str) -> bool:
    if _ABSTRACT.match(text):
        return False
    bare = re.sub(r"\A(?:(?:the|his|her|m\.|de|la|le)\s+|[dl]['’])", "", text.strip(), flags=re.IGNORECASE)
    return bool(bare) and (
        bare[0].isupper() or bare[0].isdigit() or (text.strip() != bare and bool(_ROLE.match(bare)))
    )


def _until_topic(text: str) -> str:
    for match in _TOPIC.finditer(text):
        if match.start() > 1 and not re.search(
            r"\b(?:minister|secretary|ambassador|representative|delegate|commissioner|envoy|state)\Z",
            text[: match.start()],
            re.I,
        ):
            return text[: match.start()]
    return text


def _names(text: str, is_joint: bool) -> tuple[str, ...]:
    text = _TRAILING_DATE.sub("", text).strip(" .,;:")
    if match := _PERMANENT.match(text):
        role = " ".join(match["role"].split())
        return (f"{match['state'].strip()} ({role[0].upper()}{role[1:]} to the {match['body']})",)
    parts = split_joint(text) if is_joint else [text]
    return tuple(name for each in parts if (name := without_article(each)) and len(name) <= _LONGEST_NAME)


def split_joint(text: str) -> list[str]:
    """
    Return the parties in a list of them.

    Parameters
    ----------
    text : str
        As in ``the Government of A, B and the Republic of C``.

    Returns
    -------
    list of str
        States whose own name has an "and" stay whole.
    """
    for number, pair in enumerate(_PAIRS):
        text = text.replace(pair, f"\x00{number}\x00")
    parts = re.split(
        r",\s+(?:and\s+)?(?=the\s|[A-ZА-ЯÀ-Ý\x00])|\s+(?:and|et|y|und|и)\s+(?=the\s|la\s|le\s|der\s|die\s|[A-ZА-ЯÀ-Ý\x00])",
        text,
    )
    restored = [re.sub("\x00(\\d+)\x00", lambda match: _PAIRS[int(match[1])], each) for each in parts]
    return [each.strip(" ,.;") for each in restored if each.strip(" ,.;")]


def without_article(name: str) -> str:
    """
    Return a name without the article before it.

    Parameters
    ----------
    name : str
        As worded in a text.

    Returns
    -------
    str
        White space collapsed.
    """
    return _ARTICLE.sub("", " ".join(name.split()).strip(" .,;:"))
