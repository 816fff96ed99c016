"""An empty, real program is set up in the browser by its first administrator, up to the first admission."""

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from daybridge.access import actions
from daybridge.access.models import Site, User
from daybridge.admissions.models import Referral
from daybridge.episodes.models import Episode
from daybridge.people.models import Staff
from daybridge.program.models import Enrollment, Room, Topic, Track, WeeklyGroup

pytestmark = pytest.mark.django_db
PASSWORD = "three quiet rivers run"
WEEK = {f"{which}{day}1": at for day in range(5) for which, at in (("from", "08:00"), ("to", "18:00"))}
POST = {"title": "Director", "credential": "LCSW", "caseload_max": 20, "languages": ["en"]}
SCREEN = {
    "danger": "no", "concern": "Wants help", "withdrawal": "none", "pregnant": "no", "insurance": "medicaid",
    "may_contact": "yes",
}  # fmt: skip
CASE = {
    "age": "34", "concerns": "alcohol", "withdrawal": "0", "biomedical": "0", "mental_health": "1", "use_risk": "3",
    "environment": "1", "readiness": "1", "evidence_use_risk": "Drank on four of seven days.", "imminent_danger": "no",
    "needs_24h_supervision": "no", "withdrawal_management": "none",
}  # fmt: skip


@pytest.fixture
def ada():
    """The first administrator, who has just opened the account by the link that `daybridge init` prints."""
    admin = actions.NewAdmin(email="ada@example.org", name="Ada Moreno")
    link = actions.found_program(name="Cedar House", timezone="America/New_York", admin=admin, at=timezone.now())
    token, browser = link.rstrip("/").rpartition("/")[2], Browser()
    assert browser.post(f"/invitation/{token}/", {"name": "Ada Moreno", "password": PASSWORD}).status_code == 302
    return browser


def send(browser, page, /, *args, **typed):
    """Post a form; it leads on."""
    answer = browser.post(reverse(page, args=args), typed)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def current(browser) -> str:
    """The words of the step that is to be done now."""
    return next(str(one["label"]) for one in browser.get("/program/").context["steps"] if one["state"] == "current")


def set_up(browser):
    assert current(browser) == "Invite your staff"
    invited = {"name": "Nora Lee", "email": "nora@example.org", "role": "counselor", "site": Site.objects.get().id}
    send(browser, "access:invite", **invited)
    assert current(browser) == "Say who works when, with which credential"
    send(browser, "people:post", User.objects.get().id, **POST, **WEEK)
    assert current(browser) == "Add the rooms"
    send(browser, "program:add_room", name="Room A", kind="group", seats=12)
    send(browser, "program:add_room", name="Office 1", kind="office", seats=3)
    assert current(browser) == "Add what groups are about"
    send(browser, "program:add_starter_topics")
    assert current(browser) == "Add a track: day, evening, weekend"
    track = {"name": "Day track", "part_of_day": "day", "seats": 12, "level": "2.1", "population": "adult"}
    send(browser, "program:add_track", **track)
    assert current(browser) == "Add the groups that meet every week"
    lead, where = Staff.objects.get().id, Room.objects.get(is_office=False).id
    group = {"track": Track.objects.get().id, "room": where, "lead": lead, "max_size": 10}
    for weekday in (0, 2, 4):
        for starts, topic in (("09:00", "Process Group"), ("10:30", "Relapse Prevention")):
            what = {"topic": Topic.objects.get(name=topic).id, "weekday": weekday, "starts": starts}
            send(browser, "program:add_group", **group, **what)
    assert WeeklyGroup.objects.count() == 6
    assert current(browser) == "Take the first referral"


def come_in(browser) -> Referral:
    """The first referral, screened, assessed, decided, with both consents."""
    send(browser, "admissions:new", given="Rosa", family="Delgado", birth_date="1992-03-04", message="no")
    referral = Referral.objects.get()
    send(browser, "admissions:contact", referral.id, result="reached")
    send(browser, "admissions:screen", referral.id, **SCREEN)
    send(browser, "admissions:assess", referral.id, **CASE)
    send(browser, "admissions:decide", referral.id, level="2.1")
    for form in ("treatment", "part2-tpo"):
        address = reverse("consent:sign", args=[referral.client_id, form]) + "?lang=en"
        seen = browser.get(address).context["page"].ticket
        signed = {"relation": "self", "name": "Rosa Delgado", "drawn": "", "ticket": seen}
        assert browser.post(address, signed).status_code == 302
    return referral


def test_an_empty_program_is_set_up_and_admits_its_first_client(ada):
    set_up(ada)
    referral = come_in(ada)
    page = ada.get(reverse("admissions:admit", args=[referral.id]))
    begin = page.context["form"].initial
    send(ada, "admissions:admit", referral.id, **begin)
    assert Episode.objects.get().client_id == referral.client_id
    assert Enrollment.objects.get().track.name == "Day track"
    assert ada.get("/program/").context["steps"] == []
