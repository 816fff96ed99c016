"""What the pages of the room show, and what others ask: is this record held?"""

from daybridge.keeping.queries.certificates import certificate
from daybridge.keeping.queries.classes import classes, files
from daybridge.keeping.queries.exports import exports
from daybridge.keeping.queries.holds import HeldRow, held, holds
from daybridge.keeping.queries.overview import choices, overview
from daybridge.keeping.queries.purges import progress, purge, purges
from daybridge.keeping.queries.waiting import WaitingRow, waiting

__all__ = [
    "HeldRow", "WaitingRow", "certificate", "choices", "classes", "exports", "files", "held", "holds", "overview",
    "progress", "purge", "purges", "waiting",
]  # fmt: skip
