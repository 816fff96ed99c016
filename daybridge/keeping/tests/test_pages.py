"""The pages of the room, through their addresses."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.keeping.models import Export, LegalHold, Period, Purge
from daybridge.keeping.tests import factories
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db
PAGES = ("keeping:overview", "keeping:due", "keeping:holds", "keeping:export")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_who_sees_the_pages(sign_in, name, role):
    known = role in {Role.PRIVACY_OFFICER, Role.DIRECTOR}
    assert sign_in(role).get(reverse(name)).status_code == (200 if known else 404)


def test_the_classes_in_plain_words(sign_in, site):
    browser = sign_in(Role.PRIVACY_OFFICER)
    page = browser.get(reverse("keeping:overview")).content.decode()
    assert "Clinical record" in page
    assert "7 years" in page
    sent = {"site": site.pk, "kept": "clinical", "years": 12, "source": "State rule 12", "reason": "We are in it"}
    assert browser.post(reverse("keeping:choose"), sent).status_code == 302
    assert "State rule 12" in browser.get(reverse("keeping:overview")).content.decode()
    assert browser.post(reverse("keeping:choose"), sent).status_code == 409
    assert browser.post(reverse("keeping:choose"), sent | {"years": 2}).status_code == 409
    assert browser.post(reverse("keeping:choose"), sent | {"years": ""}).status_code == 422
    end = reverse("keeping:end", args=[Period.objects.get().pk])
    assert browser.post(end).status_code == 302
    assert browser.post(end).status_code == 409
    assert sign_in(Role.DIRECTOR).post(reverse("keeping:choose"), sent).status_code == 404


def test_a_purge_from_proposal_to_certificate(sign_in, site, users, now):
    person = factories.old_record(site, given_name="Quill")
    officer, director = sign_in(Role.PRIVACY_OFFICER), sign_in(Role.DIRECTOR)
    assert "Quill" in officer.get(reverse("keeping:due")).content.decode()
    assert officer.post(reverse("keeping:propose"), {"site": site.pk}).status_code == 409
    assert officer.post(reverse("keeping:propose"), {"site": "x"}).status_code == 422
    answer = officer.post(reverse("keeping:propose"), {"site": site.pk, "record": [person.pk]})
    purge = Purge.objects.get()
    address = reverse("keeping:purge", args=[purge.pk])
    assert answer.headers["Location"] == address
    own = officer.get(address).content.decode()
    assert "Somebody else has to approve" in own
    assert "Approve and purge" not in own
    assert officer.post(reverse("keeping:approve", args=[purge.pk])).status_code == 404
    assert "Approve and purge" in director.get(address).content.decode()
    assert director.get(reverse("keeping:certificate", args=[purge.pk])).status_code == 404
    assert director.post(reverse("keeping:approve", args=[purge.pk])).status_code == 302
    assert "Waiting its turn" in director.get(address).content.decode()
    purge.refresh_from_db()
    factories.run(purge, now)
    done = director.get(address).content.decode()
    assert "Quill" not in done
    assert "Purged" in done
    proof = director.get(reverse("keeping:certificate", args=[purge.pk]))
    assert proof.headers["Content-Type"] == "application/pdf"
    assert proof.content.startswith(b"%PDF")
    assert proof.content == director.get(reverse("keeping:certificate", args=[purge.pk])).content


def test_declined_and_withdrawn(sign_in, site, users, now):
    person = factories.old_record(site)
    purge = factories.proposed([person], by=users[Role.PRIVACY_OFFICER], at=now)
    director, officer = sign_in(Role.DIRECTOR), sign_in(Role.PRIVACY_OFFICER)
    decline = reverse("keeping:decline", args=[purge.pk])
    assert director.post(decline, {}).status_code == 422
    assert director.post(decline, {"reason": "x"}).status_code == 409
    assert director.post(decline, {"reason": "Not before May"}).status_code == 302
    assert "Not before May" in director.get(reverse("keeping:purge", args=[purge.pk])).content.decode()
    again = factories.proposed([person], by=users[Role.PRIVACY_OFFICER], at=now)
    withdraw = reverse("keeping:withdraw", args=[again.pk])
    assert officer.post(withdraw).status_code == 302
    assert officer.post(withdraw).status_code == 409
    assert director.post(reverse("keeping:approve", args=[again.pk])).status_code == 409


def test_a_hold_placed_and_lifted(sign_in, site):
    person = factories.old_record(site, given_name="Quill", family_name="Marlow", name_key="quill marlow")
    browser, place = sign_in(Role.PRIVACY_OFFICER), reverse("keeping:place")
    found = browser.get(reverse("keeping:holds"), {"who": "marl"}).content.decode()
    assert person.record_number in found
    assert Entry.objects.filter(verb="keeping.find").count() == 1
    sent = {"on": person.pk, "asked_by": "County court", "reason": "Case 26-118"}
    assert browser.post(place, sent | {"reason": ""}).status_code == 422
    assert browser.post(place, sent | {"on": "nobody"}).status_code == 422
    assert browser.post(place, sent | {"reason": "x"}).status_code == 409
    assert browser.post(place, sent).status_code == 302
    hold = LegalHold.objects.get()
    assert "Case 26-118" in browser.get(reverse("keeping:holds")).content.decode()
    lift = reverse("keeping:lift", args=[hold.pk])
    assert browser.post(lift, {}).status_code == 422
    assert browser.post(lift, {"reason": "The case is closed"}).status_code == 302
    assert browser.post(lift, {"reason": "The case is closed"}).status_code == 409
    assert browser.post(place, sent | {"on": site.pk}).status_code == 302
    assert "Everybody at" in browser.get(reverse("keeping:holds")).content.decode()


def test_the_chart_says_that_a_record_is_held_and_not_why(sign_in, site):
    person = people.client(site)
    browser = sign_in(Role.DIRECTOR)
    address = reverse("chart:chart", args=[person.pk])
    assert "On hold" not in browser.get(address).content.decode()
    factories.hold(site, person, reason="A secret matter")
    page = browser.get(address).content.decode()
    assert "On hold" in page
    assert "secret matter" not in page


def test_out_of_reach_is_not_there(sign_in, site, other_site, users, now):
    there = factories.hold(other_site)
    person = factories.old_record(other_site)
    browser = sign_in(Role.PRIVACY_OFFICER)
    sent = {"on": person.pk, "asked_by": "County court", "reason": "Case 26-118"}
    assert browser.post(reverse("keeping:place"), sent).status_code == 404
    assert browser.post(reverse("keeping:lift", args=[there.pk]), {"reason": "Closed now"}).status_code == 404
    assert browser.post(reverse("keeping:propose"), {"site": site.pk, "record": [person.pk]}).status_code == 404
    purge = Purge.objects.create(site=other_site, rulebook="x", proposed_by="system:test", proposed_at=now)
    for name in ("keeping:purge", "keeping:certificate"):
        assert browser.get(reverse(name, args=[purge.pk])).status_code == 404
    assert sign_in(Role.DIRECTOR).post(reverse("keeping:approve", args=[purge.pk])).status_code == 404


def test_an_export_is_a_zip(sign_in, site, now):
    browser, address = sign_in(Role.DIRECTOR), reverse("keeping:export")
    sent = {
        "site": site.pk, "first_year": 2026, "last_year": 2026, "recipient": "State agency", "reason": "Yearly report",
        "nobody": "on",
    }  # fmt: skip
    assert browser.post(address, sent).status_code == 409  # nobody is in it
    for _ in range(11):
        people.client(site)
    assert browser.post(address, sent | {"nobody": ""}).status_code == 422
    assert browser.post(address, sent | {"last_year": 2020}).status_code == 422
    answer = browser.post(address, sent)
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.content[:2] == b"PK"
    assert Export.objects.get().people == 11
    assert "Yearly report" in browser.get(address).content.decode()


@pytest.mark.parametrize("name", ["keeping:due", "keeping:holds"])
def test_twenty_rows_take_no_more_queries_than_one(sign_in, site, users, now, name):
    browser = sign_in(Role.PRIVACY_OFFICER)

    def grow(many):
        for _ in range(many):
            person = factories.old_record(site)
            factories.hold(site, factories.old_record(site))
            factories.proposed([person], by=users[Role.PRIVACY_OFFICER], at=now)
            factories.old_record(site)

    with time_machine.travel(timezone.now(), tick=False):  # no stamp of a session in between
        grow(1)
        browser.get(reverse(name))
        with CaptureQueriesContext(connection) as few:
            browser.get(reverse(name))
        grow(19)
        with CaptureQueriesContext(connection) as many:
            assert browser.get(reverse(name)).status_code == 200
    assert len(many) <= len(few)
