"""Which of several formats a file is, by its first bytes or a folder's file names."""

import re
from pathlib import Path

_FOLDERS: tuple[tuple[str, str], ...] = (
    ("datapackage.json", "data-package"),
    ("positions.parquet", "parquet"),
    ("*.ann", "brat"),
    ("*.xmi", "uima"),
    ("edges.csv", "csv"),
    ("*.json", "coding"),
)
_MARKS: tuple[tuple[str, str, str], ...] = (
    (r"\.jsonl?\Z", r'"CXVersion"', "cx2"),
    (r"\.(json|jsonl|jsonld)\Z", r'anno\.jsonld|"type"\s*:\s*"Annotation', "web-annotation"),
    (r"\.jsonl?\Z", r'"(annotations|completions)"\s*:\s*\[', "label-studio"),
    (r"\.jsonl?\Z", r'"start_offset"|"label"\s*:\s*\[\s*\[|"labels"\s*:\s*\[\s*\[', "doccano"),
    (r"\.jsonl?\Z", r'"(spans|_task_hash|_input_hash)"\s*:', "prodigy"),
    (r"\.jsonl?\Z", r'"opinions"\s*:', "structured-sentiment"),
    (r"\.(jsonl?|txt)\Z", r'"(actorText|eventText|event_type)"\s*:', "plover"),
    (r"\.jsonl?\Z", r'"(links|nodes)"\s*:\s*\[', "json"),
    (r"\.(csv|tsv|txt)\Z", r"(?i)\A.*(eventcode|event type|recipient name)", "plover"),
    (r"\.(tsv|csv|txt)\Z", r"\A\d{6,}\t\d{8}\t\d{6}\t", "plover"),
    (r"\.xml\Z", r"<graphml[\s>]", "graphml"),
    (r"\.xml\Z", r"<gexf[\s>]", "gexf"),
    (r"\.xml\Z", r"<TEI[\s>]|<teiCorpus[\s>]", "tei"),
    (r"\.xml\Z", r"<xmi:XMI", "uima"),
)
_HEAD = 1 << 16


def sniff_format(path: str | Path) -> str | None:
    """
    Return the name of the format that a file's content, or a folder's files, stand for.

    Parameters
    ----------
    path : path
        A file or folder that is there.

    Returns
    -------
    str or None
        A name in `amity.formats.FORMATS`; None where nothing tells.

    Notes
    -----
    Only the first 64 KiB of a file are looked at.
    """
    place = Path(path)
    if place.is_dir():
        return next((name for pattern, name in _FOLDERS if next(place.glob(pattern), None) is not None), None)
    try:
        with place.open("rb") as stream:
            head = stream.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return None
    ending = place.name.lower()
    return next(
        (name for suffix, mark, name in _MARKS if re.search(suffix, ending) and re.search(mark, head)), None
    )
