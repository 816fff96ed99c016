"""Looking through somebody else's eyes: the same page, nothing disclosed, and what stays in words."""

import re

import pytest
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.audit.models import Entry
from daybridge.consent.models import Disclosure
from daybridge.consent.rules.words import Kind
from daybridge.people.tests import factories as people
from daybridge.portal.tests import factories, planted

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(site, director, now):
    return planted.record(site, director, now)


@pytest.fixture
def desk(client, director):
    client.force_login(director)
    return client


def part(html: str) -> str:
    """The framed page inside a preview."""
    return re.search(r'<div class="preview">(.*?)</aside>', html, re.S)[1]


def look(desk, rosa, **query):
    answer = desk.get(reverse("portal:preview", args=[rosa.id]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_preview_is_the_page_itself(desk, rosa, director, now):
    kinds = (Kind.PRESENCE, Kind.SCHEDULE, Kind.PLAN)
    consent = factories.agreed(rosa, kinds, at=now)
    framed = part(look(desk, rosa, consent=str(consent.id)))
    assert planted.found(framed) == planted.allowed(kinds)
    mother = factories.visit(factories.link(rosa, consent_id=consent.id, by=director, at=now))
    page = mother.get("/my/shared/").content.decode()
    sections = re.compile(r'<section class="(?:known|upnext)">.*?</section>', re.S)
    assert sections.findall(framed) == sections.findall(page)


def test_a_preview_discloses_nothing_and_says_who_looked(desk, rosa, director):
    look(desk, rosa, who="mother", kinds=["presence"])
    assert not Disclosure.objects.filter(client=rosa).exists()
    entry = Entry.objects.get(verb="preview.read")
    assert (entry.actor, entry.client_id, entry.kind) == (director.actor, rosa.id, "read")


@pytest.mark.parametrize("who", ["mother", "employer", "probation"])
def test_each_would_see_what_was_ticked_and_no_more(desk, rosa, who):
    html = look(desk, rosa, who=who, kinds=["presence", "attendance"])
    assert planted.found(part(html)) == planted.allowed({Kind.PRESENCE, Kind.ATTENDANCE})
    assert "They do not see" in html


def test_the_insurer_sees_what_the_one_consent_lets_out(desk, rosa):
    html = look(desk, rosa, who="insurer")
    assert "Xqillness" in part(html)
    assert "Xqvirus" not in html
    assert "private counseling notes" in html


def test_with_nothing_ticked_nothing_is_seen(desk, rosa):
    html = look(desk, rosa, who="employer")
    assert "They would see nothing." in html
    assert planted.found(html.split("</header>")[-1]) - {"Xqfamily"} == set()


def test_a_draft_shows_what_it_would_let_out(desk, rosa, now):
    consent = factories.agreed(rosa, [Kind.PLAN], at=now, status="draft", signed_at=None)
    assert "Xqgoal" in part(look(desk, rosa, consent=str(consent.id)))


def test_an_ended_consent_shows_nothing(desk, rosa, now):
    consent = factories.agreed(rosa, [Kind.PLAN], at=now, status="revoked")
    assert "They would see nothing." in look(desk, rosa, consent=str(consent.id))


def test_nobody_looks_out_of_reach(client, rosa, site, other_site, now):
    path = reverse("portal:preview", args=[rosa.id])
    theirs = factories.agreed(people.client(other_site), [Kind.PLAN], at=now)
    client.force_login(access.user(Role.DIRECTOR, other_site))
    assert client.get(path, {"who": "mother"}).status_code == 404
    client.force_login(access.user(Role.FRONT_DESK, site))
    assert client.get(path, {"who": "mother"}).status_code == 404
    client.force_login(access.user(Role.DIRECTOR, site))
    for asked in (str(theirs.id), "nonsense", "01a2069e-9d9a-7b86-bb0b-94c07efb4501"):
        assert client.get(path, {"consent": asked}).status_code == 404


def test_staff_give_and_close_pages(desk, rosa, now):
    passes = reverse("portal:passes", args=[rosa.id])
    consent = factories.agreed(rosa, [Kind.PRESENCE], at=now)
    page = desk.post(reverse("portal:give", args=[rosa.id]), {"consent": consent.id}, follow=True).content.decode()
    link = re.search(r'value="http[^"]*(/my/in/[^"]+)"', page)[1]
    assert 'class="qr"' in page
    assert "style=" not in page
    assert link not in desk.get(passes).content.decode()
    mother = factories.visit(link)
    assert mother.get("/my/shared/").status_code == 200
    answer = desk.post(reverse("portal:end", args=[rosa.passes.get().id]), follow=True)
    assert answer.status_code == 200
    assert mother.get("/my/shared/").status_code == 404
    assert desk.post(reverse("portal:end", args=[rosa.passes.get().id])).status_code == 404


def test_no_page_is_given_on_a_consent_that_ended(desk, rosa, now):
    consent = factories.agreed(rosa, [Kind.PRESENCE], at=now, status="revoked")
    assert desk.post(reverse("portal:give", args=[rosa.id]), {"consent": consent.id}).status_code == 409
    assert desk.post(reverse("portal:give", args=[rosa.id]), {"consent": "x"}).status_code == 404
    assert not rosa.passes.exists()
