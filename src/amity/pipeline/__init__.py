"""Documents to positions, one by one or a corpus at a time, on any executor."""

from amity.pipeline.cluster import connect_cluster
from amity.pipeline.parallel import Outcome, read_all
from amity.pipeline.readers import (
    Reader,
    as_reader,
    available_readers,
    default_reader,
    find_reader,
    read_document,
)
from amity.pipeline.reading import Progress, ReadReport, Sink, read_into

__all__ = [
    "Outcome",
    "Progress",
    "ReadReport",
    "Reader",
    "Sink",
    "as_reader",
    "available_readers",
    "connect_cluster",
    "default_reader",
    "find_reader",
    "read_all",
    "read_document",
    "read_into",
]
