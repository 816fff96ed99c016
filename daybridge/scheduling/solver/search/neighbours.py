"""Which clients to free together: those who compete for the same seats, hours or days."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from daybridge.scheduling.solver.ground import Ground
from daybridge.scheduling.solver.model import Client
from daybridge.scheduling.solver.roster import Roster
from daybridge.scheduling.solver.score import has_reached


@dataclass(frozen=True, slots=True)
class Scene:
    """The roster as one round sees it. Every list is in the order of the problem."""

    ground: Ground
    roster: Roster
    costs: dict[str, int]
    people: dict[str, list[str]]
    """Running session to its clients."""
    dice: random.Random

    @property
    def clients(self) -> tuple[Client, ...]:
        """Everybody."""
        return self.ground.ix.problem.clients

    def seed(self) -> Client:
        """Somebody, the dearer the likelier."""
        return self.dice.choices(self.clients, [self.costs[c.id] + 10 for c in self.clients])[0]

    def fill(self, first: list[str], size: int) -> list[str]:
        """Some of `first`, or all of them, nobody twice."""
        mine = list(dict.fromkeys(first))
        return mine if len(mine) <= size else self.dice.sample(mine, size)


Pick = Callable[[Scene, int], list[str]]


def scene(ground: Ground, roster: Roster, costs: dict[str, int], dice: random.Random) -> Scene:
    """Look at a roster."""
    people: dict[str, list[str]] = {one: [] for one in sorted(roster.runs)}
    for client in ground.ix.problem.clients:
        for one in roster.week(client.id).sessions:
            people[one].append(client.id)
    return Scene(ground, roster, costs, people, dice)


def same_session(look: Scene, size: int) -> list[str]:
    """Members of a session the seed could join, and the seed."""
    seed = look.seed()
    options = [s.id for s in look.ground.choices[seed.id].sessions if look.people.get(s.id)]
    if not options:
        return around(look, size)
    members = look.people[look.dice.choice(options)]
    return [seed.id, *look.fill([m for m in members if m != seed.id], size - 1)]


def same_staff(look: Scene, size: int) -> list[str]:
    """Clients of one therapist."""
    seed = look.seed()
    staff = sorted({who for need in seed.requirements for who in need.staff})
    if not staff:
        return around(look, size)
    who = look.dice.choice(staff)
    others = [c.id for c in look.clients if c.id != seed.id and any(who in need.staff for need in c.requirements)]
    return [seed.id, *look.fill(others, size - 1)]


def same_day(look: Scene, size: int) -> list[str]:
    """Clients on site on one day."""
    seed = look.seed()
    days = sorted({look.ground.ix.sessions[one].day for one in look.roster.week(seed.id).sessions})
    if not days:
        return around(look, size)
    day = look.dice.choice(days)
    here = {who for one, people in look.people.items() if look.ground.ix.sessions[one].day == day for who in people}
    return [seed.id, *look.fill([c.id for c in look.clients if c.id in here and c.id != seed.id], size - 1)]


def cancelled(look: Scene, size: int) -> list[str]:
    """Everybody who could make a session run that does not."""
    idle = [s for s in look.ground.ix.problem.sessions if s.id not in look.people and look.ground.joiners[s.id]]
    if not idle:
        return around(look, size)
    session = look.dice.choice(idle)
    return look.fill(list(look.ground.joiners[session.id]), max(size, session.min_size + 2))


def smallest(look: Scene, size: int) -> list[str]:
    """The whole of a small session, so that it may close."""
    small = sorted(look.people, key=lambda one: (len(look.people[one]), one))[:8]
    if not small:
        return around(look, size)
    members = look.people[look.dice.choice(small)]
    return look.fill(members, max(size, len(members)))


def short(look: Scene, size: int) -> list[str]:
    """Clients short of their hours, with some who sit where they could."""
    ix = look.ground.ix
    missing = [c.id for c in look.clients if not has_reached(ix, c, look.roster.week(c.id))]
    if not missing:
        return around(look, size)
    first = look.dice.choice(missing)
    options = [s.id for s in look.ground.choices[first].sessions if look.people.get(s.id)]
    others = [who for one in options for who in look.people[one] if who != first]
    return [first, *look.fill(others, size - 1)]


def around(look: Scene, size: int) -> list[str]:
    """Anybody."""
    return look.fill([c.id for c in look.clients], size)


PICKS: tuple[Pick, ...] = (same_session, same_session, same_staff, same_day, cancelled, smallest, short, short)
