"""What if, and why not: asked on a page, worked out by a job, told in words; nothing is written to the record."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from daybridge.jobs.models import Job
from daybridge.plans.tests import factories as plans
from daybridge.scheduling import actions
from daybridge.scheduling.models import Booking
from daybridge.scheduling.solver import Limits
from daybridge.scheduling.thinking import sentences, work
from daybridge.scheduling.thinking.answers import Question
from daybridge.scheduling.thinking.work import answer

MONDAY = date(2026, 3, 2)
AT = datetime(2026, 2, 27, 15, tzinfo=UTC)
FIGURES = {
    "clients": 8, "reached": 5, "waiting": 1, "seats": 40, "seats_taken": 30, "sessions": 6, "staff_minutes": 600,
    "overtime_minutes": 120,
}  # fmt: skip


def test_a_comparison_is_told_with_its_good_and_its_price():
    after = FIGURES | {"reached": 7, "overtime_minutes": 180}
    assert sentences.verdict(FIGURES, after) == "2 more people reach their hours."
    rows = {row["label"]: row for row in sentences.rows(FIGURES, after)}
    assert rows["Reach their hours"]["change"] == "+2"
    assert rows["Reach their hours"]["tone"] == "ok"
    assert rows["Hours of appointments without staff time"]["change"] == "+1"
    assert rows["Hours of appointments without staff time"]["tone"] == "wait"
    assert rows["People"]["change"] == "="


def test_an_idea_and_a_reason_are_told_in_words():
    found = {"code": "block", "people": 7, "minutes": 180,
             "params": {"day": 3, "part": 2, "start": 1050, "topics": ["t"], "population": "x"}}  # fmt: skip
    assert sentences.idea(found, {"t": "Skills", "x": "Evening"}) == (
        "Open a Thursday evening block at 5:30 pm: Skills, for Evening",
        "7 more people reach their hours, 3 staff hours a week",
    )
    why = {"reached": False, "possible_alone": False, "restrictions": [["availability"]],
           "half_days": [[3, 2, 1050, 1260]]}  # fmt: skip
    assert list(sentences.reasons(why, {}))[1:] == [
        "Enough would be: more free time.", "Enough would be: to be free on Thursday from 5:30 pm to 9 pm.",
    ]  # fmt: skip


@pytest.fixture
def full(evening, time_machine, monkeypatch):
    """Three seats a group, four people: one of them has no week."""
    monkeypatch.setattr(work, "AT_THE_DESK", Limits(seconds=1))
    time_machine.move_to(AT, tick=False)
    actions.lay_week(site_id=evening.site.id, first=MONDAY, by=evening.by, at=AT)
    evening.episodes = [evening.client() for _ in range(4)]
    actions.place_all(site_id=evening.site.id, first=MONDAY, by=evening.by, at=AT)
    return evening


@pytest.mark.django_db
def test_a_block_more_is_thought_through_and_shown_side_by_side(full, sign_in):
    browser, before = sign_in("director"), Booking.objects.count()
    url = reverse("scheduling:what_if")
    assert "Open a block" in browser.get(url).content.decode()
    asked = {"first": MONDAY, "site": full.site.id, "change": "block", "track": full.track.id, "day": "2",
             "start": "17:30"}  # fmt: skip
    assert browser.post(url, asked | {"start": ""}).status_code == 422
    wait = browser.post(url, asked).url
    assert "Thinking it through" in browser.get(wait).content.decode()
    answer(Job.objects.get())
    page = browser.get(wait).content.decode()
    assert "As it is and as it would be" in page
    assert Booking.objects.count() == before
    assert sign_in("intake").get(wait).status_code == 404


@pytest.mark.django_db
def test_why_somebody_is_short_is_explained(full, sign_in):
    lonely = full.episodes[0]
    for weekday in range(7):
        plans.commitment(lonely, weekday, 1020, 1260)
    browser = sign_in("director")
    wait = browser.post(reverse("scheduling:why", args=[lonely.id]), {"first": MONDAY, "site": full.site.id}).url
    Booking.objects.filter(episode=lonely).update(status="released")
    answer(Job.objects.get())
    page = browser.get(wait).content.decode()
    assert "Even in an empty clinic the hours could not be reached." in page
    assert lonely.client.name in page
    assert sign_in("other_site").post(reverse("scheduling:why", args=[lonely.id]), {}).status_code == 404


def test_a_question_survives_the_queue():
    question = Question(uuid4(), MONDAY, "block", "x", 3, 1050)
    assert Question.of([str(one) for one in question.arguments()]) == question
