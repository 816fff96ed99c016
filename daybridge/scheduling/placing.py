"""The best legal week for one client while nobody else moves: a site's week in, a proposal out. Reads, never writes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from daybridge.episodes.models import Episode
from daybridge.kit.decisions import Finding
from daybridge.kit.errors import Refused
from daybridge.people.models import CareTeamMember
from daybridge.plans import queries as plans
from daybridge.plans import rules as plan_rules
from daybridge.program.models import Enrollment
from daybridge.scheduling import shortfalls, weeks
from daybridge.scheduling.models import Session
from daybridge.scheduling.rules import BOOKABLE, Local, Proposal, Service, Slot, joined, sessions_wanted
from daybridge.scheduling.solver import model as solver
from daybridge.scheduling.solver.recommend import Placement, recommend
from daybridge.scheduling.solver.shortfall import Reason, shortfall
from daybridge.scheduling.weeks import SiteWeek

EACH = 60  # minutes of an individual or family appointment
DAY_LIMIT = plan_rules.BOOK.number("PLAN-8")
MANY = 14
WHO = "client"
SITE = "site"
APPOINTMENTS = {Service.INDIVIDUAL: "Individual session", Service.FAMILY: "Family session"}


@dataclass(frozen=True, slots=True)
class Needs:
    """What one client's week must meet: plan, track, life and primary counselor."""

    episode_id: UUID
    track_id: UUID
    prescription: plans.Prescription
    commitments: tuple[plan_rules.Busy, ...]
    primary: UUID | None
    unliked: tuple[plan_rules.Busy, ...] = ()
    travel_minutes: int = 0

    def free(self) -> tuple[plan_rules.Window, ...]:
        """When the client can come, the way there and back taken off."""
        return plan_rules.free_windows(self.commitments, plan_rules.open_hours(), self.travel_minutes)

    def liked(self) -> tuple[plan_rules.Window, ...] | None:
        """When the client likes to come; None when any free time is as good as another."""
        if not self.unliked:
            return None
        return plan_rules.free_windows(
            (*self.commitments, *self.unliked), plan_rules.open_hours(), self.travel_minutes
        )  # fmt: skip


def needs_of(episodes: list[Episode], first: date, by: Any) -> dict[UUID, Needs]:
    """The needs of those episodes that have a signed plan and a track, in five queries."""
    ids = [one.id for one in episodes]
    tracks = dict(Enrollment.objects.filter(episode__in=ids, until=None).values_list("episode_id", "track_id"))
    orders = plans.prescriptions(episode_ids=ids, by=by)
    lives = plans.life(episode_ids=ids, on=first, by=by)
    team = CareTeamMember.objects.filter(
        client__in=[one.client_id for one in episodes], role="primary counselor", until=None
    )
    primary = dict(team.values_list("client_id", "staff_id"))
    return {
        one.id: Needs(
            one.id,
            tracks[one.id],
            orders[one.id],
            lives[one.id].commitments,
            primary.get(one.client_id),
            lives[one.id].soft,
            lives[one.id].travel_minutes,
        )
        for one in episodes
        if one.id in tracks and one.id in orders
    }


def needs_for(episode: Episode, first: date, by: Any) -> Needs:
    """The needs of one episode. Raises Refused when there is no signed plan or no track yet."""
    found = needs_of([episode], first, by).get(episode.id)
    if found is None:
        raise Refused("Before the week is placed, the client needs a track and a signed plan.")
    return found


def propose(week: SiteWeek, needs: Needs, at: datetime) -> Proposal:
    """The client's week: what is booked stays, the best of what fits is added, and why the rest does not.

    Only sessions of the client's track that start at or after `at` are added, with a seat left, inside the client's
    free time; appointments with the primary counselor where that can be. Source: scheduling design H02 to H19.
    """
    mine = week.of(needs.episode_id)
    problem = problem_of(week, needs, at)
    bare = solver.Schedule(problem.name, tuple(run_of(one.id) for one in problem.sessions))
    best = next(iter(recommend(problem, bare, WHO, k=1)), None)
    slots, booked = [slot(one, False) for one in mine], {str(one.id) for one in mine}
    if best:
        slots += [slot(week.sessions[UUID(one)], True) for one in best.sessions if one not in booked]
        slots += [appointment_slot(week, one) for one in best.appointments]
    return Proposal(
        needs.episode_id, week.first, tuple(sorted(slots, key=lambda slot: slot.starts_at)),
        needs.prescription.weekly_minutes, _why_short(week, needs, problem, _filled(bare, booked, best)),
    )  # fmt: skip


def _offered(week: SiteWeek, needs: Needs, at: datetime) -> list[Session]:
    return [
        one for one in week.sessions.values()
        if one.track_id == needs.track_id and one.kind == Service.GROUP and one.starts_at >= at
        and one.status in BOOKABLE and needs.episode_id not in week.booked.get(one.id, ())
    ]  # fmt: skip


def once(things: Iterable[Any]) -> tuple[Any, ...]:
    """Each thing once, by its id, in their order."""
    return tuple({one.id: one for one in things}.values())


def _counselors(week: SiteWeek, at: datetime) -> list[solver.Staff]:
    return [
        solver.Staff(str(who.id), SITE, tuple(solver.Window(*span) for span in free), 1440, 1440)
        for who in week.counselors
        if (free := weeks.free_hours(week, who, at))
    ]


def problem_of(week: SiteWeek, needs: Needs, at: datetime) -> solver.Problem:
    """This one client's choices as a problem: every session has its own room and lead, so only time and seats count."""
    mine, offered = week.of(needs.episode_id), _offered(week, needs, at)
    sessions = [_session(week, one, 1) for one in mine]
    sessions += [_session(week, one, max(0, one.seats - week.taken(one.id))) for one in offered]
    counselors = _counselors(week, at)
    leads = [
        solver.Staff(f"lead:{one.id}", SITE, (solver.Window(one.day, one.start, one.end),), 1440, 1440)
        for one in sessions
    ]
    return solver.Problem(
        name="week", sites=(solver.Site(SITE, (), len(week.offices), 0),),
        rooms=tuple(solver.Room(f"room:{one.id}", SITE, MANY * 10) for one in sessions),
        staff=(*counselors, *leads), topics=once(map(_topic, [*mine, *offered])),
        sessions=tuple(sessions), clients=(_client(week, needs, at, [one.id for one in counselors]),),
    )  # fmt: skip


def _client(week: SiteWeek, needs: Needs, at: datetime, counselors: list[str]) -> solver.Client:
    order, mine = needs.prescription, week.of(needs.episode_id)
    free = needs.free()
    spans = [week.span(one) for one in mine]
    windows = joined([*free, *spans])
    days = {span.weekday for span in spans}
    longest = max((sum(s.end - s.start for s in spans if s.weekday == day) for day in days), default=0)
    return solver.Client(
        id=WHO, site=SITE, population="all", languages=("all",), windows=tuple(solver.Window(*one) for one in windows),
        target_minutes=order.weekly_minutes, max_minutes=plan_rules.BOOK.number("PLAN-3") - 15,
        days_min=order.days_min, days_max=max(order.days_max, len(days)), days_pref=order.days_min,
        max_minutes_day=max(DAY_LIMIT, longest),
        per_diem_minutes=0, mix=mix(order.mix), requirements=_requirements(week, needs, at, counselors),
        must_attend=tuple(str(one.id) for one in mine), pref_windows=_liked(needs),
    )  # fmt: skip


def _liked(needs: Needs) -> tuple[solver.Window, ...] | None:
    liked = needs.liked()
    return None if liked is None else tuple(solver.Window(*one) for one in liked)


def mix(wanted: dict[str, int]) -> tuple[solver.MixLine, ...]:
    """The least and most sessions of a category a week, from the plan's minutes by kind."""
    family = MANY if wanted.get("family") else 0
    return (
        solver.MixLine("group", wanted.get("group", 0) // 90, MANY),
        solver.MixLine("education", min(1, wanted.get("education", 0)), MANY),
        solver.MixLine("family", 0, family),
        solver.MixLine("own", 0, MANY),
    )


def _requirements(week: SiteWeek, needs: Needs, at: datetime, counselors: list[str]) -> tuple[solver.Requirement, ...]:
    """Appointments the mix asks for and the week does not hold yet."""
    offices = tuple(solver.Window(*span) for span in weeks.free_offices(week, at))
    preferred = str(needs.primary) if str(needs.primary) in counselors else None
    return tuple(
        solver.Requirement(
            f"{kind}-{number}", kind, EACH, tuple(counselors), True, 60, preferred=preferred, windows=offices,
        )
        for kind, number in _lacking(week, needs, at)
    )  # fmt: skip


def _lacking(week: SiteWeek, needs: Needs, at: datetime) -> Iterator[tuple[Service, int]]:
    """The kind and the number of each; a family group stands for the family's appointment."""
    mine = week.of(needs.episode_id)
    has_family_group = any(category(one) == "family" for one in _offered(week, needs, at) + mine)
    for kind in APPOINTMENTS:
        if kind == Service.FAMILY and has_family_group:
            continue
        held = sum(1 for one in mine if one.kind == kind)
        for number in range(sessions_wanted(needs.prescription.mix, kind, EACH) - held):
            yield kind, number


def category(session: Session) -> str:
    """What a session counts as in the mix: group, education, family, or an appointment of one's own."""
    if session.kind != Service.GROUP:
        return "own"
    topic = session.topic.category if session.topic else ""
    return topic if topic in ("education", "family") else "group"


def _topic(session: Session) -> solver.Topic:
    return solver.Topic(_topic_id(session), category(session), session.minutes)


def _topic_id(session: Session) -> str:
    return str(session.topic_id) if session.topic_id and session.kind == Service.GROUP else f"own:{session.id}"


def _session(week: SiteWeek, session: Session, seats: int) -> solver.Session:
    span, own = week.span(session), str(session.id)
    return solver.Session(
        id=own, site=SITE, topic=_topic_id(session), day=span.weekday, start=span.start,
        minutes=span.end - span.start, population="all", language="all", min_size=1, max_size=seats,
        max_per_facilitator=seats, ideal_size=max(1, seats), staff_options=(f"lead:{own}",),
        room_options=(f"room:{own}",),
    )  # fmt: skip


def run_of(session_id: str) -> solver.SessionRun:
    return solver.SessionRun(session_id, f"room:{session_id}", (f"lead:{session_id}",), ())


def _filled(bare: solver.Schedule, booked: set[str], best: Placement | None) -> solver.Schedule:
    """The schedule with the client in it; sessions nobody attends stay on the board, so that full ones are told."""
    chosen = booked | set(best.sessions if best else ())
    runs = (replace(run, clients=(WHO,) if run.id in chosen else ()) for run in bare.sessions)
    return replace(bare, sessions=tuple(runs), appointments=best.appointments if best else ())


def slot(session: Session, is_new: bool) -> Slot:
    category = session.topic.category if session.topic else ""
    return Slot(
        session.id, session.title, session.kind, category, session.starts_at, session.ends_at, session.room.name,
        session.lead_id, session.lead.name, is_new,
    )  # fmt: skip


def appointment_slot(week: SiteWeek, one: solver.Appointment) -> Slot:
    kind = Service(one.requirement.partition("-")[0])
    start, end = week.instant(one.day, one.start), week.instant(one.day, one.start + EACH)
    lead = next(who for who in week.counselors if str(who.id) == one.staff)
    office = weeks.office_for(week, start, end)
    return Slot(None, APPOINTMENTS[kind], kind, "", start, end, office.name if office else "", lead.id, lead.name, True)


def _why_short(week: SiteWeek, needs: Needs, problem: solver.Problem, schedule: solver.Schedule) -> tuple[Finding, ...]:
    known = (week.sessions[UUID(one.id)] for one in problem.sessions)
    groups = {str(one.id): (one.title, Local(*week.span(one))) for one in known}
    reasons = shortfall(problem, schedule, WHO) or _missing(problem, schedule)
    return shortfalls.findings(reasons, shortfalls.Life(groups, needs.commitments))


def _missing(problem: solver.Problem, schedule: solver.Schedule) -> list[Reason]:
    """Why an appointment is not placed although the hours are met without it."""
    client = problem.clients[0]
    if len(schedule.appointments) == len(client.requirements):
        return []
    hungry = replace(problem, clients=(replace(client, target_minutes=client.max_minutes),))
    return [one for one in shortfall(hungry, schedule, WHO) if one.code in shortfalls.APPOINTMENT]
