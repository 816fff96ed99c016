"""A colleague's post through its page."""

from datetime import date

import pytest
from django.urls import reverse

from daybridge.access.models import Membership
from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.audit.models import Entry
from daybridge.people.models import Staff
from daybridge.people.tests import factories

pytestmark = pytest.mark.django_db
POST = {
    "title": "Counselor", "credential": "lpc", "credential_until": "2030-06-30", "caseload_max": 18,
    "languages": ["en", "es"], "from01": "09:00", "to01": "12:00", "from02": "13:00", "to02": "17:30",
    "from41": "18:00", "to41": "00:00",
}  # fmt: skip
HOURS = [(0, 540, 720), (0, 780, 1050), (4, 1080, 1440)]


@pytest.fixture
def nora(site):
    return access.user(Role.COUNSELOR, site, name="Nora Lee")


def url(person):
    return reverse("people:post", args=[person.id])


@pytest.mark.parametrize(
    ("who", "status"), [("director", 200), ("counselor", 404), ("administrator", 404), ("other_site", 404)]
)
def test_who_may_say_what_somebody_does(sign_in, nora, who, status):
    browser = sign_in(who)
    assert browser.get(url(nora)).status_code == status
    assert browser.post(url(nora), POST).status_code == (302 if status == 200 else 404)
    assert Staff.objects.filter(user=nora).exists() is (status == 200)


def test_a_post_is_kept_with_two_stretches_a_day_and_shown_again(sign_in, nora, site):
    browser = sign_in("director")
    assert browser.post(url(nora), POST).url == f"/program/?site={site.id}"
    staff = Staff.objects.get(user=nora)
    assert (staff.title, staff.credential, staff.credential_until) == ("Counselor", "LPC", date(2030, 6, 30))
    assert (staff.caseload_max, staff.languages) == (18, ["en", "es"])
    assert list(staff.hours.values_list("weekday", "start_minute", "end_minute")) == HOURS
    assert Entry.objects.filter(verb="staff.employ").count() == 1
    shown = browser.get(url(nora)).context["form"]
    assert shown["from02"].value().hour == 13
    assert shown["from11"].value() is None
    browser.post(url(nora), POST | {"title": "Lead counselor"})
    assert list(Staff.objects.get(user=nora).hours.values_list("weekday", "start_minute", "end_minute")) == HOURS


def test_a_new_post_begins_with_nine_to_five(sign_in, nora):
    page = sign_in("director").get(url(nora))
    assert page.context["form"]["to41"].value().hour == 17
    assert "Licensed professional counselor" in page.content.decode()


def test_a_credential_of_ones_own_state_may_be_typed(sign_in, nora):
    sign_in("director").post(url(nora), POST | {"credential": "LIMHP"})
    assert Staff.objects.get(user=nora).credential == "LIMHP"


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [({"to01": ""}, 422, "Monday needs both times"), ({"to01": "08:00"}, 422, "Monday has to end after it begins"),
     ({"from02": "11:00"}, 409, "overlap"), ({"credential": ""}, 409, "which credential ends"),
     ({"title": ""}, 422, "is needed"), ({"languages": []}, 422, "is needed")],
)  # fmt: skip
def test_a_post_that_makes_no_sense_says_why_and_keeps_nothing(sign_in, nora, typed, status, words):
    answer = sign_in("director").post(url(nora), POST | typed)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Staff.objects.filter(user=nora).exists()


def test_a_post_held_elsewhere_is_not_taken_away(sign_in, nora, site, other_site):
    factories.staff(other_site, user=nora)
    answer = sign_in("director").post(url(nora), POST)
    assert answer.status_code == 409
    assert "another site" in answer.content.decode()
    assert Staff.objects.get(user=nora).site == other_site


def test_a_post_is_changed_at_the_site_where_it_is_held(sign_in, nora, other_site):
    browser = sign_in("director")
    Membership.objects.create(user=browser.user, site=other_site, role=Role.DIRECTOR)
    Membership.objects.create(user=nora, site=other_site, role=Role.NURSE)
    factories.staff(other_site, user=nora)
    page = browser.get(url(nora)).content.decode()
    assert "Nurse at Mill Pond" in page
    browser.post(url(nora), POST)
    assert Staff.objects.get(user=nora).site == other_site


def test_a_closed_account_has_no_post_to_change(sign_in, nora):
    nora.is_active = False
    nora.save()
    assert sign_in("director").get(url(nora)).status_code == 404
