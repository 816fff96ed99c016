"""Who could start: how many more people each track could take at their full hours in a week. Reads, never writes."""

from copy import copy
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from daybridge.kit.ids import new_id
from daybridge.plans import queries as plans
from daybridge.plans import rules as plan_rules
from daybridge.scheduling import placing, weeks
from daybridge.scheduling.models import Session
from daybridge.scheduling.placing import Needs
from daybridge.scheduling.rules import Proposal
from daybridge.scheduling.weeks import SiteWeek

OWN = 60  # minutes with the counselor in a first plan; the rest are groups


def first_needs(track_id: UUID, age: int | None) -> Needs:
    """What somebody new needs before there is a plan: the fewest hours of the level, one of them with the counselor."""
    least = plan_rules.least_minutes(age)
    order = plans.Prescription(new_id(), least, 3, 5, {"group": least - OWN, "individual": OWN})
    return Needs(new_id(), track_id, order, (), None)


def could_start(week: SiteWeek, track_id: UUID, most: int, at: datetime) -> tuple[Proposal, ...]:
    """The weeks of up to `most` new people placed one after the other in a track, each at the full hours.

    Everybody is taken to be free all week: who really starts is asked first. Stops at the first who does not fit.
    """
    board = replace(week, sessions=dict(week.sessions), booked={one: set(who) for one, who in week.booked.items()})
    found: list[Proposal] = []
    while len(found) < most:
        needs = first_needs(track_id, None)
        proposal = placing.propose(board, needs, at)
        if not proposal.is_met:
            break
        _seat(board, needs.episode_id, proposal)
        found.append(proposal)
    return tuple(found)


def _seat(board: SiteWeek, episode_id: UUID, proposal: Proposal) -> None:
    for slot in proposal.new:
        session_id = slot.session_id
        if session_id is None:
            office = weeks.office_for(board, slot.starts_at, slot.ends_at)
            own = Session(
                site=board.site, kind=slot.kind, title=slot.title, starts_at=slot.starts_at, ends_at=slot.ends_at,
                room=copy(office), lead=next(one for one in board.counselors if one.id == slot.lead_id), seats=1,
            )  # fmt: skip
            board.add(own)
            session_id = own.id
        board.booked.setdefault(session_id, set()).add(episode_id)
