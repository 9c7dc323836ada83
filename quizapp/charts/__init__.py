"""Charts as SVG markup, made of plain numbers: bars, histograms, lines, points, a calendar.

Colours, dashes and the size of text are matters of the style sheet (`static/css/charts.css`): the
markup carries classes, no style. Every text is escaped.
"""

from quizapp.charts.bars import Bar, draw_bars
from quizapp.charts.calendar import draw_calendar, find_level
from quizapp.charts.frame import Caption
from quizapp.charts.histogram import Marker, Span, draw_histogram
from quizapp.charts.lines import BandPoint, Line, draw_lines
from quizapp.charts.markup import Svg
from quizapp.charts.scales import pick_ticks
from quizapp.charts.scatter import Axis, Dot, draw_scatter

__all__ = [
    "Axis",
    "BandPoint",
    "Bar",
    "Caption",
    "Dot",
    "Line",
    "Marker",
    "Span",
    "Svg",
    "draw_bars",
    "draw_calendar",
    "draw_histogram",
    "draw_lines",
    "draw_scatter",
    "find_level",
    "pick_ticks",
]
