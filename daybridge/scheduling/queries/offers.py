"""Sessions still to come this week that suit a client who missed one."""

from datetime import date, datetime
from uuid import UUID

from daybridge.episodes.models import Episode
from daybridge.program.models import Track
from daybridge.program.rules import Attendee, fits
from daybridge.scheduling import choosing
from daybridge.scheduling.making_up import Offer
from daybridge.scheduling.models import Session
from daybridge.scheduling.placing import Needs
from daybridge.scheduling.rules import BOOKABLE, Local, Service
from daybridge.scheduling.weeks import SiteWeek


def _is_ahead(one: Session, at: datetime) -> bool:
    return one.kind == Service.GROUP and one.status in BOOKABLE and one.starts_at >= at


def _meets(one: Local, other: Local) -> bool:
    return one.weekday == other.weekday and one.start < other.end and other.start < one.end


def _offers(week: SiteWeek, episode: Episode, needs: Needs, at: datetime) -> list[Offer]:
    mine = [week.span(one) for one in week.of(episode.id)]
    days = {span.weekday for span in mine}
    tracks = _open_to(episode, needs, week.first)
    out = []
    for one in week.sessions.values():
        span, free = week.span(one), one.seats - week.taken(one.id)
        is_free = free > 0 and not any(_meets(span, had) for had in mine)
        if _is_ahead(one, at) and is_free and one.track_id in tracks and choosing.suits(needs, span):
            category = one.topic.category if one.topic else ""
            out.append(Offer(
                one, one.topic_id, category, one.track_id, one.track.name, one.starts_at, one.minutes, free,
                span.weekday in days,
            ))  # fmt: skip
    return out


def _open_to(episode: Episode, needs: Needs, on: date) -> set[UUID]:
    """The client's own track, and those of the same level at the site that are meant for such a person."""
    client = episode.client
    who = Attendee(client.birth_date, client.sex, client.languages)
    tracks = {one.id: one for one in Track.objects.filter(site=episode.site_id, is_active=True)}
    own = tracks.get(needs.track_id)
    level = own.level if own else episode.level
    fitting = (one.id for one in tracks.values() if one.level == level and not fits(one.audience, who, on))
    return {needs.track_id, *fitting}
