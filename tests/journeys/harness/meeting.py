"""Have a group meet right now, whatever the day and hour, by the actions its people would use.

`python -m tests.journeys.harness.meeting EPISODE LEAD` beside a served demo prints the session's id. The product
has no clock to turn: a counselor who works now is hired, a group set up for now, the week laid, and seats booked.
"""

import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import django

MINUTES = 60


def main(episode_id: str, lead: str) -> None:
    django.setup()
    from django.utils import timezone

    from daybridge.access.models import User
    from daybridge.episodes.models import Episode
    from daybridge.kit.errors import Refused
    from daybridge.kit.periods import week_start
    from daybridge.scheduling import actions as scheduling
    from daybridge.scheduling.models import Session

    now = timezone.now()
    director = User.objects.get(name="Dana Whitfield")
    episode = Episode.objects.select_related("site").get(pk=episode_id)
    group = _group(episode, lead, director, now)
    first = week_start(now.astimezone(ZoneInfo(episode.site.timezone)).date(), episode.site.first_weekday)
    scheduling.lay_week(site_id=episode.site_id, first=first, by=director, at=now)
    today = now - timedelta(hours=24)
    session = Session.objects.get(group=group, starts_at__gt=today, starts_at__lte=now)
    scheduling.book(session_id=session.id, episode_id=episode.id, by=director, at=now)
    others = Episode.objects.filter(site=episode.site, status="active").exclude(pk=episode.pk).order_by("admitted_on")
    for other in others:
        try:
            scheduling.book(session_id=session.id, episode_id=other.id, by=director, at=now)
        except Refused:
            continue  # somewhere else at this hour, or the seats are taken
    print(session.id)


def _group(episode, lead: str, director, now: datetime):
    from daybridge.program import actions as program
    from daybridge.program.models import Enrollment, Topic
    from daybridge.program.rules import NewGroup, NewRoom

    here = now.astimezone(ZoneInfo(episode.site.timezone))
    start = max(0, min(here.hour * 60 + here.minute - 5, 1440 - MINUTES))
    room = program.found_room(site_id=episode.site_id, room=NewRoom("Garden room", 14), by=director, at=now)
    group = NewGroup(
        topic_id=Topic.objects.get(name="Relapse Prevention").id, room_id=room.id,
        lead_id=_hire(episode, lead, director, now),
        weekday=here.weekday(), start_minute=start, minutes=MINUTES, since=here.date(), max_size=12,
    )  # fmt: skip
    track = Enrollment.objects.get(episode=episode, until=None).track_id
    return program.found_weekly_group(track_id=track, group=group, by=director, at=now)


def _hire(episode, name: str, director, now: datetime):
    from daybridge.access.actions import demo
    from daybridge.access.rules import Role
    from daybridge.people import actions as people
    from daybridge.people.rules import Post

    email = f"{name.lower().replace(' ', '.')}@demo.invalid"
    user = demo.add_demo_account(name=name, email=email, site_id=episode.site_id, role=Role.COUNSELOR, at=now)
    post = Post(title="Counselor", credential="LCSW", hours=tuple((day, 0, 1440) for day in range(7)))
    return people.employ(user_id=user.id, site_id=episode.site_id, post=post, by=director, at=now).id


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
