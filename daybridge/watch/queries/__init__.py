"""The joins behind Today."""

from daybridge.watch.queries.today import Today, today

__all__ = ["Today", "today"]
