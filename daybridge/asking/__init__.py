"""Questions that every page asks again: written once as Django queries, asked many times with other values."""

from daybridge.asking.prepared import Given, Prepared, prepared

__all__ = ["Given", "Prepared", "prepared"]
