"""An open project → what is shown and published of it: ties with words, the report, files for other tools."""

from amity.publishing.export import coded_documents, export_project, position_days
from amity.publishing.imports import ImportReport, import_codings
from amity.publishing.report import report_content, write_report
from amity.publishing.ties import Tie, Words, strongest_ties

__all__ = [
    "ImportReport",
    "Tie",
    "Words",
    "coded_documents",
    "export_project",
    "import_codings",
    "position_days",
    "report_content",
    "strongest_ties",
    "write_report",
]
