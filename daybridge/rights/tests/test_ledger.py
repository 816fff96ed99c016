"""A ledger that does not hold, or was not proved lately, waits for those who watch over it."""

from datetime import timedelta

import pytest

from daybridge.access.rules import Role
from daybridge.audit import actions as audit_actions
from daybridge.audit import ledger
from daybridge.audit import queries as audit
from daybridge.audit.models import Proving
from daybridge.people.tests import factories as people
from daybridge.rights import queries

pytestmark = pytest.mark.django_db


def told_of_ledger(by, at):
    return [(one.title, one.tone) for one in queries.due(by=by, at=at) if "ledger" in one.title]


def test_a_ledger_that_is_not_proved_or_does_not_hold_is_said_first_to_those_who_watch_over_it(users, site, now):
    officer, admin = users[Role.PRIVACY_OFFICER], users[Role.ADMINISTRATOR]
    ledger.record("test.line", people.client(site), by=officer, at=now)
    assert told_of_ledger(officer, now) == []
    later = now + timedelta(hours=37)
    assert told_of_ledger(officer, later) == [("The ledger was never proved", "wait")]
    audit_actions.proven(proof=audit.verify(), by=officer, at=later)
    assert told_of_ledger(officer, later) == []
    late = later + timedelta(hours=37)
    assert told_of_ledger(admin, late) == [("The ledger was not proved lately", "wait")]
    assert told_of_ledger(users[Role.COUNSELOR], late) == []
    Proving.objects.update(faults=[{"what": "changed", "seq": 1}])
    assert told_of_ledger(admin, later) == [("The ledger does not hold", "safety")]
    assert queries.due(by=officer, at=late)[0].title == "The ledger does not hold"
