"""The client's own pages: what is next, who may know what, signing, taking back, asking."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from daybridge.audit import ledger
from daybridge.audit.models import Entry
from daybridge.consent.models import Consent, Disclosure
from daybridge.people import documents
from daybridge.people.tests import factories as people
from daybridge.plans import queries as plans
from daybridge.plans.rules import Busy
from daybridge.portal.tests import factories, planted
from daybridge.rights.models import Request

pytestmark = pytest.mark.django_db
YES = {
    "name": "Maria Delgado", "relation": "mother", "kinds": ["presence", "schedule"], "ends": "treatment",
}  # fmt: skip


@pytest.fixture
def rosa(site, director, now):
    return planted.record(site, director, now)


@pytest.fixture
def phone(rosa, director, now):
    return factories.visit(factories.link(rosa, by=director, at=now))


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def ticket(answer):
    return re.search(r'name="ticket" value="([^"]+)"', answer.content.decode())[1]


def test_the_first_page_says_what_is_next_and_what_waits(phone):
    said = words(phone.get("/my/"))
    assert "Hi Rosa." in said
    assert "tomorrow" in said
    assert "6:17 a.m." in said
    assert "Sharing for care, payment and running the program" in said
    assert "Xqlead Person is your counselor." in said


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "sharing",
        "my_preview",
        "opened",
        "requests",
        "letters",
        "notice",
        "life",
        "phones",
    ],
)
def test_every_page_has_help_a_way_out_and_a_quiet_title(phone, name):
    html = phone.get(reverse(f"portal:{name}")).content.decode()
    for needed in ('href="tel:988"', 'href="tel:911"', 'href="/my/out/"', 'name="robots" content="noindex"'):
        assert needed in html, needed
    title = re.search(r"<title>(.*?)</title>", html, re.S)[1]
    assert not re.search(r"addict|drug|alcohol|treatment|recovery|rosa", title, re.I)


def share(phone, **changed):
    """Choose, look at it, and come to the page to sign; the draft's id."""
    answer = phone.post(reverse("portal:share", args=["family"]), YES | changed)
    assert answer.status_code == 302, words(answer)
    return answer.url.split("/")[-3]


def test_nothing_is_ticked_and_nothing_is_shared_before_the_signature(phone, rosa):
    asked = phone.get(reverse("portal:share", args=["family"])).content.decode()
    assert "checked" not in asked
    draft = share(phone)
    seen = words(phone.get(reverse("portal:see", args=[draft])))
    assert "What Maria Delgado (mother) sees" in seen
    assert "6:17 a.m." in seen
    assert "They do not see" in seen
    assert "Rosa is with us." in seen
    assert not Disclosure.objects.filter(client=rosa).exists()
    assert Consent.objects.get(pk=draft).status == "draft"
    assert Entry.objects.filter(verb="preview.read", client_id=rosa.id).exists()


def test_a_form_is_signed_on_the_phone_and_the_copy_is_there(phone, rosa):
    draft = share(phone)
    page = phone.get(reverse("portal:sign_draft", args=[draft]))
    mark = {"relation": "self", "name": "Rosa Xqfamily", "ticket": ticket(page)}
    answer = phone.post(reverse("portal:sign_draft", args=[draft]), mark, follow=True)
    assert "This is your copy" in words(answer)
    consent = Consent.objects.get(pk=draft)
    assert (consent.status, consent.witness) == ("active", None)
    pdf = phone.get(reverse("portal:copy_pdf", args=[draft]))
    assert pdf.content.startswith(b"%PDF")
    assert Entry.objects.filter(verb="consent.sign", actor=f"client:{rosa.id}").exists()
    again = phone.post(reverse("portal:sign_draft", args=[draft]), mark)
    assert again.status_code in {404, 409, 422}
    assert Consent.objects.get(pk=draft).signatures.count() == 1


def test_an_empty_signature_is_asked_for_again(phone):
    draft = share(phone)
    answer = phone.post(reverse("portal:sign_draft", args=[draft]), {})
    assert answer.status_code == 422
    assert Consent.objects.get(pk=draft).status == "draft"


def test_saying_no_is_kept_and_shares_nothing(phone):
    draft = share(phone)
    assert phone.post(reverse("portal:refuse_draft", args=[draft])).status_code == 302
    assert Consent.objects.get(pk=draft).status == "refused"
    assert phone.post(reverse("portal:refuse", args=["telehealth"])).status_code == 302


def test_a_form_that_asks_nothing_is_signed_too(phone, rosa):
    page = phone.get(reverse("portal:sign", args=["telehealth"]))
    mark = {"relation": "self", "name": "Rosa Xqfamily", "ticket": ticket(page)}
    assert phone.post(reverse("portal:sign", args=["telehealth"]), mark).status_code == 302
    assert Consent.objects.filter(client=rosa, kind="telehealth", status="active").exists()


def test_faults_of_a_choice_are_said_in_place(phone, rosa):
    answer = phone.post(reverse("portal:share", args=["family"]), YES | {"kinds": []})
    assert answer.status_code == 422
    answer = phone.post(reverse("portal:share", args=["family"]), YES | {"ends": "day"})
    assert answer.status_code == 422
    assert phone.get(reverse("portal:share", args=["part2-tpo"])).status_code == 404
    assert not Consent.objects.filter(client=rosa).exists()


def test_sharing_is_stopped_with_one_tap_and_the_other_page_closes(phone, rosa, director, now):
    consent = factories.agreed(rosa, ["presence"], at=now)
    mother = factories.visit(factories.link(rosa, consent_id=consent.id, by=director, at=now))
    assert mother.get("/my/shared/").status_code == 200
    answer = phone.post(reverse("portal:stop", args=[consent.id]), follow=True)
    assert "What you stopped" in words(answer)
    assert mother.get("/my/shared/").status_code == 404
    assert phone.post(reverse("portal:stop", args=[consent.id])).status_code == 409


def test_a_client_gives_somebody_they_chose_a_page(phone, rosa, now):
    consent = factories.agreed(rosa, ["presence"], at=now)
    page = phone.post(reverse("portal:phone_give"), {"consent": consent.id}, follow=True)
    link = re.search(r'value="http[^"]*(/my/in/[^"]+)"', page.content.decode())[1]
    assert "<svg" in page.content.decode()
    assert factories.visit(link).get("/my/").url == "/my/shared/"
    assert link not in phone.get("/my/phones/").content.decode()


def test_closing_the_phone_in_hand_ends_the_visit(phone, rosa):
    answer = phone.post(reverse("portal:phone_end", args=[rosa.passes.get().id]), follow=True)
    assert answer.status_code == 404


def test_who_opened_the_record_is_told(phone, rosa, director, now):
    ledger.read("chart.read", rosa, by=director, at=now - timedelta(days=1))
    said = words(phone.get("/my/opened/"))
    assert director.name in said
    assert "Director" in said
    assert phone.get("/my/opened/?before=nonsense").status_code == 200


def test_a_letter_for_the_client_is_theirs_and_a_scan_is_not(phone, rosa, director, now):
    scan = documents.keep(
        client_id=rosa.id, kind="legal-order", title="An order", upload=ContentFile(b"Order", name="o.txt"),
        by=director, at=now,
    )  # fmt: skip
    page = phone.get("/my/letters/").content.decode()
    assert "Xqpaper" in page
    assert "An order" not in page
    paper = rosa.documents.get(kind="letter")
    answer = phone.get(reverse("portal:letter", args=[paper.id]))
    assert answer.content == b"Xqpaper inside"
    assert answer["Content-Disposition"].startswith("attachment")
    assert Disclosure.objects.filter(client=rosa, purpose="client").count() == 1
    assert phone.get(reverse("portal:letter", args=[scan.id])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("access", {}), ("amendment", {"words": "My birth date is wrong."}), ("accounting", {}),
        ("complaint", {"words": "Somebody talked."}), ("contact", {"means": "phone", "where": "555-0100"}),
        ("restriction", {"to": "health-plan", "recipient": "Blue Shield", "words": "Not my plan"}),
    ],
)  # fmt: skip
def test_whatever_the_law_lets_one_ask_is_asked_on_the_phone(phone, rosa, kind, said):
    page = phone.get(reverse("portal:ask", args=[kind])).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    for _twice in range(2):
        answer = phone.post(reverse("portal:ask", args=[kind]), said | {"token": token})
        assert answer.status_code == 302, words(answer)
    assert list(Request.objects.filter(client=rosa).values_list("kind", flat=True)) == [kind]
    letter = Request.objects.get().letters.first()
    assert phone.get(reverse("portal:answer", args=[letter.id])).content.startswith(b"%PDF")


def test_a_complaint_without_words_is_asked_again(phone):
    page = phone.get(reverse("portal:ask", args=["complaint"])).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    assert phone.post(reverse("portal:ask", args=["complaint"]), {"token": token}).status_code == 422
    assert phone.get("/my/requests/new/nothing/").status_code == 404


def test_the_record_is_not_there_before_the_answer(phone, rosa):
    phone.post(reverse("portal:ask", args=["access"]), {"token": "01a2069e-9d9a-7b86-bb0b-94c07efb4501"})
    assert phone.get(reverse("portal:record", args=[Request.objects.get().id])).status_code == 404


def test_nothing_of_another_client_is_there(phone, site, director, now):
    other = people.client(site)
    consent = factories.agreed(other, ["presence"], at=now)
    for name in ("see", "copy", "copy_pdf", "sign_draft"):
        assert phone.get(reverse(f"portal:{name}", args=[consent.id])).status_code == 404
    for name in ("stop", "refuse_draft"):
        assert phone.post(reverse(f"portal:{name}", args=[consent.id])).status_code == 404
    assert phone.post(reverse("portal:phone_give"), {"consent": consent.id}).status_code == 404
    consent.refresh_from_db()
    assert consent.status == "active"


def test_lists_take_the_same_queries_for_one_and_for_twenty(phone, rosa, now, django_assert_max_num_queries):
    for number in range(20):
        factories.agreed(rosa, ["presence"], at=now, recipient_name=f"Person {number}")
    with django_assert_max_num_queries(40):
        assert "Person 19" in words(phone.get("/my/sharing/"))
    with django_assert_max_num_queries(40):
        phone.get("/my/phones/")
    with django_assert_max_num_queries(40):
        phone.get("/my/")


def test_the_client_tells_when_they_can_come_and_the_counselor_is_to_look(phone, rosa, director, now):
    stay = rosa.episodes.get()
    week = {"since": "2026-03-09", "travel": "20", "drawn": "yes", "painted": "job hard 0 840 1320"}
    assert phone.post(reverse("portal:life"), week).url == reverse("portal:life")
    assert "Your counselor will look at it." in words(phone.get(reverse("portal:life")))
    life = plans.life(episode_ids=[stay.id], on=date(2026, 3, 9), by=director)[stay.id]
    assert (life.commitments, life.travel_minutes) == ((Busy("job", 0, 840, 1320),), 20)
    assert Entry.objects.filter(verb="life.say", actor=f"client:{rosa.id}").exists()
    assert phone.post(reverse("portal:life"), week | {"painted": "job hard 9 0 9"}).status_code == 409
    phone.post(reverse("portal:language"), {"to": "es"})
    assert "¿Cuándo puede venir?" in words(phone.get(reverse("portal:life")))


def test_without_a_stay_there_is_nothing_to_tell(phone, rosa):
    rosa.episodes.update(status="discharged", ended_on=date(2026, 3, 1))
    assert "nothing to plan" in words(phone.get(reverse("portal:life")))
    assert phone.post(reverse("portal:life"), {}).status_code == 200
