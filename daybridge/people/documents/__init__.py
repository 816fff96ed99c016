"""Documents kept in a client's record, sealed: scans, orders, letters. `keep`, `opened`, `of_client`."""

from daybridge.people.documents.keeping import keep
from daybridge.people.documents.reading import Opened, Row, Shelf, of_client, opened
from daybridge.people.documents.rules import ACCEPTED, KINDS, KNOWN, LONGEST_TITLE, TAKEN, Kind

__all__ = [
    "ACCEPTED",
    "KINDS",
    "KNOWN",
    "LONGEST_TITLE",
    "TAKEN",
    "Kind",
    "Opened",
    "Row",
    "Shelf",
    "keep",
    "of_client",
    "opened",
]
