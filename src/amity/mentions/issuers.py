"""Who issues a document and whom it addresses, as names with what they are in the word lists."""

import re
from dataclasses import dataclass

from amity.mentions.chunks import Chunk, Doc, Words, surname_of
from amity.mentions.lexicon import canonical_names, heads, titles, words_of
from amity.mentions.scanning import find_chunks
from amity.model import ActorKind, Document
from amity.text.sentences import split_sentences

_HEAD_OF_STATE = re.compile(
    r"\b(?:President|King|Queen|Emperor|Empress|Tsar|Czar|Sultan|Shah|Emir|Prime Minister|Premier|Chairman|Chancellor|Pope|Head of State|Marshal|Prince|General Secretary|Leader)\b"
)
_LETTER = re.compile(r"\b(?:letter|telegram|message|cable|dispatch|appeal)\b", re.IGNORECASE)
_NOTE = re.compile(r"\b(?:note|aide|memoire|mémoire|memorandum|despatch|dispatch)\b", re.IGNORECASE)
_FIRST_SINGULAR = re.compile(r"\b(?:I|me|my|My|myself)\b")
_FIRST_PLURAL = re.compile(r"\b(?:[Ww]e|us|[Oo]ur|[Oo]urselves)\b")
_MEMBERS = re.compile(
    r"(.+?) (?:leaders|members|countries|ministers|states|foreign ministers)$", re.IGNORECASE
)
_GROUP = re.compile(r"^Governments of (.+)$")
_BODY = re.compile(r"^\s*(?:\W*)(The (?:[A-Z][\w’'-]+ ?(?:of |the |and |for )*){1,8}),\s*$", re.MULTILINE)
_STATES_LIST = re.compile(
    r"\bGovernments of ((?:(?:the )?[A-Z][\w’'-]+(?: (?:and |of |the )?[A-Z][\w’'-]+)*(?:, and |, | and )){2,60}(?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
)
_FROM_TO = re.compile(
    r"^(?:Letter |Telegram |Message |Note |Memorandum )?(?:[Ff]rom )?(?:the |The )?(.{3,90}?) to (?:the )?(.{3,90}?)\.?(?: \[.*)?$"
)


@dataclass(frozen=True, slots=True)
class Party:
    """
    An issuer or addressee.

    Parameters
    ----------
    key : str
        As chunks have it.
    name : str
        As given.
    kind : ActorKind
        Kind of the actor.
    aliases : tuple of str
        Other forms.
    """

    key: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parties:
    """
    Both ends of a document.

    Parameters
    ----------
    issuers, addressees : tuple of Party
        In the order given.
    singular, plural : tuple of Party
        Who "I" and "we" are.
    implicit : tuple of Party
        Who holds a clause without a subject.
    state, addressed_state : str
        Keys of the states behind "our Government" and "your Government"; empty where unknown.
    """

    issuers: tuple[Party, ...]
    addressees: tuple[Party, ...]
    singular: tuple[Party, ...]
    plural: tuple[Party, ...]
    implicit: tuple[Party, ...]
    state: str
    addressed_state: str


def find_parties(document: Document) -> Parties:
    """
    Return the issuers and addressees of a document.

    Parameters
    ----------
    document : Document
        Its `issuers` and `addressees` are taken where it has them; else its head is read.

    Returns
    -------
    Parties
        With an issuer in any case: where nothing names one, a stand-in named after the document.

    Notes
    -----
    An issuer given as "State (Person)" is the person in a personal letter or statement, the state in a note, and both
    where the text says "we" far more often than "I" (codebook, rule 15).
    """
    given, addressed = document.issuers, document.addressees
    if not given:
        given, found = _from_head(document)
        addressed = addressed or found
    singular_count = len(_FIRST_SINGULAR.findall(document.text[:40_000]))
    personal = singular_count > 0 and not _NEWS.search(document.kind)
    groups = [_split_party(each, personal=personal) for each in _separate(given, document.text[:5000])]
    plural_count = len(_FIRST_PLURAL.findall(document.text[:40_000]))
    kind = f"{document.kind} {document.title[:60]}"
    issuers: list[Party] = []
    singular: list[Party] = []
    plural: list[Party] = []
    state = ""
    for body, person in groups:
        if body is not None and body.key.startswith("state:") and not state:
            state = body.key
        chosen = _choose(body, person, kind, singular_count, plural_count)
        issuers += [each for each in chosen if each not in issuers]
        singular += [person or chosen[-1]]
        plural += [chosen[0]]
    if not issuers:
        stand_in = Party(
            "issuer", document.publisher or f"issuer of {document.title or document.id}"[:120], "other"
        )
        issuers, singular, plural = [stand_in], [stand_in], [stand_in]
    addressees, addressed_state = _addressees(addressed)
    if singular_count * 1.5 >= plural_count and len(groups) == 1 and groups[0][1] in issuers:
        plural = singular
    implicit = plural if plural_count > singular_count or len(groups) != 1 else singular
    if len(groups) == 1 and groups[0][1] is not None and groups[0][1] not in issuers:
        implicit = issuers
    return Parties(
        tuple(issuers),
        tuple(addressees),
        tuple(singular),
        tuple(plural),
        tuple(implicit),
        state,
        addressed_state,
    )


def _choose(body: Party | None, person: Party | None, kind: str, singular: int, plural: int) -> list[Party]:
    if person is None or body is None:
        return [each for each in (body, person) if each is not None]
    head = bool(_HEAD_OF_STATE.search(person.name))
    if not head and (_NOTE.search(kind) or plural > singular):
        return [body]
    if head and not _LETTER.search(kind) and _NOTE.search(kind) and not singular:
        return [body]
    if plural > 1.9 * singular + 3:
        return [body, person] if singular else [body]
    return [person]


def _separate(given: tuple[str, ...], head: str = "") -> list[str]:
    parts: list[str] = []
    for each in given:
        whole = _STATES_LIST.search(head) if each.endswith("others") else None
        if whole is not None:
            parts += [
                name.strip()
                for name in re.split(r", and |, | and (?!Herzegovina|Tobago|Barbuda|Nevis)", whole[1])
                if name.strip()
            ]
            continue
        for part in each.split(";"):
            group = _GROUP.match(part.strip())
            if group:
                parts += [
                    name.strip()
                    for name in re.split(r",| and ", group[1])
                    if name.strip() and name.strip() != "others"
                ]
            elif part.strip():
                parts.append(part.strip())
    return parts


def _addressees(given: tuple[str, ...]) -> tuple[list[Party], str]:
    found: list[Party] = []
    state = ""
    for each in _separate(given):
        if each.lower() in ("public", "readers", "press", "each other", "the public"):
            continue
        body, person = _split_party(each)
        if body is not None and body.key.startswith("state:"):
            state = state or body.key
        chosen = person or body
        if chosen is not None and chosen not in found:
            found.append(chosen)
    return found, state


def _split_party(given: str, *, personal: bool = False) -> tuple[Party | None, Party | None]:
    """Read "State (Title Name)", "Body", "Title Name"."""
    outer, _, inner = given.partition("(")
    inner = inner.rpartition(")")[0] or inner
    first = party_of(outer.strip(), personal=personal) if outer.strip() else None
    second = _person_of(inner.strip()) if inner.strip() else None
    if first is not None and first.kind == "person" and second is None:
        return None, first
    if second is not None and second.kind != "person":
        second = None
    return first, second


def _person_of(name: str) -> Party | None:
    """The person in the brackets behind a state: with a title, or a bare name that is no office or body."""
    found = party_of(name.rpartition(", ")[2] or name)
    if found is None or found.kind == "person":
        return found
    words = words_of(name)
    table = heads()
    plain = [each for each in words if each[0].isalpha()]
    if not plain or any(each.lower() in table or not each[0].isupper() for each in plain) or len(plain) > 4:
        return None
    surname = surname_of(plain)
    return Party(f"person:{surname.lower()}", name, "person", (surname,))


def party_of(name: str, *, personal: bool = False) -> Party | None:
    """
    Return the actor that a name of an issuer or addressee stands for.

    Parameters
    ----------
    name : str
        One name without brackets.
    personal : bool
        Whether the document says "I", so that two or three capitalised words that no list knows are a person.

    Returns
    -------
    Party or None
        None for an empty name.
    """
    plain = name.strip().removeprefix("the ").removeprefix("The ").strip(" ,.")
    if not plain:
        return None
    listed = canonical_names().get(plain.replace("’", "'").lower())
    if listed is not None:
        prefix = "org" if listed.type == "organisation" else "state"
        return Party(f"{prefix}:{listed.canon.lower()}", plain, listed.kind, (listed.canon,))
    state = _STATE_NAME.match(plain)
    if state is not None and state[1].lower() not in heads() and not state[1].endswith("s"):
        return Party(f"state:{state[1].lower()}", plain, "state", (state[1],))
    members = _MEMBERS.match(plain)
    listed = canonical_names().get(members[1].lower()) if members is not None else None
    if listed is not None and listed.type == "organisation":
        return Party(f"org:{listed.canon.lower()}", plain, "bloc", (listed.canon,))
    words = Words.of(words_of(plain))
    chunks = [each for each in find_chunks(words, Doc({})) if each.form != "pronoun"]
    whole = max(chunks, key=lambda each: each.end - each.start, default=None)
    persons = [each for each in chunks if each.kind == "person" and each.key.startswith("person:")]
    if persons and (personal or any(each in titles() for each in words.names[: persons[0].end])):
        return _party(persons[0], plain)
    if persons:
        return Party("nom:" + plain.lower(), plain, "organisation")
    if whole is not None and whole.key and whole.end - whole.start >= len(words.low) - 1:
        return _party(whole, plain)
    if len(words.low) == 1 and plain[:1].isupper():
        return Party(f"state:{plain.lower()}", plain, "state")
    if whole is not None and whole.key.startswith(("state:", "org:")) and len(words.low) <= 3:
        return _party(whole, plain)
    if (
        personal
        and 2 <= len(words.low) <= 3
        and _PERSON_NAME.fullmatch(plain)
        and not any(each in heads() for each in words.low)
    ):
        surname = plain.rsplit(" ", 1)[-1]
        return Party(f"person:{surname.lower()}", plain, "person", (surname,))
    return Party("nom:" + plain.lower(), plain, "organisation")


_NEWS = re.compile(r"press|news|report", re.IGNORECASE)
_PERSON_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z]\.)*(?: [A-Z][\w’'-]+){1,2}")
"""Two or three capitalised words without a head noun of a body: an issuer of that form is a person."""


_STATE_NAME = re.compile(
    r"(?:(?:Royal|Imperial|Provisional|Federal|Grand) )?(?:Government|Republic|Kingdom|Union|Federation|Empire|Duchy|Principality|"
    r"Commonwealth|Confederation|Sultanate|Emirate) of (?:the )?([A-Z][\w’'-]{3,})\Z"
)
"""A state that no list holds, by the form of its name; a plural ("Union of Miners") is no state."""


def _party(chunk: Chunk, name: str) -> Party:
    return Party(chunk.key, name, chunk.kind, tuple(dict.fromkeys([chunk.name, *chunk.aliases])))


def _from_head(document: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read the adopting body or the sender and receiver out of the first lines."""
    head = document.text[:3000]
    body = _BODY.search(head)
    if body is not None:
        return (body[1].strip(),), ()
    lines = [document.title, *(document.text[start:end] for start, end in split_sentences(head)[:4])]
    for line in lines:
        match = _FROM_TO.match(line.strip())
        if match is not None and len(line) < 160:
            sender, receiver = (party_of(_unbracket(each)) for each in match.groups())
            if sender is not None and (sender.kind == "person" or sender.key.startswith(("state:", "org:"))):
                return (sender.name,), (() if receiver is None else (receiver.name,))
    return (), ()


def _unbracket(name: str) -> str:
    outer, _, inner = name.partition("(")
    title = outer.strip()
    return f"{title.rsplit(' ', 1)[-1]} {inner.rstrip(')')}" if inner else title
