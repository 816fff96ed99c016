"""Assessing and deciding, and their trace."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.audit.models import Entry
from daybridge.kit.errors import BadInput, NotAllowed, Refused
from daybridge.level_of_care import actions, queries
from daybridge.level_of_care.models import Determination
from daybridge.level_of_care.rules import Choice
from daybridge.level_of_care.tests import factories
from daybridge.people.models import Client
from daybridge.people.tests import factories as people


@pytest.fixture
def client(site):
    return people.client(site)


@pytest.fixture
def by(users):
    return users[Role.COUNSELOR]


def test_an_assessment_keeps_facts_evidence_and_the_recommendation_with_its_rulebook(client, by, now):
    made = factories.assessed(client, by=by, at=now)
    assert (made.status, made.recommended) == ("assessed", "2.1")
    assert made.rulebook.startswith("level_of_care@")
    assert made.result["reasons"]
    assert made.evidence == {"use_risk": "Drank on four of the last seven days."}
    assert Entry.objects.get(verb="level-of-care.assess").data["recommended"] == "2.1"


def test_facts_that_make_no_sense_are_refused_and_nothing_is_kept(client, by, now):
    with pytest.raises(BadInput, match="withdrawal"):
        factories.assessed(client, by=by, at=now, facts=factories.case(withdrawal=7))
    with pytest.raises(Refused, match="no dimension"):
        actions.assess(client_id=client.id, case=factories.case(), evidence={"hair": "red"}, by=by, at=now)
    with pytest.raises(Refused, match="under 2000"):
        actions.assess(client_id=client.id, case=factories.case(), evidence={"use_risk": "x" * 2001}, by=by, at=now)
    assert not Determination.objects.exists()


def test_agreeing_records_who_and_when(client, by, now):
    made = factories.decided(client, by=by, at=now)
    assert (made.status, made.decided_level, made.decided_by, made.decided_at) == ("decided", "2.1", by, now)
    assert Entry.objects.get(verb="level-of-care.decide").data == {"recommended": "2.1", "decided": "2.1", "code": ""}


def test_deciding_twice_is_refused_in_words(client, by, now):
    made = factories.decided(client, by=by, at=now)
    with pytest.raises(Refused, match="decided already"):
        actions.decide(determination_id=made.id, decision=Choice("2.1"), by=by, at=now)


def test_an_older_assessment_is_not_decided_once_there_is_a_later_one(client, by, now):
    first = factories.assessed(client, by=by, at=now)
    factories.assessed(client, by=by, at=now + timedelta(hours=1))
    with pytest.raises(Refused, match="later assessment"):
        actions.decide(determination_id=first.id, decision=Choice("2.1"), by=by, at=now)


def test_another_level_needs_its_reason_also_in_the_database(client, by, now):
    made = factories.assessed(client, by=by, at=now)
    with pytest.raises(Refused):
        actions.decide(determination_id=made.id, decision=Choice("2.5"), by=by, at=now)
    made.status, made.decided_level, made.decided_by, made.decided_at = "decided", "2.5", by, now
    with pytest.raises(IntegrityError):
        made.save()


@pytest.mark.parametrize("role", [Role.INTAKE, Role.PEER, Role.CASE_MANAGER])
def test_only_clinicians_assess_and_decide(client, users, by, now, role):
    with pytest.raises((NotAllowed, Client.DoesNotExist)):  # a peer does not reach somebody on the way in
        factories.assessed(client, by=users[role], at=now)
    made = factories.assessed(client, by=by, at=now)
    with pytest.raises((NotAllowed, Determination.DoesNotExist)):
        actions.decide(determination_id=made.id, decision=Choice("2.1"), by=users[role], at=now)


def test_another_sites_client_does_not_exist(client, by, other_site, now):
    stranger = access.user(Role.COUNSELOR, other_site)
    with pytest.raises(Client.DoesNotExist):
        factories.assessed(client, by=stranger, at=now)
    made = factories.assessed(client, by=by, at=now)
    with pytest.raises(Determination.DoesNotExist):
        actions.decide(determination_id=made.id, decision=Choice("2.1"), by=stranger, at=now)
    assert queries.latest(client_id=client.id, by=stranger, at=now) is None
    assert queries.history(client_id=client.id, by=stranger, at=now) == []


def test_rows_speak_in_words_and_reading_is_on_the_ledger(client, by, now):
    made = factories.assessed(client, by=by, at=now)
    actions.decide(determination_id=made.id, decision=Choice("2.5", "judgment", "Two falls."), by=by, at=now)
    row = queries.latest(client_id=client.id, by=by, at=now)
    assert row.advice.level.title == "2.1 Intensive outpatient program"
    assert (row.decided.code, row.override, row.override_reason) == ("2.5", "Clinical judgment", "Two falls.")
    assert [one.rating for one in row.ratings] == ["0", "0", "1", "3", "1", "1"]
    assert row.ratings[3].evidence
    assert all(point.code and point.source for point in row.advice.reasons)
    assert Entry.objects.filter(kind="read", client_id=client.id).count() == 1
    assert queries.history(client_id=client.id, by=by, at=now)[0].id == made.id


def test_a_preview_keeps_nothing(client):
    assert queries.preview(case=factories.case({"imminent_danger": True})).is_emergency
    assert not Determination.objects.exists()
