"""What the pages of the room show, and what others ask: is this record held?"""

from daybridge.keeping.queries.certificates import certificate
from daybridge.keeping.queries.holds import HeldRow, held, holds
from daybridge.keeping.queries.overview import overview
from daybridge.keeping.queries.purges import progress, purge, purges

__all__ = ["HeldRow", "certificate", "held", "holds", "overview", "progress", "purge", "purges"]
