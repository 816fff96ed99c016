"""The only writers of accounts, roles, invitations and sessions."""

from daybridge.access.actions.accounts import (
    clear_second_step,
    close_account,
    end_sessions,
    grant,
    limit,
    reopen_account,
    take_away,
)
from daybridge.access.actions.demo import add_demo_account, demo_sign_in, found_demo_program
from daybridge.access.actions.founding import NewAdmin, found_program, open_site
from daybridge.access.actions.invitations import accept, invite, renew, withdraw
from daybridge.access.actions.own import describe_self, end_other_sessions, end_own_session
from daybridge.access.actions.proof import prove
from daybridge.access.actions.signing import sign_table

__all__ = [
    "NewAdmin",
    "accept",
    "add_demo_account",
    "clear_second_step",
    "close_account",
    "demo_sign_in",
    "describe_self",
    "end_other_sessions",
    "end_own_session",
    "end_sessions",
    "found_demo_program",
    "found_program",
    "grant",
    "invite",
    "limit",
    "open_site",
    "prove",
    "renew",
    "reopen_account",
    "sign_table",
    "take_away",
    "withdraw",
]
