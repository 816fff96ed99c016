"""The demo: lived through the real actions, the same for the same seed, with people at every stage."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import transaction

from daybridge.access.models import Program
from daybridge.admissions.models import Referral
from daybridge.attendance.models import RollLine
from daybridge.audit import queries as audit
from daybridge.audit.models import Entry
from daybridge.kit.errors import Refused
from daybridge.notes.models import SessionNote
from daybridge.people.models import Client
from daybridge.scheduling.models import Booking, Session
from daybridge.simulation.actions import Size, build

NOW = datetime(2026, 3, 18, 15, tzinfo=UTC)
SMALL = Size(clients=10, weeks=2, seed=7)


def told():
    """Everything a visitor could tell two programs apart by, without the random ids."""
    people = sorted(Client.objects.values_list("record_number", "given_name", "family_name", "birth_date"))
    states = sorted(Referral.objects.values_list("client__record_number", "state", "first_call_at"))
    week = sorted(Session.objects.values_list("title", "starts_at", "status", "lead__user__name", "room__name"))
    seats = sorted(Booking.objects.values_list("episode__client__record_number", "session__starts_at", "status"))
    roll = sorted(
        RollLine.objects.values_list("episode__client__record_number", "session__starts_at", "mark", "credited_minutes")
    )
    return people, states, week, seats, roll


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_program_and_another_seed_another():
    runs = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            build(size=Size(6, 1, seed), now=NOW)
            runs.append(told())
            transaction.set_rollback(True)
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


@pytest.mark.django_db
def test_a_demo_is_alive_and_its_chain_is_whole():
    days = []
    stage = build(size=SMALL, now=NOW, on_progress=lambda done, total: days.append((done, total)))
    assert Program.objects.get().is_demo
    assert Referral.objects.count() >= 10
    assert stage.counts["admitted"] >= 2
    assert SessionNote.objects.filter(status="signed").exists()
    assert len(Counter(Referral.objects.values_list("state", flat=True))) >= 3
    assert audit.verify().ok
    assert days[-1] == (days[-1][1], days[-1][1])
    assert [done for done, _ in days] == sorted(done for done, _ in days)


@pytest.mark.django_db
def test_nothing_is_told_of_the_future():
    build(size=SMALL, now=NOW)
    assert not Entry.objects.filter(at__gt=NOW).exists()


@pytest.mark.django_db
def test_everything_was_done_by_somebody():
    build(size=SMALL, now=NOW)
    assert not Entry.objects.exclude(actor__startswith="user:").exclude(actor__startswith="system:").exists()
    by_people = Entry.objects.filter(actor__startswith="user:").count()
    assert by_people > Entry.objects.filter(actor__startswith="system:").count()


@pytest.mark.django_db
@pytest.mark.parametrize("size", [Size(0, 2, 7), Size(5, 0, 7), Size(100_000, 2, 7)])
def test_a_senseless_size_is_refused(size):
    with pytest.raises(Refused, match="2000 clients"):
        build(size=size, now=NOW)


@pytest.mark.django_db
def test_a_home_with_a_program_is_left_alone(site):
    with pytest.raises(Refused):
        build(size=SMALL, now=NOW)
    assert not Program.objects.get().is_demo
