"""The table of reach, limits of roles and the signature, without pages; and the page that is signed."""

from datetime import date

import pytest

from daybridge.access import actions, queries
from daybridge.access.models import TableSigning
from daybridge.access.rules import (
    GRANTS,
    NO_LIMITS,
    OPENS,
    PURPOSES,
    REACH,
    REACH_WORDS,
    TOUCH_NOBODY,
    Limits,
    Permission,
    Purpose,
    Reach,
    Role,
    check_limits,
    reach_of,
    table_hash,
    widest,
)
from daybridge.kit.errors import NotAllowed, Refused, Stale

P = Permission


def test_every_role_has_a_row_with_every_purpose():
    assert set(REACH) == set(Role)
    assert all(set(row) == set(Purpose) for row in REACH.values())
    assert set(REACH_WORDS) == set(Reach)


def test_what_touches_no_client_is_known_by_name():
    """A new permission about clients has to take its place in PURPOSES; until then it reaches one's own only."""
    assert {
        P.TODAY_SEE, P.FIND, P.PROGRAM_SEE, P.PROGRAM_WRITE, P.ACCOUNTS_MANAGE, P.PERMISSIONS_SEE, P.LEDGER_READ,
        P.JOBS_SEE, P.DRAFTS_KEEP, P.OWN_ACCOUNT, P.GLASS_BREAK, P.PERMISSIONS_SIGN, P.BREACH_REPORT,
        P.RETENTION_SET,
    } == TOUCH_NOBODY  # fmt: skip
    assert sum(len(some) for _, some in PURPOSES.values()) == len(Permission) - len(TOUCH_NOBODY)


@pytest.mark.parametrize(("role", "permission", "reach"), [
    (Role.DIRECTOR, P.CHART_READ, Reach.SITE), (Role.NURSE, P.NOTE_SEE, Reach.SITE),
    (Role.COUNSELOR, P.CHART_READ, Reach.TEAM), (Role.COUNSELOR, P.NOTE_SEE, Reach.OWN),
    (Role.COUNSELOR, P.DESK_ANSWER, Reach.SITE), (Role.PEER, P.CHART_READ, Reach.OWN),
    (Role.TRAINEE, P.CHART_READ, Reach.OWN), (Role.AUDITOR, P.CHART_READ, Reach.PERIOD),
    (Role.FRONT_DESK, P.CLIENT_LIST, Reach.SITE), (Role.FRONT_DESK, P.CHART_READ, None),
    (Role.PRIVACY_OFFICER, P.CHART_READ, None), (Role.ADMINISTRATOR, P.CHART_READ, None),
    (Role.SUPPORT, P.CLIENT_LIST, None),
])  # fmt: skip
def test_the_reach_that_matters_most_is_as_signed(role, permission, reach):
    assert reach_of(role, permission) is reach


def test_trainees_do_not_sign_auditors_do_not_write_support_sees_nobody():
    writes = {P.NOTE_SIGN, P.PLAN_WRITE, P.ADMIT, P.DETERMINATION_DECIDE, P.CONSENT_SIGN, P.DISCLOSE, P.GLASS_BREAK}
    assert not [one for one in writes if {Role.TRAINEE, Role.AUDITOR} & GRANTS[one]]
    assert all(widest(Role.SUPPORT, purpose) is None for purpose in Purpose)
    assert not OPENS & {P.NOTE_SEE, P.COUNSELING_NOTE_WRITE, P.DISCLOSE, P.PLAN_WRITE}


@pytest.mark.parametrize(("role", "limits", "fits"), [
    (Role.NURSE, NO_LIMITS, True), (Role.TRAINEE, NO_LIMITS, False), (Role.AUDITOR, NO_LIMITS, False),
    (Role.AUDITOR, Limits(until=date(2026, 4, 1)), False),
    (Role.AUDITOR, Limits(date(2026, 4, 1), date(2026, 1, 1), date(2026, 3, 31)), True),
    (Role.AUDITOR, Limits(date(2026, 4, 1), date(2026, 3, 31), date(2026, 1, 1)), False),
])  # fmt: skip
def test_some_roles_are_held_within_limits_only(role, limits, fits):
    if fits:
        check_limits(role, limits)
    else:
        with pytest.raises(Refused):
            check_limits(role, limits)


@pytest.mark.django_db
def test_the_table_is_signed_as_it_was_read_by_who_may(users, now):
    officer = users[Role.PRIVACY_OFFICER]
    assert [due.reason for due in queries.signing_due(by=officer, at=now)] == ["it was never signed"]
    with pytest.raises(NotAllowed):
        actions.sign_table(seen=table_hash(), typed="x", by=users[Role.DIRECTOR], at=now)
    with pytest.raises(Refused):
        actions.sign_table(seen=table_hash(), typed="Somebody Else", by=officer, at=now)
    with pytest.raises(Stale):
        actions.sign_table(seen="0" * 64, typed=officer.name, by=officer, at=now)
    actions.sign_table(seen=table_hash(), typed=officer.name.upper(), by=officer, at=now)
    assert queries.signature().is_current
    assert queries.signing_due(by=officer, at=now) == []
    TableSigning.objects.update(table_hash="0" * 64)
    assert [due.reason for due in queries.signing_due(by=officer, at=now)] == ["it changed since it was signed"]
    assert queries.signing_due(by=users[Role.DIRECTOR], at=now) == []


@pytest.mark.django_db
def test_the_privacy_officer_signs_on_the_page(sign_in):
    browser = sign_in(Role.PRIVACY_OFFICER)
    page = browser.get("/permissions/").content.decode()
    assert "never signed" in page
    assert "Own and new" in page
    typed = {"table": table_hash(), "name": "nobody"}
    assert browser.post("/permissions/sign/", typed).status_code == 409
    assert browser.post("/permissions/sign/", typed | {"name": browser.user.name}).status_code == 302
    assert "has not changed since" in browser.get("/permissions/").content.decode()
    assert "/permissions/sign/" not in sign_in(Role.DIRECTOR).get("/permissions/").content.decode()


@pytest.mark.django_db
def test_an_administrator_gives_an_auditor_a_last_day_and_days(sign_in, users, site):
    browser, who = sign_in(Role.ADMINISTRATOR), users[Role.SUPPORT]
    place = {"role": "auditor", "site": str(site.id)}
    audit = {"until": "2100-01-01", "first": "2026-01-01", "last": "2026-03-31", "permissions": ["consent.see"]}
    assert browser.post(f"/staff/{who.id}/grant/", place).status_code == 409
    assert browser.post(f"/staff/{who.id}/grant/", place | audit).status_code == 302
    held = who.memberships.get(role="auditor")
    assert (held.until, held.period_until, held.permissions) == (date(2100, 1, 1), date(2026, 3, 31), ["consent.see"])
    assert "care of Jan 1, 2026 to Mar 31, 2026" in browser.get(f"/staff/{who.id}/").content.decode()
    browser.post(f"/staff/{who.id}/grant/", place | audit | {"until": "2099-01-01", "change": "limits"})
    assert who.memberships.get(role="auditor").until == date(2099, 1, 1)
