"""Plans through their pages."""

import pytest
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.episodes.tests import factories as episodes
from daybridge.people.tests import factories as people
from daybridge.plans.models import Commitment, TreatmentPlan
from daybridge.plans.tests import factories

FORM = {
    "weekly": "9", "days_min": "3", "days_max": "5", "group": "7", "individual": "1", "family": "0", "education": "1",
    "goal1": "I want to be there for my son.", "steps1": "Call every evening\nTwo meetings a week", "rows": "2",
    "away0-kind": "job", "away0-days": ["0", "2"], "away0-start": "09:00", "away0-end": "17:00",
}  # fmt: skip


@pytest.fixture
def episode(site):
    return episodes.episode(people.client(site))


def url(name, episode):
    return reverse(f"plans:{name}", args=[episode.id])


@pytest.mark.django_db
def test_the_form_starts_with_the_least_hours_of_the_level(episode, sign_in):
    page = sign_in(Role.COUNSELOR).get(url("write", episode)).content.decode()
    assert 'name="weekly" value="9"' in page
    assert 'data-draft="plan:' in page


@pytest.mark.django_db
def test_write_then_sign_leads_to_placing_the_week(episode, sign_in):
    browser = sign_in(Role.COUNSELOR)
    assert browser.post(url("write", episode), FORM).url == url("plan", episode)
    plan = TreatmentPlan.objects.get()
    assert plan.status == "draft"
    assert Commitment.objects.count() == 2
    assert "Sign the plan" in browser.get(url("plan", episode)).content.decode()
    answer = browser.post(reverse("plans:sign", args=[plan.id]))
    assert answer.url == reverse("scheduling:place", args=[episode.id])
    assert "in force" in browser.get(url("plan", episode)).content.decode()


@pytest.mark.django_db
def test_a_plan_that_is_refused_keeps_what_was_typed(episode, sign_in):
    answer = sign_in(Role.COUNSELOR).post(url("write", episode), FORM | {"weekly": "10"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The mix adds up to 9 hours, the week has 10." in page
    assert "there for my son" in page
    assert not TreatmentPlan.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "words"),
    [({"goal1": ""}, "in the client’s own words” is needed"), ({"away0-end": "08:00"}, "later than the beginning"),
     ({"away0-days": []}, "“Days” is needed"), ({"away0-start": ""}, "“From” is needed"),
     ({"away0-kind": ""}, "“What” is needed")],
)  # fmt: skip
def test_what_is_missing_is_said_beside_the_field(episode, sign_in, changed, words):
    answer = sign_in(Role.COUNSELOR).post(url("write", episode), FORM | changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_one_more_row_is_added_without_scripts_and_nothing_is_kept(episode, sign_in):
    page = sign_in(Role.COUNSELOR).post(url("write", episode), FORM | {"add": "row"}).content.decode()
    assert 'name="away2-kind"' in page
    assert "there for my son" in page
    assert not TreatmentPlan.objects.exists()


@pytest.mark.django_db
def test_the_picture_of_the_free_time_follows_the_rows(episode, sign_in):
    page = sign_in(Role.COUNSELOR).post(url("free", episode), FORM).content.decode()
    assert "8 am to 9 am, 5 pm to 9 pm" in page


@pytest.mark.django_db
def test_what_holds_now_is_shown_as_one_row(episode, sign_in, users):
    for weekday in (0, 1):
        factories.commitment(episode, weekday, 540, 1020)
    page = sign_in(Role.COUNSELOR).get(url("write", episode)).content.decode()
    assert page.count('value="09:00"') == 1


@pytest.mark.django_db
def test_the_versions_are_shown_and_reading_is_on_the_ledger(episode, sign_in, users):
    factories.plan(episode, users[Role.COUNSELOR], status="revised")
    factories.plan(episode, users[Role.COUNSELOR])
    page = sign_in(Role.COUNSELOR).get(url("plan", episode)).content.decode()
    assert "Version 2, in force" in page
    assert "Version 1, signed" in page
    assert Entry.objects.filter(verb="plan.read", client_id=episode.client_id).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "read", "write"), [("counselor", 200, 200), ("intake", 200, 404), ("biller", 404, 404), ("other_site", 404, 404)])  # fmt: skip # noqa: E501
def test_who_may_read_and_write_plans(episode, sign_in, who, read, write):
    browser = sign_in(who)
    assert browser.get(url("plan", episode)).status_code == read
    assert browser.get(url("write", episode)).status_code == write


@pytest.mark.django_db
def test_a_plan_is_not_signed_twice(episode, sign_in, users):
    plan = factories.plan(episode, users[Role.COUNSELOR])
    assert sign_in(Role.COUNSELOR).post(reverse("plans:sign", args=[plan.id])).status_code == 409


@pytest.mark.django_db
def test_the_plan_page_asks_the_same_number_of_questions_for_many_versions(episode, sign_in, users, django_assert_max_num_queries):  # fmt: skip # noqa: E501
    browser, counts = sign_in(Role.COUNSELOR), []
    browser.get(url("plan", episode))
    for n in (1, 20):
        while episode.plans.count() < n:
            factories.plan(episode, users[Role.COUNSELOR], status="revised")
        with django_assert_max_num_queries(50) as captured:
            browser.get(url("plan", episode))
        counts.append(len(captured))
    assert counts[0] == counts[1]
