"""XML parsed without entities, DTDs or the network."""

import re
from html.entities import html5
from typing import Any

from amity.errors import UnreadableFile

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_ENTITY_DECLARATION = re.compile(rb"<!ENTITY\s", re.IGNORECASE)
_PROLOGUE = 1 << 16
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def parse_xml(data: bytes) -> Any:
    """
    Return the root element of an XML file.

    Parameters
    ----------
    data : bytes
        The file, in any encoding that it declares.

    Returns
    -------
    lxml element
        Root; comments and processing instructions left out.

    Raises
    ------
    UnreadableFile
        If the file is not well-formed (with the line), or declares entities of its own.

    Notes
    -----
    No entity is expanded, no DTD loaded, nothing fetched; libxml2's bounds on depth (256) and on the size of a text (10
    million bytes) stay on. The named characters of HTML (``&nbsp;``) are understood without a declaration.
    """
    from lxml import etree

    if _ENTITY_DECLARATION.search(data, 0, _PROLOGUE):
        raise UnreadableFile(
            "declares entities of its own, which are not expanded; save it with the entities replaced"
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "Entity" in str(error) and (replaced := _NAMED.sub(_character, data)) != data:
            return parse_xml(replaced)
        raise UnreadableFile(f"is not well-formed XML: {error.msg}") from error


def _character(match: re.Match[bytes]) -> bytes:
    name = match[1].decode("ascii")
    if name in _XML_OWN or f"{name};" not in html5:
        return match[0]
    return "".join(f"&#{ord(each)};" for each in html5[f"{name};"]).encode("ascii")


def local_name(element: Any) -> str:
    """
    Return an element's name without its namespace.

    Parameters
    ----------
    element : lxml element
        Or an entity reference, which has none.

    Returns
    -------
    str
        Empty for what is no element.
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def collapse(text: str) -> str:
    """
    Return a text with every run of XML white space as one space.

    Parameters
    ----------
    text : str
        Any text; no-break spaces stay.

    Returns
    -------
    str
        Without spaces at its ends.
    """
    return _SPACES.sub(" ", text).strip(" ")
