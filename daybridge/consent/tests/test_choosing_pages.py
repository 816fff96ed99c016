"""Choosing, signing what was prepared, paper, saying no and the page of what stands, through their addresses."""

import re
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from daybridge.access.rules import Role
from daybridge.consent.models import Consent, Representative
from daybridge.consent.tests import factories
from daybridge.people.tests import factories as people
from daybridge.people.tests.test_documents import png

CHOICES = {
    "name": "Ana Vega", "relation": "mother", "kinds": ["schedule"], "ends": "treatment", "then": "read",
}  # fmt: skip


@pytest.fixture
def client(site):
    return people.client(site, given_name="Rosa", family_name="Delgado", birth_date=date(1990, 5, 1))


@pytest.fixture
def by(users):
    return users[Role.INTAKE]


@pytest.fixture
def browser(sign_in):
    return sign_in("intake")


def url(name, *args, language="en"):
    return reverse(f"consent:{name}", args=args) + f"?lang={language}"


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize(
    "form",
    ["family", "named-recipient", "class-of-recipients", "intermediary", "counseling-notes", "legal-proceeding"],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_form_asks_its_choices_with_nothing_ticked(browser, client, form, language):
    page = browser.get(url("begin", client.id, form, language=language))
    assert page.status_code == 200
    assert "checked" not in text(page)
    assert f'lang="{language}"' in text(page)


def test_choosing_leads_to_the_words_and_the_words_to_the_copy(browser, client):
    answer = browser.post(url("begin", client.id, "family"), CHOICES)
    draft = Consent.objects.get()
    assert answer.url == reverse("consent:read", args=[draft.id]) + "?lang=en"
    page = browser.get(answer.url)
    assert "Only Ana Vega (mother). Nobody else in the family." in text(page)
    signed = {"relation": "self", "name": "Rosa Delgado", "ticket": page.context["page"].ticket}
    answer = browser.post(answer.url, signed)
    assert "thanks=1" in answer.url
    copy = text(browser.get(answer.url))
    assert "This is your copy" in copy
    assert "The words are unchanged since they were signed." in copy
    again = browser.post(reverse("consent:read", args=[draft.id]) + "?lang=en", signed)
    assert again.status_code in (409, 422)
    assert draft.signatures.count() == 1


def test_faults_are_said_in_sentences_and_what_was_typed_is_kept(browser, client):
    answer = browser.post(url("begin", client.id, "family"), CHOICES | {"kinds": [], "ends": "day", "name": "A" * 300})
    assert answer.status_code == 422
    assert "is needed." in text(answer)
    assert "at most 200 characters" in text(answer)
    answer = browser.post(url("begin", client.id, "family", language="es"), CHOICES | {"ends": "day"})
    assert answer.status_code == 422
    assert "Elija un último día que sea hoy o después." in text(answer)
    assert 'value="Ana Vega"' in text(answer)
    assert not Consent.objects.exists()


def test_it_can_be_left_for_the_phone_or_paper_and_changed(browser, client):
    answer = browser.post(url("begin", client.id, "family"), CHOICES | {"then": "phone"})
    assert answer.url == reverse("consent:forms", args=[client.id])
    draft = Consent.objects.get()
    page = browser.get(url("change", draft.id))
    assert 'value="Ana Vega"' in text(page)
    answer = browser.post(url("change", draft.id), CHOICES | {"name": "Eva Vega", "then": "paper"})
    assert reverse("consent:paper", args=[draft.id]) in answer.url
    draft.refresh_from_db()
    assert draft.recipient_name == "Eva Vega"
    factories.actions.sign_draft(
        consent_id=draft.id, language="en", signature=factories.typed(), by=draft.witness or page.wsgi_request.user,
        at=timezone.now(),
    )  # fmt: skip
    assert browser.post(url("change", draft.id), CHOICES).status_code == 409


def test_a_form_without_choices_is_only_prepared_for_paper_or_a_phone(browser, client):
    assert browser.get(url("begin", client.id, "telehealth")).status_code == 404
    assert browser.get(url("begin", client.id, "unknown")).status_code == 404
    answer = browser.post(url("begin", client.id, "telehealth"), {"then": "paper"})
    assert "/paper/" in answer.url


def test_paper_is_printed_and_its_scan_taken_in(browser, client, by):
    draft = factories.draft(client, by=by, at=timezone.now(), language="es")
    printed = browser.get(url("printed", draft.id, language="es"))
    pdf = pikepdf.open(BytesIO(printed.content))
    assert (pdf.Root.MarkInfo.Marked, str(pdf.Root.Lang)) == (True, "es")
    page = browser.get(url("paper", draft.id, language="es"))
    ticket, today = page.context["page"].ticket, timezone.now().date() - timedelta(days=1)
    facts = {"name": "Rosa Delgado", "relation": "self", "signed_on": today.isoformat(), "ticket": ticket}
    false = SimpleUploadedFile("scan.pdf", b"MZ this is a program")
    answer = browser.post(url("paper", draft.id, language="es"), facts | {"scan": false})
    assert answer.status_code == 409
    assert "Not kept." in text(answer)
    scan = SimpleUploadedFile("scan.png", png())
    assert browser.post(url("paper", draft.id, language="es"), facts | {"scan": scan}).status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.signature_kind) == ("active", "paper")
    copy = text(browser.get(reverse("consent:copy", args=[draft.id])))
    assert reverse("people:document", args=[draft.scan_id]) in copy
    assert browser.get(reverse("consent:copy_pdf", args=[draft.id])).content.startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_no_says_what_it_means_and_is_kept(browser, client, by, language):
    page = browser.get(url("refuse", client.id, "treatment", language=language))
    said = {"en": "cannot start this program with me", "es": "no puede comenzar este programa"}
    assert said[language] in text(page) or page.context["page"].refusing[0].words in text(page)
    answer = browser.post(url("refuse", client.id, "treatment", language=language), {"reason": "Not yet"})
    assert answer.status_code == 302
    assert Consent.objects.get().status == "refused"
    draft = factories.draft(client, by=by, at=timezone.now())
    assert browser.get(url("refuse_draft", draft.id)).status_code == 200
    assert browser.post(url("refuse_draft", draft.id), {}).status_code == 302
    assert browser.post(url("refuse_draft", draft.id), {}).status_code == 409
    page = text(browser.get(reverse("consent:forms", args=[client.id])))
    assert "Ana Vega (mother) would know" in page
    assert "Not yet" in page


def test_the_page_says_in_sentences_what_holds_waits_and_ended(browser, client, by, now):
    soon = timezone.now().date() + timedelta(days=5)
    kept = factories.signed(client, "family", by=by, at=now, ends="day", expires_on=soon)
    factories.draft(client, "named-recipient", by=by, at=now)
    event = factories.signed(client, "family", by=by, at=now, name="Luis Vega", ends="event", event="I have a home")
    page = text(browser.get(reverse("consent:forms", args=[client.id])))
    assert "Ana Vega (mother) may know: that they come here, when they come, if they came or not." in page
    assert "Until this happens: I have a home." in page
    assert re.search(r"Ends in [56] days", page), "whichever day it is at the site"
    assert "Dr. Omar Haddad (family doctor) would know" in page
    assert "unchanged since signing" in page
    assert browser.post(reverse("consent:happened", args=[client.id, event.id])).status_code == 302
    assert browser.post(reverse("consent:happened", args=[client.id, kept.id])).status_code == 409
    url_back = reverse("consent:revoke", args=[client.id, kept.id])
    assert browser.post(url_back, {"how": "written", "reason": "By letter"}).status_code == 302
    page = text(browser.get(reverse("consent:forms", args=[client.id])))
    assert "Ana Vega (mother) could know" in page
    assert "in writing" in page
    assert "what it waited for happened" in page


def test_a_changed_consent_is_loud_on_the_page_and_on_the_copy(browser, client, by, now):
    kept = factories.signed(client, "family", by=by, at=now)
    Consent.objects.filter(pk=kept.pk).update(kinds=["presence", "tests"])
    assert "Changed after signing." in text(browser.get(reverse("consent:forms", args=[client.id])))
    assert "This page was changed after signing." in text(browser.get(reverse("consent:copy", args=[kept.id])))


def test_who_speaks_for_a_client_is_named_with_a_paper(browser, client):
    address = reverse("consent:speaker", args=[client.id])
    assert browser.get(address).status_code == 200
    facts = {"name": "Ines Delgado", "relation": "guardian", "because": "lacks-capacity"}
    assert browser.post(address, facts).status_code == 409
    paper = SimpleUploadedFile("order.png", png())
    assert browser.post(address, facts | {"paper": paper}).status_code == 302
    assert Representative.objects.get().name == "Ines Delgado"
    assert "Ines Delgado speaks for them by law" in text(browser.get(reverse("consent:forms", args=[client.id])))


@pytest.mark.parametrize("name", ["read", "refuse_draft", "change", "paper", "printed"])
@pytest.mark.parametrize(
    ("who", "status"), [("director", 200), ("privacy-officer", 404), ("front-desk", 404), ("other_site", 404)]
)
def test_who_reaches_what_was_prepared(sign_in, client, by, now, name, who, status):
    draft = factories.draft(client, by=by, at=now)
    assert sign_in(who).get(reverse(f"consent:{name}", args=[draft.id])).status_code == status


def test_other_sites_end_and_name_nothing(sign_in, client, by, now):
    kept = factories.signed(client, "family", by=by, at=now)
    browser = sign_in("other_site")
    assert browser.post(reverse("consent:happened", args=[client.id, kept.id])).status_code == 404
    assert browser.post(reverse("consent:speaker", args=[client.id]), {}).status_code == 404
    assert browser.post(url("begin", client.id, "family"), CHOICES).status_code == 404


def test_twenty_consents_cost_as_many_questions_as_one(browser, client, by, now, django_assert_max_num_queries):
    address = reverse("consent:forms", args=[client.id])
    factories.signed(client, "family", by=by, at=now)
    browser.get(address)
    with django_assert_max_num_queries(60) as one:
        browser.get(address)
    cost = len(one)  # the log is emptied with the next request
    for number in range(19):
        factories.signed(client, "family", by=by, at=now, name=f"Friend {number}{'abcdefghijklmnopqrst'[number]}")
    browser.get(address)  # the session is touched once a minute
    with django_assert_max_num_queries(cost):
        browser.get(address)


def test_two_pages_that_disagree_are_shown_and_one_tap_decides(browser, client, by, now):
    one = factories.signed(client, "family", by=by, at=now)
    other = factories.signed(client, "family", by=by, at=now, kinds=("presence", "plan"))
    assert "Two pages say different things." in text(browser.get(reverse("consent:forms", args=[client.id])))
    assert browser.post(reverse("consent:decide", args=[client.id, other.id, one.id])).status_code == 302
    page = text(browser.get(reverse("consent:forms", args=[client.id])))
    assert "Two pages say different things." not in page
    assert "Set aside: another page counts" in page
    assert browser.post(reverse("consent:decide", args=[client.id, one.id, one.id])).status_code == 409
