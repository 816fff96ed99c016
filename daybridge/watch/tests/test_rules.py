"""Which lists a role's Today shows."""

from daybridge.access.rules import Role
from daybridge.watch.rules import (
    CALLS,
    CREDENTIALS,
    HOURS,
    LIVES,
    NOTES,
    ORDER,
    PRIVACY,
    PURGES,
    RENEWALS,
    WAITING,
    lists_for,
)


def test_two_roles_see_each_list_once_in_the_first_roles_order():
    assert lists_for(frozenset({Role.COUNSELOR, Role.DIRECTOR})) == (
        HOURS, WAITING, NOTES, CALLS, LIVES, CREDENTIALS, PURGES, RENEWALS,
    )  # fmt: skip


def test_roles_without_clients_see_no_client_lists():
    assert lists_for(frozenset({Role.FRONT_DESK})) == ()
    assert lists_for(frozenset({Role.ADMINISTRATOR})) == (PRIVACY,), "the ledger, when it needs somebody"
    assert lists_for(frozenset({Role.PRIVACY_OFFICER})) == (PRIVACY,)
    assert set(ORDER) <= set(Role)
