"""Work a week out: ask for it, let a worker solve it, look on, take it, or throw it away."""

import time
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from daybridge.access import rowlock
from daybridge.access.gates import NIGHT_SHIFT, require
from daybridge.access.models import Site, User
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.jobs import actions as jobs
from daybridge.jobs.models import Job
from daybridge.kit.errors import Refused
from daybridge.kit.states import check_move
from daybridge.scheduling import placing, weeks
from daybridge.scheduling.actions.applying import lines_now
from daybridge.scheduling.actions.laying import lay_week
from daybridge.scheduling.models import DraftLine, WeekDraft
from daybridge.scheduling.plan import Line, Plan
from daybridge.scheduling.problem import Choice, Posed, site_problem
from daybridge.scheduling.rules import DRAFT_MOVES, DraftState
from daybridge.scheduling.solver import Limits, Result, check, solve, validate
from daybridge.scheduling.weeks import SiteWeek

TASK = "solve-week"
GOOD_AFTER = 5  # seconds after which an answer is good enough when nobody looks on
LOOKS_FOR = timedelta(seconds=6)  # a page that looks on asks every two seconds
LONGEST = Limits(seconds=60)
LAST_WEEK = timedelta(days=7)


@transaction.atomic
def ask_week(*, site_id: UUID, first: date, by: Any, at: datetime) -> WeekDraft:
    """Have the week that begins on `first` worked out by a worker; groups are laid first where they are not.

    An unfinished draft of the same week is thrown away. Raises Site.DoesNotExist out of reach, NotAllowed, Refused for
    a week that is over or in force: that one is only repaired.
    """
    site = Site.objects.select_for_update(no_key=True).filter(id__in=by.sites_with(Permission.WEEK_SEE)).get(pk=site_id)
    require(by, Permission.WEEK_PLACE, site)
    check_free(site, first, at)
    lay_week(site_id=site.id, first=first, by=by, at=at)
    for old in WeekDraft.objects.filter(site=site, first=first, kind="week", state__in=["solving", "open", "stale"]):
        _move(old, DraftState.DISCARDED, at)
    week = weeks.read(site, first)
    draft = WeekDraft.objects.create(
        site=site, first=first, based_on=week.fingerprint(), asked_by=_user(by), asked_at=at, watched_at=at
    )
    job = jobs.ask(task=TASK, key=f"{TASK}:{draft.id}", arguments=[str(draft.id)], by=by, at=at)
    WeekDraft.objects.filter(pk=draft.id).update(job=job.id)
    ledger.record("week.draft", site, by=by, at=at, first=first, draft=draft.id)
    return draft


def check_free(site: Site, first: date, at: datetime) -> None:
    """Raise Refused unless a week may still be worked out whole."""
    if weeks.ends(site, first) <= at:
        raise Refused("This week is over.")
    if WeekDraft.objects.filter(site=site, first=first, kind="week", state=DraftState.PUBLISHED).exists():
        raise Refused("This week is in force already: it is only repaired now.")


def solve_draft(job: Job) -> None:
    """The worker's part: solve the week of the draft the job names. Solving it again gives an answer once."""
    draft = WeekDraft.objects.select_related("site").get(pk=job.arguments[0])
    if draft.state != DraftState.SOLVING:
        return
    at = timezone.now()
    posed = pose(draft.site, draft.first, at)
    if posed.week.fingerprint() != draft.based_on:
        WeekDraft.objects.filter(pk=draft.pk).update(based_on=posed.week.fingerprint())
    look = _Look(draft.pk, job.pk, time.monotonic())
    found = solve(posed.problem, LONGEST, start=_start(posed), on_progress=look.said, cancel=look.enough)
    check_answer(posed, found)
    keep_answer(draft_id=draft.pk, posed=posed, found=found, at=timezone.now())


@dataclass(slots=True)
class _Look:
    """What the solver is asked between its steps: whether to go on; and what it tells the page."""

    draft_id: UUID
    job_id: UUID
    began: float
    asked: float = 0.0
    answer: bool = False

    def said(self, seconds: float, cost: int, bound: int, reached: int) -> None:
        jobs.progress(job_id=self.job_id, done=min(int(seconds), int(LONGEST.seconds)), total=int(LONGEST.seconds))
        WeekDraft.objects.filter(pk=self.draft_id, state=DraftState.SOLVING).update(figures={"reached": reached})

    def enough(self) -> bool:
        """Whether the draft was thrown away or taken as it is, or nobody looks on and it is good enough.

        Asks the database once a second.
        """
        now = time.monotonic()
        if self.answer or now - self.asked < 1:
            return self.answer
        self.asked = now
        rows = WeekDraft.objects.filter(pk=self.draft_id).values_list("state", "watched_at", "event")
        state, watched_at, event = rows[0]
        is_watched = watched_at is not None and watched_at > timezone.now() - LOOKS_FOR
        is_late = now - self.began > GOOD_AFTER and not is_watched
        self.answer = state != DraftState.SOLVING or bool(event.get("enough")) or is_late
        return self.answer


@rowlock.as_system("a week is worked out for everybody, hidden records too")
def pose(site: Site, first: date, at: datetime, choice: Choice = Choice.PINNED) -> Posed:
    """The whole week of a site as a problem, with everybody in care who has a track and a signed plan."""
    week, last = weeks.read(site, first), weeks.read(site, first - LAST_WEEK)
    return site_problem(week, everybody(week, at), at, last, choice)


def everybody(week: SiteWeek, at: datetime) -> dict[UUID, placing.Needs]:
    """What the week must meet, for everybody of the site; asked as the program itself."""
    rows = Episode.objects.filter(site=week.site, status__in=["pending", "active"]).select_related("client")
    today = at.astimezone(week.zone).date()
    found = placing.needs_of(list(rows.order_by("id")), max(week.first, today), NIGHT_SHIFT)
    return dict(sorted(found.items(), key=str))


def _start(posed: Posed) -> Any:
    """The week as it is booked, to begin from; only when it breaks no rule."""
    return posed.now if check(posed.problem, posed.now).ok else None


def check_answer(posed: Posed, found: Result) -> None:
    """Raise Refused when the week contradicts itself, with what and where: nobody loses a seat to such an answer."""
    if found.status == "invalid":
        fault = validate(posed.problem)[0]
        raise Refused("This week cannot be worked out: {code} at {path}.", code=fault.code, path=fault.path)


@transaction.atomic
def keep_answer(*, draft_id: UUID, posed: Posed, found: Result, at: datetime) -> WeekDraft:
    """Write the answer down; a draft that was thrown away meanwhile stays so."""
    draft = WeekDraft.objects.select_for_update().get(pk=draft_id)
    if draft.state != DraftState.SOLVING:
        return draft
    plan = posed.plan(found.schedule)
    draft.plan, draft.figures = plan.sessions_json(), asdict(_figures(posed, found))
    _move(draft, DraftState.OPEN, at)
    keep_lines(draft, posed, plan)
    return draft


@dataclass(frozen=True, slots=True)
class Figures:
    """How good an answer is: people who reach their hours, how many could at most, seconds, cost and its bound."""

    people: int
    reached: int
    at_most: int
    seconds: int
    cost: int
    bound: int
    quiet: int


def _figures(posed: Posed, found: Result) -> Figures:
    ran = {run.id for run in found.schedule.sessions}
    quiet = sum(1 for one in posed.problem.sessions if one.id not in ran)
    seconds = int(found.trace[-1].seconds) if found.trace else 0
    return Figures(
        len(posed.problem.clients), found.reached, max(found.reached, found.reached_upper_bound), seconds,
        found.objective, found.lower_bound, quiet,
    )  # fmt: skip


def keep_lines(draft: WeekDraft, posed: Posed, plan: Plan) -> None:
    """One row a client: the week as it would be beside the week as it is."""
    now = lines_now(posed.week, plan.lines, posed.at)
    targets = {client.id: (client.target_minutes, client.days_min) for client in posed.problem.clients}
    DraftLine.objects.filter(draft=draft).delete()
    DraftLine.objects.bulk_create(
        _line(draft, posed.week, who, line, now[who], targets.get(str(who), (0, 0)))
        for who, line in sorted(plan.lines.items(), key=str)
    )


def _line(
    draft: WeekDraft, week: SiteWeek, who: UUID, line: Line, was: Line, target: tuple[int, int]
) -> DraftLine:  # fmt: skip
    over = [one for one in week.of(who) if one.id not in was.seats and not _is_own(one, was)]
    seats = [week.sessions[one] for one in line.seats]
    minutes = sum(one.minutes for one in (*over, *seats, *line.own))
    days = {one.starts_at.astimezone(week.zone).date() for one in (*over, *seats, *line.own)}
    return DraftLine(
        draft=draft, episode_id=who, now=line.to_json(), was=was.to_json(), minutes=minutes,
        target_minutes=target[0], is_reached=minutes >= target[0] and len(days) >= target[1],
    )  # fmt: skip


def _is_own(session: Any, line: Line) -> bool:
    return any((session.kind, session.lead_id, session.starts_at) == own[:3] for own in line.own)


def watch(*, draft_id: UUID, by: Any, at: datetime) -> None:
    """Somebody looks on: the worker goes on improving. Changes nothing but that, so no ledger line."""
    WeekDraft.objects.visible_to(by).filter(pk=draft_id, state=DraftState.SOLVING).update(watched_at=at)


@transaction.atomic
def take_now(*, draft_id: UUID, by: Any, at: datetime) -> WeekDraft:
    """Stop improving and keep what is found. Raises WeekDraft.DoesNotExist out of reach, NotAllowed."""
    draft = WeekDraft.objects.visible_to(by).select_for_update(of=("self",)).get(pk=draft_id)
    require(by, Permission.WEEK_PLACE, draft)
    if draft.state == DraftState.SOLVING:
        draft.event = {**draft.event, "enough": True}
        draft.save(update_fields=["event"])
    return draft


@transaction.atomic
def discard(*, draft_id: UUID, by: Any, at: datetime) -> WeekDraft:
    """Throw a draft away; a worker that solves it stops. Raises WeekDraft.DoesNotExist, NotAllowed, IllegalMove."""
    draft = WeekDraft.objects.visible_to(by).select_for_update(of=("self",)).get(pk=draft_id)
    require(by, Permission.WEEK_PLACE, draft)
    _move(draft, DraftState.DISCARDED, at)
    ledger.record("week.discard", draft, by=by, at=at, first=draft.first)
    return draft


def _move(draft: WeekDraft, to: DraftState, at: datetime) -> None:
    check_move(DRAFT_MOVES, DraftState(draft.state), to)
    draft.state = to
    draft.ended_at = None if to is DraftState.OPEN else at
    draft.save()


def _user(by: Any) -> User | None:
    return by if isinstance(by, User) else None


def plan_of(draft: WeekDraft) -> Plan:
    """The plan of a draft as it was kept."""
    return Plan.from_json(draft.plan, dict(draft.lines.values_list("episode_id", "now")))
