"""Lines of the roll, for tests."""

from datetime import timedelta

from daybridge.access.models import Site, User
from daybridge.attendance.models import Figure, RollLine
from daybridge.episodes.models import Episode
from daybridge.episodes.tests import factories as episodes
from daybridge.people.models import Staff
from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.scheduling.models import Session
from daybridge.scheduling.tests import factories as scheduling

FAMILIES = ("Abbott", "Baker", "Cole", "Diaz", "Evans", "Frost", "Grant", "Hill", "Ito", "Jones")


def roll_line(of: Session, episode: Episode, **fields) -> RollLine:
    """An expected client; `mark="present"` arrives five minutes early."""
    if fields.get("mark") in {"present", "left"}:
        fields.setdefault("arrived_at", of.starts_at - timedelta(minutes=5))
    return RollLine.objects.create(session=of, episode=episode, **fields)


def stay(at: Site, by: User, number: int = 0) -> Episode:
    """Somebody in care with a plan of nine hours, signed by `by`."""
    given = ("Andre", "Bev", "Jamal", "Kenji", "Mei", "Owen", "Ruth", "Sam", "Tomasz", "Lucía")[number % 10]
    client = people.client(at, given_name=given, family_name=f"{FAMILIES[number % 10]}{number // 10 or ''}")
    made = episodes.episode(client)
    plans.plan(made, by)
    return made


def group(lead: Staff, size: int, **fields) -> tuple[Session, list[Episode]]:
    """A planned session with `size` booked clients who have plans."""
    session = scheduling.session(lead, seats=max(size, 1), **fields)
    stays = [stay(lead.site, lead.user, number) for number in range(size)]
    for one in stays:
        scheduling.booking(session, one)
    return session, stays


def figure(**fields) -> Figure:
    return Figure.objects.create(**{
        "hash": "0" * 64, "spec": {}, "title": "Hours", "description": "None yet", "asked_at": scheduling.STARTS,
    } | fields)  # fmt: skip
