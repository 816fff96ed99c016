"""What somebody whom the client chose sees: what was agreed, no word more, and nothing once it ended."""

import re
from datetime import timedelta
from itertools import combinations

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybridge.audit.models import Entry
from daybridge.consent import actions as consents
from daybridge.consent.models import Consent, Disclosure, Restriction
from daybridge.consent.rules.words import ORDINARY_KINDS, Kind
from daybridge.people.tests import factories as people
from daybridge.portal.tests import factories, planted

pytestmark = pytest.mark.django_db
ONES = tuple(dict.fromkeys(kind for kind in planted.WORDS.values() if kind != planted.NEVER))
OTHERS = (Kind.NOTES, Kind.TESTS, Kind.MEASURES, Kind.BILLING, Kind.REFERRAL, Kind.DOCUMENTS)


@pytest.fixture
def rosa(site, director, now):
    return planted.record(site, director, now)


def mother(rosa, kinds, director, now, **fields):
    """The mother's browser, with a page that hangs on a consent for these kinds."""
    consent = factories.agreed(rosa, kinds, at=now, **fields)
    return factories.visit(factories.link(rosa, consent_id=consent.id, by=director, at=now)), consent


def seen(browser):
    answer = browser.get("/my/shared/")
    assert answer.status_code == 200
    return answer.content.decode()


def anew(rosa, kinds, director, now, **fields):
    """The same for a consent that stands alone: all before it was taken back, all pages closed."""
    Consent.objects.filter(client=rosa).update(status="revoked")
    rosa.passes.update(ended_at=now, ended_by="test")
    return mother(rosa, kinds, director, now, **fields)[0]


def test_kinds_let_out_their_own_words_and_no_other(rosa, director, now):
    """Each alone, and each pair."""
    for kinds in [*combinations(ONES, 1), *combinations(ONES, 2)]:
        assert planted.found(seen(anew(rosa, kinds, director, now))) == planted.allowed(kinds), kinds


def test_a_kind_without_a_page_is_said_and_not_shown(rosa, director, now):
    for kind in OTHERS:
        browser = anew(rosa, [kind], director, now, sensitivities=["sud", "mental-health"])
        assert planted.found(seen(browser)) == set(), kind


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(kinds=st.sets(st.sampled_from([*Kind]), min_size=1), days=st.tuples(st.integers(-40, 20), st.integers(0, 40)))
def test_whatever_is_agreed_nothing_else_is_told(rosa, director, now, kinds, days):
    """Random kinds and periods; the clock of the record stands still."""
    start = now.date() + timedelta(days=days[0])
    browser = anew(rosa, kinds, director, now, period_from=start, period_until=start + timedelta(days=days[1]))
    answer = browser.get("/my/shared/")
    assert planted.found(answer.content.decode()) <= planted.allowed(kinds)


def test_a_sensitive_entry_is_told_only_when_it_was_named(rosa, director, now):
    browser, _consent = mother(rosa, [Kind.DIAGNOSES], director, now)
    assert "Xqvirus" not in seen(browser)
    browser, _consent = mother(
        rosa, [Kind.DIAGNOSES], director, now, recipient_name="Ana Vega", sensitivities=["sud", "mental-health", "hiv"]
    )  # fmt: skip
    assert {"Xqvirus", "Xqillness"} <= planted.found(seen(browser))


def test_no_heading_tells_what_is_left_out(rosa, director, now):
    browser, _consent = mother(rosa, [Kind.PRESENCE], director, now)
    assert re.findall(r"<h2>([^<]+)</h2>", seen(browser)) == ["Rosa is with us."]


def test_the_statement_and_the_scope_travel_along(rosa, director, now):
    html = seen(mother(rosa, [Kind.SCHEDULE], director, now)[0])
    assert "42 CFR" in html


def test_taking_the_consent_back_closes_the_page_at_the_next_request(rosa, director, now):
    browser, consent = mother(rosa, [Kind.PRESENCE], director, now)
    assert "is with us" in seen(browser)
    consents.revoke(consent_id=consent.id, reason="", by=director, at=now)
    answer = browser.get("/my/shared/")
    assert answer.status_code == 404
    assert planted.found(answer.content.decode()) == set()
    assert "Rosa" not in answer.content.decode()


def test_a_page_closes_after_the_consents_last_day(rosa, director, now, still):
    browser, _consent = mother(rosa, [Kind.PRESENCE], director, now, expires_on=now.date())
    still.shift(timedelta(hours=13))
    assert browser.get("/my/shared/").status_code == 200
    still.shift(timedelta(hours=1))
    assert browser.get("/my/shared/").status_code == 404


def test_what_the_program_agreed_to_keep_back_is_kept_back(rosa, director, now):
    browser, _consent = mother(rosa, [Kind.PRESENCE, Kind.PLAN], director, now)
    Restriction.objects.create(client=rosa, kinds=[Kind.PLAN], agreed_at=now, by="test")
    assert planted.found(seen(browser)) == planted.allowed({Kind.PRESENCE})


def test_a_day_of_looks_is_one_disclosure(rosa, director, now, still):
    browser, consent = mother(rosa, [Kind.PRESENCE], director, now)
    for _ in range(3):
        seen(browser)
    assert Disclosure.objects.filter(client=rosa, purpose="family").count() == 1
    still.shift(timedelta(days=1))
    seen(browser)
    rows = Disclosure.objects.filter(client=rosa, purpose="family")
    assert rows.count() == 2
    assert {row.relied_on[0] for row in rows} == {str(consent.id)}
    assert Entry.objects.filter(verb="disclosure.made", client_id=rosa.id).count() == 2


def test_somebody_chosen_reaches_none_of_the_clients_pages(rosa, director, now):
    browser, consent = mother(rosa, [Kind.PRESENCE], director, now)
    for name in ("sharing", "opened", "letters", "phones", "my_preview"):
        assert browser.get(reverse(f"portal:{name}")).status_code == 404, name
    for name in ("see", "sign_draft", "copy", "copy_pdf"):
        assert browser.get(reverse(f"portal:{name}", args=[consent.id])).status_code == 404, name
    assert browser.post(reverse("portal:stop", args=[consent.id])).status_code == 404
    assert browser.get("/my/").url == "/my/shared/"


def test_a_client_has_no_shared_page(rosa, director, now):
    browser = factories.visit(factories.link(rosa, by=director, at=now))
    assert browser.get("/my/shared/").status_code == 404


def test_another_clients_pass_shows_nothing_of_this_one(rosa, director, site, now):
    other = people.client(site, given_name="Ben")
    browser, _consent = mother(other, ORDINARY_KINDS, director, now)
    assert planted.found(seen(browser)) <= {"is with us", "1992"}


def test_the_page_takes_the_same_number_of_queries_however_long_the_record(
    rosa, director, now, django_assert_max_num_queries
):
    browser, _consent = mother(rosa, ONES, director, now)
    seen(browser)
    with django_assert_max_num_queries(45):
        seen(browser)
