"""From files to documents: every kind of file that amity reads, and what is known about each text."""

from amity.documents.reading import read_documents, read_file
from amity.documents.records import Limits, ReadOptions, Unreadable

__all__ = ["Limits", "ReadOptions", "Unreadable", "read_documents", "read_file"]
