"""See that somebody has a whole week ahead, and say whose, on which day it begins, and from when to when."""

import django


def main() -> None:
    django.setup()
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from django.utils import timezone

    from daybridge.access.models import User
    from daybridge.episodes.models import Episode
    from daybridge.kit.periods import week_start
    from daybridge.scheduling import actions
    from daybridge.scheduling.models import Session

    by, at = User.objects.get(name="Dana Whitfield"), timezone.now()
    care = Episode.objects.filter(
        status="active", plans__status="active", enrollments__until=None, client__hidings=None
    )
    for episode in care.filter(enrollments__isnull=False).select_related("site").distinct().order_by("id"):
        zone = ZoneInfo(episode.site.timezone)
        first = week_start(at.astimezone(zone).date(), episode.site.first_weekday) + timedelta(days=7)
        actions.lay_week(site_id=episode.site_id, first=first, by=by, at=at)
        actions.place(episode_id=episode.id, first=first, by=by, at=at)
        mine = Session.objects.standing().filter(
            bookings__episode=episode, bookings__status="booked", starts_at__gte=at, kind="group"
        )
        ahead = [one.starts_at.astimezone(zone) for one in mine if one.starts_at.astimezone(zone).date() >= first]
        if len({one.date() for one in ahead}) >= 2:
            print(f"episode={episode.id}")
            print(f"first={first}")
            print(f"day={min(ahead):%a}")
            return


if __name__ == "__main__":
    main()
