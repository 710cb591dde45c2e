"""Results → figures and the written report."""

from amity.views.drawing import Drawing
from amity.views.layout import layout_network
from amity.views.network_figure import plot_network
from amity.views.report import DocumentLine, Quote, ReportContent, render_report
from amity.views.timeline import Period, count_by_period, plot_timeline

__all__ = [
    "DocumentLine",
    "Drawing",
    "Period",
    "Quote",
    "ReportContent",
    "count_by_period",
    "layout_network",
    "plot_network",
    "plot_timeline",
    "render_report",
]
