"""Exchange formats: one file each, reader and writer together; `FORMATS` lists them."""

from pathlib import Path

from amity.errors import UnknownFormat
from amity.formats.records import Format, Imported, Kind, Problem, Selection
from amity.formats.sniffing import sniff_format

__all__ = ["FORMATS", "Format", "Imported", "Kind", "Problem", "Selection", "find_format", "sniff_format"]

_LISTED = (
    Format(
        "csv",
        "network",
        (".csv",),
        "tables of nodes, edges and positions",
        "network_csv",
        "read_network_csv",
        "write_network_csv",
        "layout is read by people only",
    ),
    Format(
        "graphml",
        "network",
        (".graphml",),
        "GraphML, for networkx, igraph, Gephi, Cytoscape",
        "graphml",
        "read_graphml",
        "write_graphml",
        "control characters in names",
    ),
    Format(
        "visone",
        "network",
        (".graphml",),
        "GraphML in visone's dialect, with shapes and labels",
        "graphml",
        "read_graphml",
        "write_visone",
        "control characters in names",
    ),
    Format(
        "gexf",
        "network",
        (".gexf",),
        "GEXF 1.3 with dates, for Gephi",
        "gexf",
        "read_gexf",
        "write_gexf",
        "control characters in names; dates are written, not read",
    ),
    Format(
        "json",
        "network",
        (".json",),
        "node-link JSON, for networkx and d3",
        "network_json",
        "read_network_json",
        "write_network_json",
    ),
    Format(
        "edges",
        "network",
        (".edges.csv", ".edges.tsv"),
        "plain edge list: source, target, sign, weight; whole or by window",
        "edge_list",
        "read_edge_list",
        "write_edge_list",
        "isolates, names, dates, positions",
    ),
    Format(
        "adjacency",
        "network",
        (".matrix.csv",),
        "adjacency matrices, one of support and one of opposition",
        "adjacency_csv",
        "read_adjacency_csv",
        "write_adjacency_csv",
        "ids, attributes, dates, positions",
    ),
    Format(
        "pajek",
        "network",
        (".net",),
        "Pajek",
        "pajek",
        "read_pajek",
        "write_pajek",
        "ids, attributes, dates, positions",
    ),
    Format(
        "ucinet",
        "network",
        (".dl",),
        "UCINET DL, two matrices",
        "ucinet",
        "read_ucinet",
        "write_ucinet",
        "ids, attributes, dates, positions, layout",
    ),
    Format(
        "gml",
        "network",
        (".gml",),
        "GML, for igraph, yEd and others",
        "gml",
        "read_gml",
        "write_gml",
        "signs in the keys of attributes",
    ),
    Format(
        "cx2",
        "network",
        (".cx2",),
        "CX2, for Cytoscape and NDEx",
        "cx2",
        "read_cx2",
        "write_cx2",
    ),
    Format(
        "r",
        "network",
        ("",),
        "a folder for R with a script for igraph, signnet, statnet",
        "r_bundle",
        None,
        "write_r_bundle",
    ),
    Format(
        "coding",
        "coding",
        ("", ".json", ".jsonl"),
        "the codebook's JSON, one object a document, as the gold",
        "coding_json",
        "read_coding_json",
        "write_coding_json",
        "origins and decisions",
    ),
    Format(
        "positions",
        "coding",
        (".csv", ".tsv"),
        "one tidy table of positions",
        "positions_csv",
        None,
        "write_positions_csv",
        "texts, mentions, actors' kinds",
    ),
    Format(
        "dna",
        "coding",
        (".dna",),
        "file of the Discourse Network Analyzer 3",
        "dna",
        "read_dna",
        "write_dna",
        "mentions, quotations, addressees; names beyond 190 characters",
    ),
    Format(
        "qdpx",
        "coding",
        (".qdpx", ".qde"),
        "REFI-QDA project, for NVivo, MAXQDA, ATLAS.ti, QualCoder",
        "refi_qda",
        "read_refi_qda",
        "write_refi_qda",
        "control characters in names; origins",
    ),
    Format(
        "qdc",
        "coding",
        (".qdc",),
        "REFI-QDA codebook",
        "refi_qda",
        "read_refi_qda",
        "write_refi_codebook",
        "everything but the codes",
    ),
    Format(
        "brat",
        "coding",
        ("", ".ann"),
        "brat standoff, a folder of .txt and .ann",
        "brat",
        "read_brat",
        "write_brat",
        "actors of a document without any mark",
    ),
    Format(
        "label-studio",
        "coding",
        (".json",),
        "Label Studio tasks",
        "label_studio",
        "read_label_studio",
        "write_label_studio",
    ),
    Format(
        "doccano",
        "coding",
        (".jsonl",),
        "doccano JSON Lines with relations",
        "doccano",
        "read_doccano",
        "write_doccano",
    ),
    Format(
        "prodigy",
        "coding",
        (".jsonl",),
        "Prodigy JSON Lines with spans and relations",
        "prodigy",
        "read_prodigy",
        "write_prodigy",
    ),
    Format(
        "web-annotation",
        "coding",
        (".jsonld",),
        "W3C Web Annotations in JSON-LD",
        "web_annotation",
        "read_web_annotation",
        "write_web_annotation",
    ),
    Format(
        "plover",
        "coding",
        (".plover.jsonl", ".events.tsv"),
        "PLOVER events; reads CAMEO tables (GDELT, POLECAT) too",
        "events",
        "read_plover",
        "write_plover",
        "positions towards concepts alone, mentions, via, status, voice",
    ),
    Format(
        "dse",
        "coding",
        (".dse.txt",),
        "Directed Sentiment Extraction corpus",
        "sentiment",
        "read_dse",
        None,
    ),
    Format(
        "structured-sentiment",
        "coding",
        (".sentiment.json",),
        "structured sentiment, as of SemEval-2022 task 10",
        "sentiment",
        "read_structured_sentiment",
        "write_structured_sentiment",
        "concepts, acts, via, status, voice",
    ),
    Format(
        "tei",
        "coding",
        (".tei.xml", ".xml"),
        "TEI P5 with standOff annotations",
        "tei_standoff",
        "read_tei_standoff",
        "write_tei_standoff",
        "control characters in texts become U+FFFD",
    ),
    Format(
        "uima",
        "coding",
        ("", ".xmi"),
        "UIMA CAS in XMI, for INCEpTION and DKPro, a folder",
        "uima",
        "read_uima",
        "write_uima",
        "control characters in texts become U+FFFD",
    ),
    Format(
        "excel",
        "coding",
        (".xlsx",),
        "Excel workbook with a codebook sheet",
        "excel",
        None,
        "write_excel",
        "texts; cells beyond 32,767 characters",
    ),
    Format(
        "data-package",
        "coding",
        ("", "datapackage.json"),
        "Frictionless data package 2.0, a folder of CSV tables",
        "data_package",
        "read_data_package",
        "write_data_package",
    ),
    Format(
        "parquet",
        "coding",
        ("",),
        "Parquet tables, a folder",
        "parquet",
        "read_parquet",
        "write_parquet",
        "lone surrogates and NUL in texts become U+FFFD",
    ),
    Format(
        "duckdb",
        "coding",
        (".duckdb",),
        "DuckDB database",
        "parquet",
        "read_duckdb",
        "write_duckdb",
        "lone surrogates and NUL in texts become U+FFFD",
    ),
)

FORMATS: dict[str, Format] = {each.name: each for each in _LISTED}
"""Every format by the name that the command line uses."""


def find_format(path: str | Path, *, kind: Kind | None = None, reads: bool = False) -> Format:
    """
    Return the format that a file name's end stands for.

    Parameters
    ----------
    path : path
        A file name.
    kind : {"network", "coding"}, optional
        What it must hold.
    reads : bool
        Whether amity must be able to read it; else it must be able to write it.

    Returns
    -------
    Format
        The one with the longest extension that fits, the first of several; for reading, a file's content (or a folder's files) goes before
        its name.

    Raises
    ------
    UnknownFormat
        If none fits.
    """
    fitting = [
        each
        for each in FORMATS.values()
        if (kind is None or each.kind == kind) and (each.reads if reads else each.writes)
    ]
    if reads and (sniffed := sniff_format(path)) in {each.name for each in fitting}:
        return FORMATS[sniffed]
    name = Path(path).name.lower()
    found = [
        (len(end), -place, each)
        for place, each in enumerate(fitting)
        for end in each.extensions
        if end and name.endswith(end)
    ]
    if found:
        return max(found, key=lambda each: each[:2])[2]
    known = ", ".join(sorted({end for each in FORMATS.values() for end in each.extensions if end}))
    raise UnknownFormat(f"no format goes with the file name {Path(path).name!r}; known ends are {known}")
