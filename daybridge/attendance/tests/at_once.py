"""Ran by test_at_once in a database of its own: the desk, the counselors and the week's layers all act at once.

Prints what was refused, what went wrong and what stands afterwards, as JSON.
"""

import json
import os
import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "daybridge.config.test_settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from daybridge.access.rules import Role  # noqa: E402
from daybridge.access.tests import factories as access  # noqa: E402
from daybridge.attendance import actions as attendance  # noqa: E402
from daybridge.attendance.rules import Mark  # noqa: E402
from daybridge.attendance.tests import factories  # noqa: E402
from daybridge.audit import queries as ledger  # noqa: E402
from daybridge.kit.errors import DaybridgeError  # noqa: E402
from daybridge.people.tests import factories as people  # noqa: E402
from daybridge.program.tests import factories as program  # noqa: E402
from daybridge.scheduling import actions  # noqa: E402
from daybridge.scheduling.models import Booking, Session  # noqa: E402

MONDAY = date(2026, 3, 2)
BEFORE = datetime(2026, 2, 27, 15, tzinfo=UTC)
ROUNDS = 6
outcomes: Counter = Counter()


def at_once(acts) -> None:
    """Run every act in a thread with a connection of its own, all from the same moment."""
    start = threading.Barrier(len(acts))

    def run(act) -> None:
        try:
            start.wait()
            act()
            outcomes["done"] += 1
        except DaybridgeError:
            outcomes["refused"] += 1
        except Exception as problem:
            outcomes[f"{type(problem).__name__}: {problem}".splitlines()[0]] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def found():
    access.program()
    site = access.site()
    by = access.user(Role.DIRECTOR, site)
    lead, counselor = people.staff(site, user=access.user(Role.COUNSELOR, site)), people.staff(site)
    track, room = program.track(site, part_of_day="evening", seats=60), program.room(site, seats=12)
    for weekday in (0, 1, 3):
        for start in (1050, 1140):
            program.weekly_group(track, lead, weekday=weekday, start_minute=start, room=room, max_size=5)
    program.room(site, name="Office 1", is_office=True)
    return site, by, track, counselor


def stays(site, by, track, counselor, count: int):
    made = [factories.stay(site, by, number) for number in range(count)]
    for one in made:
        program.enrollment(one, track)
        people.on_team(one.client, counselor)
    return made


def seat_and_release(session, episode, by) -> None:
    booking = actions.book(session_id=session.id, episode_id=episode.id, by=by, at=BEFORE)
    actions.release(booking_id=booking.id, reason="another day", by=by, at=BEFORE)


def call_off_and_on(session, by) -> None:
    actions.cancel(session_id=session.id, reason="snow", by=by, at=BEFORE)
    actions.restore(session_id=session.id, by=by, at=BEFORE)


def main() -> None:
    call_command("migrate", verbosity=0)
    place = found()
    site, by, *_ = place
    week = {"first": MONDAY, "by": by, "at": BEFORE}
    at_once([lambda: actions.lay_week(site_id=site.id, **week)] * 3)
    everybody = stays(*place, count=8)
    first, _, third, fourth, fifth, sixth = Session.objects.order_by("starts_at")
    shift = {"by": by, "at": first.starts_at}
    for _ in range(ROUNDS):
        acts = [lambda one=one: actions.place(episode_id=one.id, **week) for one in everybody]
        acts += [lambda: attendance.open_roll(session_id=first.id, **shift)] * 2
        acts += [lambda: actions.lay_week(site_id=site.id, **week), lambda: actions.place_all(site_id=site.id, **week)]
        acts += [lambda one=one: seat_and_release(fourth, one, by) for one in everybody[:3]]
        acts += [lambda: call_off_and_on(sixth, by), lambda: call_off_and_on(fifth, by)]
        at_once(acts)
        Booking.objects.filter(session__in=[third, fourth, fifth, sixth]).delete()
        Session.objects.filter(kind="individual", roll__isnull=True, bookings__isnull=True).delete()
    lines = [line.id for line in first.roll.all()]
    close = first.starts_at + timedelta(minutes=90)
    marks = [lambda one=one: attendance.mark(line_id=one, to=Mark.PRESENT, **shift) for one in lines]
    at_once([*marks, lambda: attendance.close_roll(session_id=first.id, by=by, at=close)])
    taken = Counter(Booking.objects.filter(status="booked").values_list("session_id", flat=True))
    print(json.dumps({
        "outcomes": outcomes, "groups": Session.objects.filter(kind="group").count(), "lines": len(lines),
        "over": [str(one.id) for one in Session.objects.all() if taken[one.id] > one.seats],
        "uncredited": first.roll.filter(mark="present", credited_minutes=0).count(), "chain": ledger.verify().ok,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
