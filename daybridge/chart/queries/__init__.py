"""The joins behind the chart, the list of clients and the palette."""

from daybridge.chart.queries.clients import clients
from daybridge.chart.queries.finding import find
from daybridge.chart.queries.person import chart
from daybridge.chart.queries.timeline import timeline

__all__ = ["chart", "clients", "find", "timeline"]
