"""Results → figures and the written report."""

from amity.views.drawing import Drawing
from amity.views.layout import layout_network
from amity.views.matrix_figure import plot_matrix
from amity.views.network_figure import plot_network
from amity.views.quotes import Quote, quote_html
from amity.views.report import DocumentLine, ReportContent, render_report
from amity.views.timeline import Period, count_by_period, plot_timeline

__all__ = [
    "DocumentLine",
    "Drawing",
    "Period",
    "Quote",
    "ReportContent",
    "count_by_period",
    "layout_network",
    "plot_matrix",
    "plot_network",
    "plot_timeline",
    "quote_html",
    "render_report",
]
