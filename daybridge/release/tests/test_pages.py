"""Giving something out, through its addresses: on a consent, on the law's grounds, and not at all."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from daybridge.access.rules import Role
from daybridge.admissions.models import PacketItem
from daybridge.admissions.tests import factories as admissions
from daybridge.audit.models import Entry
from daybridge.consent import actions as consent
from daybridge.consent.models import Disclosure
from daybridge.consent.tests import factories as consents
from daybridge.people import documents
from daybridge.people.models import Document
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


@pytest.fixture
def client_here(site):
    return people.client(site, given_name="Rosa", family_name="Delgado")


@pytest.fixture
def agreed(client_here, users):
    at = timezone.now() - timedelta(days=2)
    return consents.signed(client_here, "named-recipient", by=users[Role.INTAKE], at=at)


@pytest.fixture
def problems(client_here, users):
    referral = admissions.referral(client_here.site, client_here)
    for code, text in (("F10.20", "Alcohol dependence"), ("B20", "Immune disease")):
        PacketItem.objects.create(referral=referral, kind="condition", system="icd-10", code=code, text=text)
        PacketItem.objects.create(referral=referral, kind="medication", text=f"Pill for {text}")
    return referral


def words_of(paper: Document, by) -> str:
    content = documents.opened(document_id=paper.id, by=by, at=timezone.now()).content
    with pikepdf.open(BytesIO(content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
    return content.decode("latin-1")


def test_only_what_the_consent_names_can_be_chosen(sign_in, agreed, client_here):
    page = sign_in("director").get(reverse("release:agreed", args=[client_here.id, agreed.id])).content.decode()
    assert 'value="medication"' in page
    assert 'value="notes"' not in page
    assert "checked" not in page


def test_what_is_given_out_is_written_down_and_the_very_paper_kept(sign_in, users, agreed, client_here, problems):
    browser = sign_in("director")
    address = reverse("release:agreed", args=[client_here.id, agreed.id])
    look = browser.post(address, {"kinds": ["presence", "medication"], "act": "look"})
    assert b"Nothing has left yet" in look.content
    assert not Disclosure.objects.exists()
    answer = browser.post(address, {"kinds": ["presence", "medication"], "act": "give"}, follow=True)
    row = Disclosure.objects.get()
    assert row.recipient == "Dr. Omar Haddad"
    assert set(row.allowed) == {"presence", "medication"}
    assert row.relied_on == [str(agreed.id)]
    assert Entry.objects.filter(verb="disclosure.made", client_id=client_here.id).count() == 1
    assert b"Ready to hand over" in answer.content
    assert words_of(Document.objects.get(), users[Role.DIRECTOR])


def test_a_sensitive_part_stays_unless_it_is_named(sign_in, users, client_here, problems):
    at = timezone.now() - timedelta(days=1)
    one = consents.signed(client_here, "named-recipient", by=users[Role.INTAKE], at=at, kinds=("presence", "diagnoses"))
    address = reverse("release:agreed", args=[client_here.id, one.id])
    seen = sign_in("director").post(address, {"kinds": ["diagnoses"], "act": "look"}).content.decode()
    assert "their health problems (HIV)" in seen.split("Stays here")[1]
    assert "their health problems (HIV)" not in seen.split("Stays here")[0]
    sign_in("director").post(address, {"kinds": ["diagnoses"], "act": "give"})
    assert Disclosure.objects.get().allowed == ["diagnoses"]


def test_a_consent_taken_back_opens_nothing(sign_in, users, agreed, client_here):
    consent.revoke(consent_id=agreed.id, reason="", by=users[Role.INTAKE], at=timezone.now())
    browser = sign_in("director")
    assert browser.get(reverse("release:agreed", args=[client_here.id, agreed.id])).status_code == 404
    assert "Dr. Omar Haddad" not in browser.get(reverse("release:ways", args=[client_here.id])).content.decode()


EMERGENCY = {
    "name": "Dr. Ines Roth", "affiliation": "Port Ellery Hospital", "why": "Brought in unconscious",
    "could_ask": "no", "kinds": ["presence", "medication"], "act": "give",
}  # fmt: skip


def test_an_emergency_is_written_down_with_who_what_when_and_why(sign_in, client_here, problems):
    address = reverse("release:law", args=[client_here.id, "emergency"])
    answer = sign_in("nurse").post(address, EMERGENCY, follow=True)
    assert b"Ready to hand over" in answer.content
    row = Disclosure.objects.get()
    assert (row.recipient, row.purpose) == ("Dr. Ines Roth", "emergency")
    assert row.ground["affiliation"] == "Port Ellery Hospital"


def test_somebody_who_can_be_asked_is_asked(sign_in, client_here):
    address = reverse("release:law", args=[client_here.id, "emergency"])
    answer = sign_in("nurse").post(address, EMERGENCY | {"could_ask": "yes"})
    assert answer.status_code == 409
    assert b"needs their consent" in answer.content
    assert Disclosure.objects.get().allowed == []
    assert not Document.objects.exists()


def order(**fields):
    return {
        "name": "County Court", "court": "County Court", "number": "26-118", "dated": "2026-01-05",
        "good_cause": "on", "kinds": ["presence"], "act": "give",
        "order": SimpleUploadedFile("order.pdf", PDF, "application/pdf"), **fields,
    }  # fmt: skip


def test_a_court_order_is_attached_and_kept(sign_in, client_here):
    address = reverse("release:law", args=[client_here.id, "legal-order"])
    answer = sign_in("director").post(address, order(), follow=True)
    assert b"Ready to hand over" in answer.content, answer.content.decode()
    kept = Document.objects.get(kind="legal-order")
    assert Disclosure.objects.get().ground["document"] == str(kept.id)


def test_an_order_without_good_cause_opens_nothing(sign_in, client_here):
    address = reverse("release:law", args=[client_here.id, "legal-order"])
    fields = order()
    del fields["good_cause"]
    assert sign_in("director").post(address, fields).status_code == 409


def test_nothing_ticked_is_said(sign_in, agreed, client_here):
    address = reverse("release:agreed", args=[client_here.id, agreed.id])
    assert sign_in("director").post(address, {"act": "give"}).status_code == 422


@pytest.mark.parametrize("place", ["ways", "law"])
def test_out_of_reach_is_not_found(sign_in, client_here, place):
    arguments = [client_here.id] if place == "ways" else [client_here.id, "emergency"]
    assert sign_in("other_site").get(reverse(f"release:{place}", args=arguments)).status_code == 404
    assert sign_in("biller").get(reverse(f"release:{place}", args=arguments)).status_code == 404


def test_a_ground_there_is_not_is_not_found(sign_in, client_here):
    assert sign_in("director").get(reverse("release:law", args=[client_here.id, "client"])).status_code == 404
