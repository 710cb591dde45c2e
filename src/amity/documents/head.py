"""What the beginning and the end of a text say about it: who, to whom, when, where, what kind."""

import re
from dataclasses import dataclass

from amity.documents.dates import find_dates
from amity.documents.kinds import KIND_WORDS, kind_of_heading
from amity.documents.letterhead import split_dateline, state_of_office
from amity.documents.names import NUMBER, Heading, parse_heading, split_joint, without_article
from amity.documents.speakers import find_speakers

_HEAD, _TAIL, _LONGEST_LINE = 4_000, 2_500, 220
_BODIES = (
    r"(?:[A-Z][\w'’-]*\s+)*?(?:Security Council|General Assembly|Economic and Social Council|Council|Assembly|Conference|Committee|Commission|"
    r"Congress|Parliament|Senate|House of [A-Z]\w+|Board|Convention|Synod|League|Union|Federation|Soviet|Bureau|Plenum|Diet|Chamber of Deputies)"
    r"(?:\s+(?:of|for|on)\s+(?:the\s+)?[A-Z][\w'’-]*(?:\s+(?:(?:and|of|the|for)\s+)*[A-Z][\w'’-]*)*)?"
)
# A comma and then the end, a new line or "Recalling": not "The Northern Union, which had asked for it".
_ADOPTING = re.compile(rf"\AThe\s+(?P<body>{_BODIES}),(?=\s*\Z|\s+\d*\.?\s*[A-Z][a-z]+(?:ing|ed|s)\b)")
_RESOLUTION_NUMBER = re.compile(r"\b\d{1,4} \((?:19[4-9]|20[0-4])\d\)|\b[SA]/RES/")
_UN_BODIES = {
    "Security Council": "United Nations Security Council",
    "General Assembly": "United Nations General Assembly",
    "Economic and Social Council": "United Nations Economic and Social Council",
}
_COMPLIMENTS = re.compile(
    r"(?:\A|\n)(?P<from>(?:The|His|Her|Le|La|El|L['’])\s?[^.;:\n]{3,120}?)\s+presents?\s+(?:its|his|her|their)\s+compliments"
    r"(?:\s+to\s+(?:the\s+)?(?P<to>(?:His|Her|the)?\s*[A-Z][^.;\n]{2,120}?)(?=,?\s+and\s+(?:has|have|,|acting|refer|with|in|by|to)|,\s|\s+(?:has|have)\s))?"
)
_PARTIES = re.compile(
    r"\A(?:We,\s+)?(?P<names>(?:the\s+|The\s+)?(?:Governments?\s+of\s+)?[^.;:]{5,400}?),?\s+(?:referred\s+to|hereinafter|hereby|have\s+agreed|being\s+desirous|"
    r"desiring|desirous|as\s+founder|as\s+founding|animated|recogni[sz]ing|having\s+resolved|констатируем|как\s+государства)"
)
_BETWEEN = re.compile(
    r"\bbetween\s+(?P<first>(?:the\s+)?(?:Government\s+of\s+)?(?:the\s+)?[A-Z][^.,;:]{2,80}?)\s+and\s+(?P<second>(?:the\s+)?Government\s+of\s+(?:the\s+)?[A-Z][^.,;:]{2,60}?)"
    r"(?=\s+(?:pursuant|on|in|at|have|has|was|were|concerning|regarding|under|signed|to)\b|[.,;:])"
)
_WE_THE = re.compile(
    r"\AWe,\s+(?P<names>(?:the\s+)?(?:[A-Z]|undersigned|members|leaders|heads|representatives|workers|people)[^.;:]{2,300}?),\s+(?!and\b)(?=[a-z])"
)
_BEHALF = re.compile(
    r"\b[Oo]n\s+behalf\s+of\s+(?:my\s+\w+(?:\s+and)?\s+)?(?:the\s+)?(?:(?:Government|people|delegation|Governments|peoples)(?:\s+and\s+(?:the\s+)?(?:people|Government))?\s+of\s+)"
    r"(?:the\s+)?(?P<state>[A-Z][\w'’-]+(?:\s+(?:(?:and|of|the)\s+)*[A-Z][\w'’-]+)*)"
)
_SPONSORS = re.compile(
    r"(?P<names>[A-Z][^:.;]{3,900}):\s+(?:revised\s+)?draft\s+(?:resolution|decision)\s*\Z"
)
_BY_THE = re.compile(r"\ABy\s+(?P<names>(?:the\s+)?[A-Z][^.;:\n]{5,120}?)\s*[.:]?\s*(?:\n|\Z)")
_GREETING = re.compile(
    r"\A(?P<from>(?:The\s)?[A-Z][^,.;:\n]{5,120}?)\s+to\s+(?P<to>(?:the\s)?[A-Z][^.;:\n]{3,120}?),\s+greeting\b"
)
_DATED_FROM = re.compile(
    r"\b(?:Identical\s+letters|Letters?|Note\s+verbale)\s+dated\s+[^.;:]{4,60}?\s+from\s+(?:the\s+)?[A-Z][^.;:]{5,160}?"
    r"(?:\s+to\s+the\s+United\s+Nations)?\s+addressed\s+to\s+(?:the\s+)?(?:(?!I\b)[A-Z][\w-]*\s?|of\s|the\s){1,8}"
)
_SALUTATION = re.compile(
    r"\A(?:my\s+)?(?:dear|sir|madam|gentlemen|excellency|your\s+excellency|mr\.?\s+(?:president|chairman|secretary|minister|speaker)|fellow|ladies|"
    r"messieurs|monsieur|señor(?:es)?|herr|meine|sehr\s+geehrte|liebe|уважаем)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:sincerely|faithfully|truly|respectfully|consideration|obedient\s+servant|esteem|i\s+(?:am|have|remain),?\s+(?:sir,?\s+)?(?:&c|etc|your|with|respectfully)|"
    r"excellency['’]s,\s+&c|regards|hochachtung|grüßen|considération|consideración|уважени\w+)[^\n]{0,60}\Z",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"\A(?:\(?signed\)?:?\s*|/s/\s*)?(?P<name>(?:[^\W\d_][\w.'’-]*\s+){0,5}[^\W\d_][\w.'’-]*)\.?(?:[,\n]\s*(?P<role>[^\n]{3,80}?))?\.?\Z",
    re.IGNORECASE,
)
_INSIDE_ADDRESS = re.compile(
    r"\A(?P<to>(?:His|Her)\s+Excellency\b[^\n]{4,120}|(?:The\s+)?Hon(?:ou?rable|\.)\s[^\n]{4,100}|To:?\s+(?:the\s+)?[A-Z][^\n.]{3,100})"
)
_AGENCY = re.compile(
    r"\A[A-Z][\w .,'-]{2,50}\((?P<agency>Reuters|AP|AFP|UPI|TASS|Xinhua|KCNA|dpa|EFE|ANSA|Interfax|[A-Z]{2,6})\)\s*[-–—]"
)
_GIVEN_AT = re.compile(
    r"\b(?i:done|given|signed|concluded|fait|hecho|geschehen|совершено)\s+(?:\w+\s+){0,4}?(?:at|in|à|en|zu|в\s+городе|в)\s+(?:the\s+)?"
    r"(?:our\s+[\w ]+?\s+of\s+)?(?P<place>[A-ZА-Я][\w'’.-]+(?:\s+[A-ZА-Я][\w'’.-]+){0,3})"
)
_ORGANISATION = re.compile(
    r"\b(?:party|union|league|front|committee|congress|federation|association|council|movement|ministry|government|army|church|organi[sz]ation|"
    r"confederation|alliance|bloc|assembly|partei|parti|partido|syndicat|sindicato|партия|комитет|министерство|правительство)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """
    What a text says about itself; empty where it does not.

    Parameters
    ----------
    title, date, place, kind : str
        `date` in ISO 8601.
    issuers, addressees : tuple of str
        As worded; ``State (Name)`` where a letterhead adds the state.
    """

    title: str = ""
    date: str = ""
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    place: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Dateline:
    date: str = ""
    office: str = ""
    place: str = ""


def find_metadata(text: str, *, title: str = "") -> Found:
    """
    Return what the head and the tail of a text say about it.

    Parameters
    ----------
    text : str
        The text; its first 4,000 and last 2,500 characters are looked at, and all of it for speakers' lines.
    title : str
        A title known already.

    Returns
    -------
    Found
        To be marked as found, not given.

    Notes
    -----
    Issuers come from the first of these that names one: the adopting body of a resolution ("The Assembly,"), the heading ("Letter from A to
    B", "Statement by C"), the opening of a note verbale, the parties of an agreement or joint communiqué, "We, the ...,", speakers' lines, the
    letterhead with the signature, "on behalf of the Government of D", a news agency's dateline. A letterhead's state goes before a
    person's name: ``Sylvania (Mr. Bloom)``.
    """
    head = _blocks(text[:_HEAD], is_cut=len(text) > _HEAD)
    tail = _blocks(text[-_TAIL:], is_cut=False)[-14:]
    heading_line = _title(head)
    parsed = _heading(title, heading_line, head)
    dateline = _dateline(head, tail, text)
    kind = parsed.kind or _kind(head, text) or ("letter" if parsed.issuers and parsed.addressees else "")
    issuers, addressees = _issuers(head, tail, text, parsed, dateline, kind)
    if (letter := _DATED_FROM.search(" ".join(" ".join(head).split()))) and parse_heading(
        letter[0]
    ) == parsed:
        heading_line = letter[0].strip()
    return Found(
        heading_line,
        dateline.date,
        issuers,
        addressees or _addressees(head, tail),
        dateline.place,
        kind,
    )


def _blocks(text: str, *, is_cut: bool) -> list[str]:
    parts = [each.strip() for each in re.split(r"\n[ \t]*\n", text) if each.strip()]
    if len(parts) == 1 and "\n" in parts[0]:
        parts = [each.strip() for each in parts[0].split("\n") if each.strip()]
    return parts[:-1] if is_cut and len(parts) > 3 else parts


def _title(head: list[str]) -> str:
    if len(head) < 2:
        return ""
    first = " ".join(head[0].split())
    n_words = len(first.split())
    if (
        not 3 <= len(first) <= _LONGEST_LINE
        or n_words > 30
        or (n_words == 1 and not KIND_WORDS.fullmatch(first))
    ):
        return ""
    if _SALUTATION.match(first) or _ADOPTING.match(first) or find_speakers(head[0]):
        return ""
    ends_sentence = first.endswith((".", ",", ";", ":", "!", "?"))
    if ends_sentence and not (parse_heading(first).issuers or re.search(r"\bresolution\b", first, re.I)):
        return ""
    if KIND_WORDS.fullmatch(first) and len(head[1]) <= 120 and not next(find_dates(head[1]), None):
        return f"{first} {' '.join(head[1].split())}"
    return NUMBER.sub("", first).rstrip(".") if parse_heading(first).addressees else first.rstrip(".")


def _heading(title: str, line: str, head: list[str]) -> Heading:
    parsed = [parse_heading(each) for each in dict.fromkeys((line, title)) if each]
    kinds = [each.kind for each in parsed if each.kind]
    is_letter = any(
        KIND_WORDS.search(each[:40])
        or _SALUTATION.match(each)
        or (len(each) < _LONGEST_LINE and next(find_dates(each), None))
        for each in head[1:4]
    )
    for block in head[:3]:
        if match := _GREETING.match(block):
            return Heading(_clean([match["from"]]), _clean([match["to"]]), kinds[0] if kinds else "message")
    for each in parsed:
        if each.issuers and (not each.is_weak or is_letter):
            return Heading(each.issuers, each.addressees, each.kind or (kinds[0] if kinds else ""))
    if circulated := _circulated(head):
        return parse_heading(circulated)
    return Heading((), (), kinds[0] if kinds else "")


def _circulated(head: list[str]) -> str:
    """Return the heading under which an organisation circulates a letter: "Letter dated ... from ... addressed to ..."."""
    for block in head[:16]:
        if match := _DATED_FROM.search(" ".join(block.split())):
            return match[0].strip()
    return ""


def _dateline(head: list[str], tail: list[str], text: str) -> _Dateline:
    for number, block in enumerate((*head[:7], *reversed(tail[-6:]))):
        line = " ".join(block.split())
        longest = _LONGEST_LINE if number < len(head[:7]) else 120
        for start, end, iso in find_dates(line) if len(line) <= longest else ():
            if number and not (start <= 110 and len(line) - end <= 60 and len(line.split()) <= 22):
                continue  # a sentence that mentions a date
            given = _GIVEN_AT.search(line)
            office, place = split_dateline(_before_date(line[:start]))
            return _Dateline(iso, office, given["place"].strip(" .") if given else _readable_place(place))
    closing = text[-_TAIL:]
    given = _GIVEN_AT.search(closing)
    place = given["place"].strip(" .") if given else ""
    for start, _, iso in find_dates(closing):
        before = closing[max(0, start - 90) : start].lower()
        if given or "this" in before or "dated" in before:
            return _Dateline(iso, "", place)
    undated = next(
        (each for each in head[:4] if re.fullmatch(r"[A-Z][\w .'’-]{2,40},\s*undated\.?", each)), ""
    )
    return _Dateline("", "", undated.partition(",")[0] or place)


def _before_date(line: str) -> str:
    line = re.sub(r"(?i)\b(?:resolution|adopted|received|document|no\.?|s/\S+)\b[^,]*\Z", "", line)
    line = re.sub(
        r"(?i)\A(?:note|letter|telegram|cable\w*|message|despatch|dispatch)\b\s*(?:\S*\d\S*)?\s*", "", line
    )
    line = re.sub(r"\A(?:\(|\[)?(?:No|Nr)\.?\s*\d+\S*\s*", "", line)
    return re.sub(
        r"(?i)[,\s]+(?:the|on|this|le|den|el|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?[,\s]*\Z", "", line
    )


def _readable_place(place: str) -> str:
    place = place.strip(" .,;:()[]–—-")
    if (
        not place
        or not place[0].isupper()
        or len(place) > 60
        or re.search(r"[\d\[\]]", place)
        or KIND_WORDS.search(place)
    ):
        return ""
    if re.fullmatch(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", place, re.IGNORECASE):
        return ""
    capitals = re.search(r"(?:\b[A-ZÀ-Ý]{2,}[\s-]*)+\Z", place)
    if capitals and capitals[0] != place:
        place = capitals[0]
    return place.title() if place.isupper() and len(place) > 3 else place


def _issuers(
    head: list[str], tail: list[str], text: str, parsed: Heading, dateline: _Dateline, kind: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if body := _acting_body(head, text, kind):
        return body, parsed.addressees
    state = state_of_office(dateline.office)
    if parsed.issuers:
        issuers = parsed.issuers
        if (
            state
            and len(issuers) == 1
            and "(" not in issuers[0]
            and state not in issuers[0]
            and not state_of_office(issuers[0])
        ):
            issuers = (f"{state} ({issuers[0]})",)
        return issuers, parsed.addressees
    for block in head[:6]:
        if match := _COMPLIMENTS.search(block):
            sender = without_article(match["from"])
            of_state = state_of_office(sender)
            return (f"{of_state} ({sender})" if of_state else sender,), (
                (match["to"].strip(),) if match["to"] else ()
            )
    if names := _parties(head, kind):
        return names, ()
    if speakers := find_speakers(text):
        return speakers, ()
    signed = _signature(tail)
    if signed and state:
        return (f"{state} ({signed})",), ()
    return _last_resorts(head, state, signed), ()


def _acting_body(head: list[str], text: str, kind: str) -> tuple[str, ...]:
    """Return who adopts or sponsors a resolution."""
    for block in head[:16]:
        if match := _SPONSORS.match(" ".join(block.split())):
            return _clean(split_joint(match["names"]))
        if match := _ADOPTING.match(block):
            return (_UN_BODIES.get(match["body"], match["body"]),)
    if kind == "resolution" and _RESOLUTION_NUMBER.search(" ".join(head[:2])):
        named = [(at, full) for body, full in _UN_BODIES.items() if (at := text.find(body)) >= 0]
        return (min(named)[1],) if named else ()
    return ()


def _parties(head: list[str], kind: str) -> tuple[str, ...]:
    for block in head[:6]:
        line = " ".join(block.split())
        match = _PARTIES.match(line)
        if match and (
            line.startswith(("We, ", "The Government", "Мы, "))
            or kind in ("treaty", "agreement")
            or kind.startswith("joint")
        ):
            return _clean(split_joint(re.sub(r"\A(?:We|Мы),\s+", "", match["names"])))
        if match := _WE_THE.match(line):
            return _clean(split_joint(match["names"]))
        if line.startswith("Мы, ") and (
            match := re.match(r"Мы, (?P<names>[^.;:]{5,200}?), (?:как|подписавшие|именуемые)", line)
        ):
            return _clean(split_joint(match["names"]))
    if kind.startswith("joint"):
        for block in head[:6]:
            if match := _BETWEEN.search(" ".join(block.split())):
                return _clean([match["first"], match["second"]])
    return ()


def _clean(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in names if 2 < len(name := without_article(each)) <= 120))


def _last_resorts(head: list[str], state: str, signed: str) -> tuple[str, ...]:
    for block in head[:2]:
        if (match := _BY_THE.match(block)) or (match := _AGENCY.match(block)):
            return _clean([match.group(1)])
    if signed:
        return (signed,)
    opening = " ".join(head)[:2_500]
    if match := _BEHALF.search(opening):
        return (match["state"],)
    if state:
        return (state,)
    first = " ".join(head[0].split()) if len(head) > 1 else ""
    is_letterhead = (
        5 < len(first) < 100 and not first.endswith((".", ":", ";", ",")) and _ORGANISATION.search(first)
    )
    is_capitalised = all(each[0].isupper() or len(each) < 4 for each in first.split())
    if (
        is_letterhead
        and is_capitalised
        and any(KIND_WORDS.search(each) and len(each) < 80 for each in head[1:3])
    ):
        return (without_article(_readable(first)),)
    return ()


def _signature(tail: list[str]) -> str:
    for index, block in enumerate(tail[:-1]):
        if not _CLOSING.search(block):
            continue
        match = _SIGNATURE.match(tail[index + 1])
        if match and all(
            each[0].isupper() or each.lower() in ("de", "la", "von", "van", "der", "el", "al", "d")
            for each in match["name"].split()
        ):
            name = match["name"].strip()
            return _readable(name)
    return ""


def _readable(name: str) -> str:
    """Return a name printed in capitals as running text would write it."""
    if not name.isupper() or len(name) < 5:
        return name
    words = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda match: match[0].capitalize(), name)
    return re.sub(
        r"(?<=\s)(?:Of|The|And|For|In|On|De|La|Du|Des|Von|Der|Y|Et|Und)(?=\s)",
        lambda match: match[0].lower(),
        words,
    )


def _addressees(head: list[str], tail: list[str]) -> tuple[str, ...]:
    for block in (*head[:5], *reversed(tail[-4:])):
        if len(block) < _LONGEST_LINE and (match := _INSIDE_ADDRESS.match(block)):
            return (re.sub(r"\ATo:?\s+(?:the\s+)?", "", " ".join(match["to"].split())).strip(" ,.;"),)
    return ()


def _kind(head: list[str], text: str) -> str:
    if any(_SPONSORS.match(" ".join(each.split())) for each in head[:16]):
        return "draft resolution"
    if any(_ADOPTING.match(each) for each in head[:16]):
        return "resolution"
    if any(_COMPLIMENTS.search(each) for each in head[:6]):
        return "note verbale"
    for block in head[:4]:
        if len(block) < 90 and (kind := kind_of_heading(block)) and not block.endswith("."):
            return kind
    speakers = find_speakers(text)
    if speakers:
        return "debate" if len(speakers) > 2 else "speech"
    if any(
        re.match(r"(?:my\s+)?dear\b|sir\s*[:;,]|excellency\s*[:,]", each, re.IGNORECASE) for each in head[:5]
    ):
        return "letter"
    opening = " ".join(head)[:1_500]
    if re.search(
        r"\b(?:Mr|Madam)\.?\s+President\b|\b(?:presidency|session) of the (?:\w+ ){0,3}General Assembly\b",
        opening,
    ):
        return "speech"
    return ""
