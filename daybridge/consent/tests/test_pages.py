"""The pages of consents, through their addresses."""

import re
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.consent.models import Consent, Disclosure
from daybridge.consent.tests import factories
from daybridge.people.tests import factories as people


@pytest.fixture
def client(site):
    return people.client(site, given_name="Rosa", family_name="Delgado")


def sign_url(client, form="treatment", language="en"):
    return reverse("consent:sign", args=[client.id, form]) + f"?lang={language}"


def answers(page, **fields):
    ticket = page.context["page"].ticket
    return {"relation": "self", "name": "Rosa Delgado", "drawn": "", "ticket": ticket} | fields


@pytest.mark.parametrize(
    ("who", "status"),
    [("intake", 200), ("counselor", 200), ("privacy-officer", 404), ("front-desk", 404), ("other_site", 404)],
)  # fmt: skip
def test_who_may_take_a_signature(sign_in, client, who, status):
    assert sign_in(who).get(sign_url(client)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("intake", 200), ("privacy-officer", 200), ("biller", 404), ("other_site", 404)]
)
def test_who_may_see_which_consents_stand(sign_in, client, who, status):
    assert sign_in(who).get(reverse("consent:forms", args=[client.id])).status_code == status


def test_signing_a_typed_name_leads_to_the_copy(sign_in, client):
    browser = sign_in("intake")
    page = browser.get(sign_url(client))
    assert b"checked" not in page.content
    answer = browser.post(sign_url(client) + "&next=/admissions/", answers(page))
    consent = Consent.objects.get()
    assert answer.url == reverse("consent:copy", args=[consent.id]) + "?thanks=1&next=/admissions/"
    copy = browser.get(answer.url).content.decode()
    assert "Thank you." in copy
    assert 'href="/admissions/"' in copy
    assert Disclosure.objects.get().purpose == "client"


def test_a_drawn_signature_is_kept_as_drawn(sign_in, client):
    browser = sign_in("intake")
    page = browser.get(sign_url(client))
    browser.post(sign_url(client), answers(page, drawn="M1 2L30 40"))
    consent = Consent.objects.get()
    assert (consent.signature_kind, consent.signature) == ("drawn", "M1 2L30 40")
    assert "M1 2L30 40" in browser.get(reverse("consent:copy", args=[consent.id])).content.decode()


def test_spanish_words_are_signed_in_spanish(sign_in, client):
    browser = sign_in("intake")
    page = browser.get(sign_url(client, "part2-tpo", "es"))
    assert "Por qué me preguntan" in page.content.decode()
    assert 'lang="es"' in page.content.decode()
    browser.post(sign_url(client, "part2-tpo", "es"), answers(page))
    consent = Consent.objects.get()
    assert consent.language == "es"
    assert re.search(r"Hoy es \d+ de [a-z]+ de \d{4}\.", consent.text)


def test_the_form_begins_in_the_clients_language(sign_in, site):
    client = people.client(site, languages=["es-MX", "en"])
    page = sign_in("intake").get(reverse("consent:sign", args=[client.id, "treatment"]))
    assert page.context["page"].language == "es"


def test_an_empty_form_says_what_is_missing(sign_in, client):
    browser = sign_in("intake")
    page = browser.get(sign_url(client))
    answer = browser.post(sign_url(client), answers(page, name="", relation=""))
    assert answer.status_code == 422
    assert "is needed." in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_ticket_for_other_words_is_refused_in_place(sign_in, client):
    browser = sign_in("intake")
    page = browser.get(sign_url(client, language="es"))
    answer = browser.post(sign_url(client), answers(page))
    assert answer.status_code == 409
    assert "changed while it was open" in answer.content.decode()
    assert not Consent.objects.exists()


def test_the_form_posted_twice_is_signed_once(sign_in, client):
    browser = sign_in("intake")
    page = browser.get(sign_url(client))
    browser.post(sign_url(client), answers(page))
    answer = browser.post(sign_url(client), answers(page))
    assert answer.status_code == 409
    assert "already" in answer.content.decode()
    assert Consent.objects.count() == 1


def test_an_unknown_form_is_not_found_and_a_foreign_next_is_dropped(sign_in, client):
    browser = sign_in("intake")
    assert browser.get(sign_url(client, "other")).status_code == 404
    assert "evil" not in browser.get(sign_url(client) + "&next=//evil.example/").content.decode()


def test_taking_back_is_one_post_and_a_second_says_why_not(sign_in, client, users, now):
    consent = factories.signed(client, "treatment", by=users[Role.INTAKE], at=now)
    browser, url = sign_in("counselor"), reverse("consent:revoke", args=[client.id, consent.id])
    assert browser.post(url, {"reason": ""}).status_code == 302
    consent.refresh_from_db()
    assert consent.status == "revoked"
    assert browser.post(url).status_code == 409
    assert sign_in("other_site").post(url).status_code == 404


def test_the_copy_is_a_tagged_pdf_with_the_words_and_the_fingerprint(sign_in, client, users, now):
    consent = factories.signed(client, "part2-tpo", by=users[Role.INTAKE], at=now, language="es")
    answer = sign_in("intake").get(reverse("consent:copy_pdf", args=[consent.id]))
    assert answer["Content-Type"] == "application/pdf"
    pdf = pikepdf.open(BytesIO(answer.content))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "es"
    assert Disclosure.objects.filter(purpose="client").count() == 1


def test_a_copy_of_another_site_does_not_exist(sign_in, client, users, now):
    consent = factories.signed(client, "treatment", by=users[Role.INTAKE], at=now)
    assert sign_in("other_site").get(reverse("consent:copy", args=[consent.id])).status_code == 404
    assert sign_in("biller").get(reverse("consent:copy_pdf", args=[consent.id])).status_code == 404
