"""What the room's pages show, as rows made for them."""

from daybridge.access.queries.demo import demo_accounts, demo_program
from daybridge.access.queries.ledger import Filters, read_ledger, verbs
from daybridge.access.queries.own import OwnAccount, own_account, own_sessions
from daybridge.access.queries.permissions import (
    permission_groups,
    permission_table,
    permission_table_markdown,
    reach_table,
    signature,
    signing_due,
)
from daybridge.access.queries.staff import (
    account,
    accounts,
    invitations,
    manageable_sites,
    open_invitation,
    possible_supervisors,
)
from daybridge.access.queries.standing import CheckpointFile, Standing, checkpoint, standing

__all__ = [
    "CheckpointFile",
    "Filters",
    "OwnAccount",
    "Standing",
    "account",
    "accounts",
    "checkpoint",
    "demo_accounts",
    "demo_program",
    "invitations",
    "manageable_sites",
    "open_invitation",
    "own_account",
    "own_sessions",
    "permission_groups",
    "permission_table",
    "permission_table_markdown",
    "possible_supervisors",
    "reach_table",
    "read_ledger",
    "signature",
    "signing_due",
    "standing",
    "verbs",
]
