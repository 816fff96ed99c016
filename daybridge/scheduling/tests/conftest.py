"""A small program to place clients in: one evening track, three evenings of two groups, a counselor, two offices."""

from dataclasses import dataclass

import pytest

from daybridge.access.models import Site, User
from daybridge.access.rules import Role
from daybridge.episodes.models import Episode
from daybridge.episodes.tests import factories as episodes
from daybridge.people.models import Staff
from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.program.models import Track
from daybridge.program.tests import factories as program
from daybridge.scheduling.actions import drafting, publishing
from daybridge.scheduling.solver import Limits


@dataclass
class Evening:
    site: Site
    track: Track
    lead: Staff
    counselor: Staff
    by: User

    def client(self, **fields) -> Episode:
        """Somebody in care with a nine-hour plan, the track and a primary counselor."""
        plan = fields.pop("plan", {})
        episode = episodes.episode(people.client(self.site, **fields))
        program.enrollment(episode, self.track)
        people.on_team(episode.client, self.counselor)
        plans.plan(episode, self.by, **plan)
        return episode


@pytest.fixture
def evening(site, users) -> Evening:
    lead, counselor = people.staff(site), people.staff(site, user=users[Role.COUNSELOR])
    track = program.track(site, part_of_day="evening", seats=40)
    room = program.room(site, seats=12)
    for weekday in (0, 1, 3):
        for start in (1050, 1140):
            program.weekly_group(track, lead, weekday=weekday, start_minute=start, room=room, max_size=3)
    program.room(site, name="Office 1", is_office=True)
    return Evening(site, track, lead, counselor, users[Role.DIRECTOR])


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """What the solver may do in a test: one round, without a clock; how good it is, its own tests say."""
    one = Limits(iterations=1, deterministic=True)
    monkeypatch.setattr(drafting, "LONGEST", one)
    monkeypatch.setattr(publishing, "QUICK", one)
