"""What writing and reading REFI-QDA share: name spaces, and GUIDs that equal things always get."""

from uuid import NAMESPACE_URL, uuid5

from amity.model import Document, Position, Span

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
SPACE = uuid5(NAMESPACE_URL, "urn:amity:refi-qda")
NOTE = "amity coding"
SIGN_CODES = {1: "support", -1: "opposition", 0: "neither"}


def guid(*parts: str) -> str:
    """
    Return the GUID of a thing.

    Parameters
    ----------
    *parts : str
        What it is, and what tells it apart.

    Returns
    -------
    str
        Version 5, of amity's own name space.
    """
    return str(uuid5(SPACE, "\x1f".join(parts)))


def tag(name: str, space: str = PROJECT) -> str:
    """
    Return an element's full name.

    Parameters
    ----------
    name : str
        Its local name.
    space : str
        Its name space.

    Returns
    -------
    str
        As lxml writes it.
    """
    return f"{{{space}}}{name}"


def evidence_guid(position: Position, number: int) -> str:
    """
    Return the GUID of the selection of a stretch of evidence.

    Parameters
    ----------
    position : Position
        The position.
    number : int
        Place of the stretch in its evidence.

    Returns
    -------
    str
        The GUID.
    """
    return guid("evidence", position.document_id, position.id, str(number))


def mention_guid(document: Document, span: Span) -> str:
    """
    Return the GUID of the selection of a mention.

    Parameters
    ----------
    document : Document
        The document.
    span : Span
        The mention's words.

    Returns
    -------
    str
        The GUID.
    """
    return guid("mention", document.id, str(span.start), str(span.end))
