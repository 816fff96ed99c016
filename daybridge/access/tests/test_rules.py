"""The permission table, invitations and words, without a database."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from daybridge.access.rules import (
    GRANTS,
    INVITATION_MOVES,
    ROLES,
    SENTENCES,
    InvitationState,
    Permission,
    Role,
    Times,
    check_someone_stays,
    check_zone,
    device_words,
    expiry,
    first_roles,
    in_order,
    invitation_state,
    roles_with,
)
from daybridge.kit.errors import BadInput, IllegalMove, Refused
from daybridge.kit.states import check_move

NOW = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def test_every_permission_has_a_sentence_and_a_row():
    assert set(SENTENCES) == set(GRANTS) == set(Permission)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


def test_every_role_has_words_and_a_sentence():
    assert set(ROLES) == set(Role)


def test_no_row_is_no_grant():
    assert roles_with("nothing.known") == frozenset()


def test_every_role_can_look_after_its_own_account():
    assert roles_with(Permission.OWN_ACCOUNT) == set(Role)


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.ACCOUNTS_MANAGE, {Role.ADMINISTRATOR}),
        (Permission.LEDGER_READ, {Role.PRIVACY_OFFICER}),
        (Permission.NOTE_SIGN, {Role.DIRECTOR, Role.COUNSELOR, Role.NURSE}),
        (Permission.ADMIT, {Role.DIRECTOR, Role.INTAKE}),
    ],
)
def test_the_grants_that_matter_most_are_as_signed(permission, roles):
    assert roles_with(permission) == roles


def test_the_administrator_opens_no_clinical_record():
    clinical = {Permission.CLIENT_LIST, Permission.CHART_READ, Permission.NOTE_SEE, Permission.PLAN_SEE}
    assert not any(Role.ADMINISTRATOR in GRANTS[permission] for permission in clinical)


@pytest.mark.parametrize(
    ("times", "state"),
    [
        (Times(LATER), InvitationState.INVITED),
        (Times(NOW), InvitationState.EXPIRED),
        (Times(NOW + timedelta(microseconds=1)), InvitationState.INVITED),
        (Times(LATER, accepted_at=NOW), InvitationState.ACCEPTED),
        (Times(NOW - timedelta(days=9), accepted_at=NOW - timedelta(days=10)), InvitationState.ACCEPTED),
        (Times(LATER, withdrawn_at=NOW), InvitationState.WITHDRAWN),
    ],
)
def test_an_invitations_state_is_read_off_its_times(times, state):
    assert invitation_state(times, NOW) is state


@pytest.mark.parametrize(("old", "new"), list(product(InvitationState, InvitationState)))
def test_every_pair_of_invitation_states_is_decided(old, new):
    with nullcontext() if new in INVITATION_MOVES[old] else pytest.raises(IllegalMove):
        check_move(INVITATION_MOVES, old, new)


def test_a_link_works_for_seven_days():
    assert expiry(NOW) - NOW == timedelta(days=7)


def test_the_last_administrator_stays():
    check_someone_stays(1)
    with pytest.raises(Refused, match="administrator"):
        check_someone_stays(0)


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Pacific/Honolulu"])
def test_known_time_zones_pass(zone):
    check_zone(zone)


@pytest.mark.parametrize("zone", ["", "New York", "America/Gotham", "../etc/passwd", "America", "x" * 500])
def test_a_bad_time_zone_is_one_sentence(zone):
    with pytest.raises(BadInput) as caught:
        check_zone(zone)
    assert str(caught.value).endswith("write it like America/New_York.")
    assert len(str(caught.value)) < 140


@pytest.mark.parametrize(
    ("role", "accounts", "roles"),
    [
        (Role.ADMINISTRATOR, 0, (Role.ADMINISTRATOR, Role.DIRECTOR)),
        (Role.ADMINISTRATOR, 1, (Role.ADMINISTRATOR,)),
        (Role.NURSE, 0, (Role.NURSE,)),
    ],
)
def test_only_the_first_administrator_also_directs(role, accounts, roles):
    assert first_roles(role, accounts) == roles


def test_roles_come_in_the_order_of_the_table():
    assert in_order({"nurse", "director", "unknown"}) == [Role.DIRECTOR, Role.NURSE]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/120 Safari/537", "Chrome on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/120 Safari/537 Edg/120", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120) Gecko Firefox/120", "Firefox on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit Version/17 Safari/604", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/120 Mobile Safari", "Chrome on Android"),
        ("curl/8", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_a_browser_is_named_in_plain_words(agent, words):
    assert device_words(agent) == words
