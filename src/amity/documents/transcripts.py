"""Parliamentary debates: Parla-CLARIN and other TEI with utterances, and Akoma Ntoso; one text a speech."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from amity.documents.blocks import AKOMA_NTOSO, TEI, Blocks, read_blocks
from amity.documents.columns import language_code
from amity.documents.dates import read_date
from amity.documents.records import Draft, ReadOptions
from amity.documents.xml import collapse, local_name

_XML = "{http://www.w3.org/XML/1998/namespace}"
_PUNCTUATION = " :.,;–—-"


@dataclass(frozen=True, slots=True)
class Speaker:
    """
    A person of the list that a corpus of debates has.

    Parameters
    ----------
    name : str
        First name first.
    affiliations : tuple of (str, str, str)
        Name of the party or body, first and last day (empty where open).
    """

    name: str
    affiliations: tuple[tuple[str, str, str], ...] = ()

    def party(self, day: str) -> str:
        """
        Return the affiliations that hold on a day.

        Parameters
        ----------
        day : str
            ISO date; empty for any.

        Returns
        -------
        str
            Joined with ``; ``.
        """
        holding = [
            name
            for name, first, last in self.affiliations
            if not day or ((not first or first[: len(day)] <= day) and (not last or last >= day[: len(last)]))
        ]
        return "; ".join(dict.fromkeys(holding))


def read_debate(tei: Any, corpus: Any) -> Iterator[Draft]:
    """
    Yield one text for each speech of a TEI transcript.

    Parameters
    ----------
    tei : lxml element
        The transcript, with ``u`` elements.
    corpus : lxml element
        The ``teiCorpus`` around it, whose header may list the persons; else the transcript itself.

    Yields
    ------
    Draft
        Issuer is the person's name as the list of persons has it, else the speaker's note before the speech, else the id. Pieces of one
        speech that point to each other (``prev``) are joined; interjections stay speeches of their own; applause and notes go to the
        metadata.
    """
    persons = {**_persons(corpus), **_persons(tei)}
    header = next((each for each in tei if local_name(each) == "teiHeader"), None)
    date = _sitting_date(header, tei)
    title = " – ".join(_texts(header, ".//{*}titleStmt/{*}title"))
    place = next(
        iter(_texts(header, ".//{*}setting/{*}name[@type='city']", ".//{*}setting//{*}placeName")), ""
    )
    for number, chain in enumerate(_speeches(tei), 1):
        first = chain[0]
        blocks = _joined([read_blocks([each], TEI) for each in chain])
        if not blocks.text:
            continue
        speaker = _speaker(first, persons)
        topic = _topic(first)
        identity = first.get(f"{_XML}id") or f"u{number}"
        yield Draft(
            blocks.text,
            local_id=identity,
            title=": ".join(each for each in (speaker.name, topic or title) if each),
            date=date,
            issuers=(speaker.name,) if speaker.name else (),
            place=place,
            kind="speech",
            language=_language(first),
            where=f"speech {identity}",
        ).with_metadata(
            **blocks.metadata(),
            party=speaker.party(read_date(date) or ""),
            role=(first.get("ana") or "").replace("#", "").strip(),
            session=title if topic else "",
        )


def _speeches(tei: Any) -> list[list[Any]]:
    chains: list[list[Any]] = []
    by_id: dict[str, list[Any]] = {}
    for each in tei.iter("{*}u"):
        before = (each.get("prev") or "").lstrip("#")
        chain = by_id.get(before) if before else None
        if chain is None:
            chain = []
            chains.append(chain)
        chain.append(each)
        if identity := each.get(f"{_XML}id"):
            by_id[identity] = chain
    return chains


def _joined(parts: list[Blocks]) -> Blocks:
    text, notes, pages = "", list[tuple[int, str, str]](), list[tuple[int, str]]()
    for part in parts:
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n{part.text}" if text else part.text
        notes += [(at + start, number, words) for at, number, words in part.notes]
        pages += [(at + start, page) for at, page in part.pages]
    return Blocks(text, tuple(notes), tuple(pages))


def _persons(root: Any) -> dict[str, Speaker]:
    organisations = {
        each.get(f"{_XML}id"): _organisation(each) for each in root.iter("{*}org") if each.get(f"{_XML}id")
    }
    persons = dict[str, Speaker]()
    for each in root.iter("{*}person"):
        identity = each.get(f"{_XML}id")
        name = next((each_name for each_name in each if local_name(each_name) == "persName"), None)
        if not identity or name is None:
            continue
        affiliations = tuple(
            (named, link.get("from") or "", link.get("to") or "")
            for link in each.iter("{*}affiliation")
            if (
                named := organisations.get((link.get("ref") or "").lstrip("#"))
                or collapse("".join(link.itertext()))
            )
        )
        persons[identity] = Speaker(_person_name(name), affiliations)
    return persons


def _person_name(element: Any) -> str:
    parts: Mapping[str, list[str]] = {
        kind: [collapse("".join(each.itertext())) for each in element if local_name(each) == kind]
        for kind in ("forename", "nameLink", "surname")
    }
    ordered = [each for kind in ("forename", "nameLink", "surname") for each in parts[kind] if each]
    return " ".join(ordered) or collapse("".join(element.itertext()))


def _organisation(element: Any) -> str:
    names = [each for each in element if local_name(each) == "orgName"]
    ranked = sorted(
        names,
        key=lambda each: ((each.get("full") or "yes") != "yes", (each.get(f"{_XML}lang") or "en") != "en"),
    )
    return next((words for each in ranked if (words := collapse("".join(each.itertext())))), "")


def _speaker(utterance: Any, persons: Mapping[str, Speaker]) -> Speaker:
    reference = (utterance.get("who") or "").split()
    identity = reference[0].rpartition("#")[2] if reference else ""
    if identity in persons:
        return persons[identity]
    before = utterance.getprevious()
    while before is not None and local_name(before) == "note":
        if before.get("type") == "speaker":
            return Speaker(collapse("".join(before.itertext())).strip(_PUNCTUATION))
        before = before.getprevious()
    return Speaker(identity)


def _topic(utterance: Any) -> str:
    for each in utterance.iterancestors():
        if local_name(each).startswith("div"):
            for child in each:
                if local_name(child) == "head" and (words := collapse("".join(child.itertext()))):
                    return words
    return ""


def _sitting_date(header: Any, tei: Any) -> str:
    for path in (".//{*}setting//{*}date", ".//{*}sourceDesc//{*}date", ".//{*}creation/{*}date"):
        for each in header.findall(path) if header is not None else ():
            if value := each.get("when") or (
                collapse("".join(each.itertext())) if not each.get("from") else ""
            ):
                return str(value)
    return next((str(each.get("when")) for each in tei.iter("{*}docDate", "{*}date") if each.get("when")), "")


def _texts(header: Any, *paths: str) -> list[str]:
    if header is None:
        return []
    found = (collapse("".join(each.itertext())) for path in paths for each in header.findall(path))
    return [each for each in found if each]


def _language(element: Any) -> str:
    while element is not None:
        if code := element.get(f"{_XML}lang"):
            return language_code(code)
        element = element.getparent()
    return ""


def read_akoma_ntoso(root: Any, options: ReadOptions) -> Iterator[Draft]:
    """
    Yield the texts of an Akoma Ntoso file.

    Parameters
    ----------
    root : lxml element
        ``akomaNtoso``.
    options : ReadOptions
        Not used; every reader takes it.

    Yields
    ------
    Draft
        One a speech, question or answer of a debate, with the person's name from the references; one for a whole act, bill, statement
        or other document.
    """
    references = {
        each.get("eId") or each.get("id"): collapse(each.get("showAs") or "")
        for each in root.iter()
        if each.get("showAs")
    }
    for document in root:
        common = _common(document, references)
        speeches = [
            each
            for each in document.iter("{*}speech", "{*}question", "{*}answer")
            if not any(local_name(up) in ("speech", "question", "answer") for up in each.iterancestors())
        ]
        if not speeches:
            blocks = read_blocks([document], AKOMA_NTOSO)
            yield replace(common, text=blocks.text).with_metadata(**blocks.metadata())
        for number, speech in enumerate(speeches, 1):
            yield _akoma_speech(speech, common, references, number)


def _akoma_speech(speech: Any, common: Draft, references: Mapping[Any, str], number: int) -> Draft:
    named = next((each for each in speech if local_name(each) == "from"), None)
    printed = collapse("".join(named.itertext())).strip(_PUNCTUATION) if named is not None else ""
    blocks = read_blocks([each for each in speech if each is not named], AKOMA_NTOSO)
    name = references.get((speech.get("by") or "").lstrip("#")) or printed
    topic = next(
        (
            collapse("".join(child.itertext()))
            for each in speech.iterancestors()
            for child in each
            if local_name(child) == "heading"
        ),
        "",
    )
    addressee = references.get((speech.get("to") or "").lstrip("#"), "")
    identity = speech.get("eId") or speech.get("id") or f"{local_name(speech)}-{number}"
    return replace(
        common,
        text=blocks.text,
        local_id=identity,
        title=": ".join(each for each in (name, topic or common.title) if each),
        issuers=(name,) if name else (),
        addressees=(addressee,) if addressee else (),
        kind="speech" if local_name(speech) == "speech" else local_name(speech),
        where=f"{local_name(speech)} {identity}",
    ).with_metadata(
        **blocks.metadata(),
        role=references.get((speech.get("as") or "").lstrip("#"), ""),
        printed_name=printed if printed != name else "",
        session=common.title if topic else "",
    )


def _common(document: Any, references: Mapping[Any, str]) -> Draft:
    def value(name: str, attribute: str = "value", within: str = "FRBRWork") -> str:
        scope = next(document.iter(f"{{*}}{within}"), document)
        return next(
            (str(each.get(attribute)) for each in scope.iter(f"{{*}}{name}") if each.get(attribute)), ""
        )

    title = next(
        (words for each in document.iter("{*}docTitle") if (words := collapse("".join(each.itertext())))), ""
    )
    author = value("FRBRauthor", "href")
    issuer = references.get(author.lstrip("#"), "") or references.get(author.rpartition("/")[2], "")
    is_debate = local_name(document) in ("debate", "debateReport")
    return Draft(
        "",
        local_id=value("FRBRnumber") or document.get("name") or "",
        title=title or value("FRBRname") or value("FRBRalias"),
        date=value("FRBRdate", "date"),
        issuers=() if is_debate or not issuer else (issuer,),
        kind=document.get("name") or local_name(document),
        language=language_code(value("FRBRlanguage", "language", "FRBRExpression")),
        citation=value("FRBRuri") or value("FRBRthis"),
    ).with_metadata(country=value("FRBRcountry"), publisher_body=issuer if is_debate else "")
