"""The second lock: on PostgreSQL the database itself shows a request only the rows its identity reaches.

A request runs as a role that cannot look past the policies (policies.py); whose request it is stands in settings of the
connection. A filter somebody forgot then returns nothing. Work of the program inside a request says so:
`with as_system("why")`. Outside requests (jobs, commands) nothing is locked. On SQLite all of this does nothing.
"""

from daybridge.access.rowlock.lock import (
    NOBODY,
    Identity,
    as_guest,
    as_system,
    identity_of,
    is_on,
    locked,
    near_as_system,
    turn,
)

__all__ = [
    "NOBODY", "Identity", "as_guest", "as_system", "identity_of", "is_on", "locked", "near_as_system", "turn",
]  # fmt: skip
