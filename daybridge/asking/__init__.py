"""Questions that every page asks again: written once as Django queries, asked many times with other values."""

from daybridge.asking.prepared import Given, Prepared, Shaped, prepared
from daybridge.asking.writing import Changing, Inserting

__all__ = ["Changing", "Given", "Inserting", "Prepared", "Shaped", "prepared"]
