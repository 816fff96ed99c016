"""Put a worked-out week in force, once; and take it back while nothing has happened since."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import may, require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused, Stale
from daybridge.kit.states import check_move
from daybridge.people import actions as people
from daybridge.program import actions as program
from daybridge.program.rules import NewRoomClosure
from daybridge.scheduling.actions.applying import Applied, apply
from daybridge.scheduling.actions.drafting import check_answer, check_free, keep_answer, plan_of, pose
from daybridge.scheduling.actions.laying import lay_week
from daybridge.scheduling.actions.placing import locked_week
from daybridge.scheduling.actions.telling import tell_changes, tell_week
from daybridge.scheduling.models import WeekDraft
from daybridge.scheduling.plan import Line, Plan
from daybridge.scheduling.rules import DRAFT_MOVES, DraftState
from daybridge.scheduling.solver import Limits, solve
from daybridge.scheduling.weeks import SiteWeek

QUICK = Limits(iterations=4, deterministic=True)
CHANGED = "The week has changed since this was worked out. Work it out again."


def publish(*, draft_id: UUID, by: Any, at: datetime) -> WeekDraft:
    """Put a draft in force, whole or not at all, and tell everybody it touches.

    Two at once: the second finds the week in force or changed. A draft that no longer fits is marked stale.
    Raises WeekDraft.DoesNotExist out of reach, NotAllowed, Refused when it is not open or the week is in force
    already, Stale when the week changed meanwhile.
    """
    draft = _publish(draft_id, by, at)
    if draft.state == DraftState.STALE:
        raise Stale(CHANGED)
    return draft


@transaction.atomic
def _publish(draft_id: UUID, by: Any, at: datetime) -> WeekDraft:
    site_id = WeekDraft.objects.visible_to(by).get(pk=draft_id).site_id
    Site.objects.select_for_update(no_key=True).get(pk=site_id)
    draft = WeekDraft.objects.visible_to(by).select_for_update(of=("self",)).select_related("site").get(pk=draft_id)
    require(by, Permission.WEEK_PLACE, draft)
    if draft.state == DraftState.PUBLISHED:
        raise Refused("This is in force already.")
    if draft.state == DraftState.STALE:
        return draft
    check_move(DRAFT_MOVES, DraftState(draft.state), DraftState.PUBLISHED)
    if draft.kind == "week":
        check_free(draft.site, draft.first, at)
    week = locked_week(site_id, draft.first)
    if week.fingerprint() != draft.based_on:
        return _end(draft, DraftState.STALE, at)
    done = put_in_force(draft, week, plan_of(draft), by=by, at=at)
    _say_why(done, by=by, at=at)
    return done


def _say_why(draft: WeekDraft, *, by: Any, at: datetime) -> None:
    """Whoever the week was mended without is on leave then, a room is shut: neither is laid or placed in that time."""
    event = draft.event
    if draft.kind != "repair" or event["kind"] not in ("staff_absence", "room_closed"):
        return
    start, end = datetime.fromisoformat(event["from"]), datetime.fromisoformat(event["until"])
    if event["kind"] == "staff_absence":
        said = people.say_leave(
            staff_id=UUID(event["about"]), starts_at=start, ends_at=end, kind="sick", by=by, at=at
        )  # fmt: skip
    elif may(by, Permission.PROGRAM_WRITE, draft.site):
        closure = NewRoomClosure(start, end, "Cannot be used")
        said = program.close_room_for(room_id=UUID(event["about"]), closure=closure, by=by, at=at)
    else:
        return
    draft.event = {**event, "said": str(said.pk)}
    draft.save(update_fields=["event"])


def _unsay(draft: WeekDraft, *, by: Any, at: datetime) -> None:
    """What was said when the repair was accepted is taken back with it."""
    event = draft.event
    if "said" not in event:
        return
    if event["kind"] == "staff_absence":
        people.take_back_leave(staff_id=UUID(event["about"]), leave_id=UUID(event["said"]), by=by, at=at)
    else:
        program.open_room_again(closure_id=UUID(event["said"]), by=by, at=at)


def put_in_force(draft: WeekDraft, week: SiteWeek, plan: Plan, *, by: Any, at: datetime) -> WeekDraft:
    """Apply a plan to a week the caller holds, keep how to take it back, and tell people."""
    done = apply(week, plan, by=by, at=at)
    draft.was, draft.left_as = done.was.sessions_json(), week.fingerprint()
    _keep_was(draft, done)
    told = tell_week(week, done, at=at) if draft.kind == "week" else tell_changes(week, done, at=at)
    draft.figures = {**draft.figures, "told": told, "left": done.left}
    _end(draft, DraftState.PUBLISHED, at)
    ledger.record(
        "week.publish", draft, by=by, at=at, first=draft.first, kind=draft.kind, people=len(done.people), told=told,
        sessions_moved=len(done.moved), sessions_off=len(done.off),
    )  # fmt: skip
    return draft


def _keep_was(draft: WeekDraft, done: Applied) -> None:
    """What everybody had, beside what they get; people the draft did not name (they sat in what is off) too."""
    rows = {row.episode_id: row for row in draft.lines.all()}
    for episode_id, was in done.was.lines.items():
        if episode_id in rows:
            rows[episode_id].was = was.to_json()
        else:
            rest = Line(was.seats - done.was.on, was.own)
            rows[episode_id] = draft.lines.model(
                draft=draft, episode_id=episode_id, now=rest.to_json(), was=was.to_json()
            )
    new = [row for row in rows.values() if row._state.adding]
    draft.lines.bulk_update([row for row in rows.values() if not row._state.adding], ["was"])
    draft.lines.bulk_create(new)


def _end(draft: WeekDraft, to: DraftState, at: datetime) -> WeekDraft:
    check_move(DRAFT_MOVES, DraftState(draft.state), to)
    draft.state, draft.ended_at = to, at
    draft.save()
    return draft


@transaction.atomic
def undo(*, draft_id: UUID, by: Any, at: datetime) -> WeekDraft:
    """Take back what was put in force, as long as the week is still as it was left; what began meanwhile stays.

    Raises WeekDraft.DoesNotExist out of reach, NotAllowed, IllegalMove, Refused once anything changed since.
    """
    site_id = WeekDraft.objects.visible_to(by).get(pk=draft_id).site_id
    Site.objects.select_for_update(no_key=True).get(pk=site_id)
    draft = WeekDraft.objects.visible_to(by).select_for_update(of=("self",)).select_related("site").get(pk=draft_id)
    require(by, Permission.WEEK_PLACE, draft)
    check_move(DRAFT_MOVES, DraftState(draft.state), DraftState.UNDONE)
    week = locked_week(site_id, draft.first)
    if week.fingerprint() != draft.left_as:
        raise Refused("The week has changed since, so that it cannot be taken back. It can be repaired.")
    lines = dict(draft.lines.values_list("episode_id", "was"))
    plan = _ahead(Plan.from_json(draft.was, lines), week, at)
    done = apply(week, plan, by=by, at=at)
    tell_changes(week, done, at=at)
    _unsay(draft, by=by, at=at)
    ledger.record("week.undo", draft, by=by, at=at, first=draft.first, kind=draft.kind, people=len(done.people))
    return _end(draft, DraftState.UNDONE, at)


def _ahead(plan: Plan, week: SiteWeek, at: datetime) -> Plan:
    """The part of a plan that lies after `at`: what began stays as it is."""
    begun = {one.id for one in week.sessions.values() if one.starts_at < at}
    lines = {
        who: Line(line.seats - begun, frozenset(own for own in line.own if own.starts_at >= at))
        for who, line in plan.lines.items()
    }
    places = {one: place for one, place in plan.places.items() if one not in begun and place.starts_at >= at}
    return Plan(lines, places, plan.off - begun, plan.on)


@transaction.atomic
def solve_week(*, site_id: UUID, first: date, by: Any, at: datetime, limits: Limits | None = None) -> WeekDraft:
    """Lay, solve and put in force the week that begins on `first`, at once: for nights without anybody, and the demo.

    Deterministic by its limits. Raises Site.DoesNotExist out of reach, NotAllowed, Refused when the week is over or
    in force already.
    """
    lay_week(site_id=site_id, first=first, by=by, at=at)
    week = locked_week(site_id, first)
    check_free(week.site, first, at)
    draft = WeekDraft.objects.create(site=week.site, first=first, based_on=week.fingerprint(), asked_at=at)
    posed = pose(week.site, first, at)
    found = solve(posed.problem, limits or QUICK)
    check_answer(posed, found)
    draft = keep_answer(draft_id=draft.pk, posed=posed, found=found, at=at)
    return put_in_force(draft, week, plan_of(draft), by=by, at=at)
