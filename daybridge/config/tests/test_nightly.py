"""The night lays the weeks to come and books who lacks hours; twice is once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from daybridge.access.gates import NIGHT_SHIFT
from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.config import nightly, tasks
from daybridge.episodes.tests import factories as episodes
from daybridge.jobs.tests import factories as jobs
from daybridge.kit.errors import Refused
from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.program.tests import factories as program
from daybridge.scheduling.models import Booking, Session

MONDAY = date(2026, 3, 2)
GROUPS = [(weekday, start) for weekday in (0, 2, 4) for start in (1050, 1140)]


@pytest.fixture(autouse=True)
def _at_night(monkeypatch, now):
    monkeypatch.setattr(timezone, "now", lambda: now)


def in_care(at, by):
    """Somebody with a track of six groups a week, a signed plan and a counselor."""
    lead, track = people.staff(at), program.track(at)
    room = program.room(at)
    for weekday, start in GROUPS:
        program.weekly_group(track, lead, weekday=weekday, start_minute=start, room=room)
    program.room(at, is_office=True)
    episode = episodes.episode(people.client(at))
    program.enrollment(episode, track)
    people.on_team(episode.client, lead)
    plans.plan(episode, by)
    return episode


@pytest.mark.django_db
def test_this_week_and_the_next_are_laid_and_booked_at_every_site(site, other_site, users, now):
    here, there = (in_care(one, users[Role.DIRECTOR]) for one in (site, other_site))
    job = jobs.job(now, task="lay-weeks")
    nightly.lay_weeks(job)
    for one in (site, other_site):
        days = {session.starts_at.date() for session in Session.objects.filter(site=one, kind="group")}
        assert days >= {MONDAY, MONDAY + timedelta(days=7)}
        assert max(days) < MONDAY + timedelta(days=14)
    for episode in (here, there):
        assert Booking.objects.filter(episode=episode, booked_by=None).count() >= len(GROUPS)
    assert set(Entry.objects.filter(verb__in=["week.lay", "week.place"]).values_list("actor", flat=True)) == {
        NIGHT_SHIFT.actor
    }
    job.refresh_from_db()
    assert (job.done, job.total) == (2, 2)


@pytest.mark.django_db
def test_a_second_night_adds_nothing(site, users, now):
    in_care(site, users[Role.DIRECTOR])
    nightly.lay_weeks(jobs.job(now, task="lay-weeks"))
    before = Session.objects.count(), Booking.objects.count()
    nightly.lay_weeks(jobs.job(now, task="lay-weeks"))
    assert (Session.objects.count(), Booking.objects.count()) == before


@pytest.mark.django_db
def test_one_sites_refusal_holds_up_no_other_and_is_told(site, other_site, users, now, monkeypatch):
    in_care(other_site, users[Role.DIRECTOR])
    lay = nightly.scheduling.lay_week

    def refuse(*, site_id, **given):
        if site_id == site.id:
            raise Refused("Not here.")
        return lay(site_id=site_id, **given)

    monkeypatch.setattr(nightly.scheduling, "lay_week", refuse)
    with pytest.raises(Refused, match="1 sites"):
        nightly.lay_weeks(jobs.job(now, task="lay-weeks"))
    assert Session.objects.filter(site=other_site).exists()


def test_every_nightly_work_is_a_known_task():
    assert set(tasks.NIGHTLY_MINUTE) <= set(tasks.TASKS)
    assert len(set(tasks.NIGHTLY_MINUTE.values())) == len(tasks.NIGHTLY_MINUTE)
