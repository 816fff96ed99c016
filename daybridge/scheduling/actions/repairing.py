"""Something came up: work out the smallest change that mends a week, show it, and put it in force when accepted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from daybridge.access import rowlock
from daybridge.access.gates import require
from daybridge.access.models import Site, User
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.episodes.models import Episode
from daybridge.kit.errors import Refused
from daybridge.kit.periods import Period, week_start
from daybridge.people.models import Staff
from daybridge.program.models import Room
from daybridge.scheduling import weeks
from daybridge.scheduling.actions.drafting import keep_lines, pose
from daybridge.scheduling.models import Session, WeekDraft
from daybridge.scheduling.plan import Plan
from daybridge.scheduling.problem import Choice, Posed, windows_of
from daybridge.scheduling.rules import BOOKABLE, Service
from daybridge.scheduling.solver import Limits, Schedule

LIMITS = Limits(seconds=4, deterministic=True)
GONE = "discharge"


@dataclass(frozen=True, slots=True)
class Happening:
    """What came up: a kind of the solver's events, whom or what it is about, and from when to when."""

    kind: str
    about: UUID
    period: Period

    def to_json(self) -> dict[str, str]:
        return {
            "kind": self.kind, "about": str(self.about), "from": self.period.start.isoformat(),
            "until": self.period.end.isoformat(),
        }  # fmt: skip


def staff_away(*, staff_id: UUID, period: Period, by: Any, at: datetime) -> WeekDraft:
    """A staff member cannot come: who stands in, what is off, who moves. Nothing is in force before it is accepted.

    Raises Staff.DoesNotExist out of reach, NotAllowed, Refused when nothing of theirs is ahead in that time.
    """
    sites = by.sites_with(Permission.WEEK_PLACE)
    staff = Staff.objects.filter(site__in=sites, user__is_active=True).select_related("site").get(pk=staff_id)
    return _work_out(staff.site, Happening("staff_absence", staff.id, period), by=by, at=at)


def room_shut(*, room_id: UUID, period: Period, by: Any, at: datetime) -> WeekDraft:
    """A room cannot be used: where its sessions go. Raises Room.DoesNotExist out of reach, NotAllowed, Refused."""
    room = Room.objects.filter(site__in=by.sites_with(Permission.WEEK_PLACE)).select_related("site").get(pk=room_id)
    return _work_out(room.site, Happening("room_closed", room.id, period), by=by, at=at)


def session_off(*, session_id: UUID, by: Any, at: datetime) -> WeekDraft:
    """A session falls out: where its people go. Raises Session.DoesNotExist out of reach, NotAllowed, Refused."""
    session = Session.objects.visible_to(by).select_related("site").get(pk=session_id)
    require(by, Permission.WEEK_PLACE, session)
    if session.status not in BOOKABLE or session.starts_at < at or session.kind != Service.GROUP:
        raise Refused("Only a group that is still ahead can be called off so.")
    period = Period(session.starts_at, session.ends_at)
    return _work_out(session.site, Happening("session_cancelled", session.id, period), by=by, at=at)


def client_changed(*, episode_id: UUID, kind: str, first: date, by: Any, at: datetime) -> WeekDraft:
    """A client's week no longer fits: `kind` is availability (their time changed), admit or discharge.

    The life and the plan are read as they are written now; the week from `first` is mended around them.
    Raises Episode.DoesNotExist out of reach, NotAllowed, Refused.
    """
    episode = Episode.objects.visible_to(by).select_related("site").get(pk=episode_id)
    require(by, Permission.WEEK_PLACE, episode)
    period = weeks.period_of(episode.site, first)
    return _work_out(episode.site, Happening(kind, episode.id, period), by=by, at=at)


def _work_out(site: Site, what: Happening, *, by: Any, at: datetime) -> WeekDraft:
    """Pose the week the happening begins in, mend it, keep the proposal. The solver runs before anything is locked."""
    require(by, Permission.WEEK_PLACE, site)
    begins = max(what.period.start, at)
    if begins >= what.period.end:
        raise Refused("That time is over.")
    first = week_start(begins.astimezone(weeks.zone_of(site)).date(), site.first_weekday)
    posed = pose(site, first, at, Choice.WIDE)
    return _keep(posed, what, _mend(posed, what), by=by, at=at)


def _mend(posed: Posed, what: Happening) -> list[tuple[Plan, dict[str, Any]]]:
    """The repair, and where it touches other people the one that touches nobody else, each with its figures."""
    from daybridge.scheduling.solver.mending.events import event_from_json
    from daybridge.scheduling.solver.mending.repair import repair

    if what.kind == GONE and not _is_known(posed, what):
        raise Refused("This person has nothing ahead this week.")
    event, now = event_from_json(_event(posed, what))
    found = repair(posed.problem, posed.now, event, now, LIMITS)
    figures = {
        "others": found.others, "short": [[one.client, one.minutes, one.days] for one in found.short],
        "unkept": len(found.unkept), "seconds": round(found.seconds, 1),
    }  # fmt: skip
    out = [(_plan(posed, what, found.schedule), figures)]
    if found.untouched is not None:
        out.append((_plan(posed, what, found.untouched), {"others": 0, "is_alternative": True}))
    return out


def _is_known(posed: Posed, what: Happening) -> bool:
    return any(client.id == str(what.about) for client in posed.problem.clients)


def _event(posed: Posed, what: Happening) -> dict[str, Any]:
    """The happening as the solver's JSON."""
    now, about = list(posed.cut), str(what.about)
    if what.kind in ("staff_absence", "room_closed"):
        subject = "staff" if what.kind == "staff_absence" else "room"
        windows = windows_of(posed.week, what.period)
        return {"kind": what.kind, "now": now, subject: about, "windows": windows}
    if what.kind == "session_cancelled":
        return {"kind": what.kind, "now": now, "session": about}
    return _event_of_client(posed, what)


def _event_of_client(posed: Posed, what: Happening) -> dict[str, Any]:
    now, about = list(posed.cut), str(what.about)
    if not _is_known(posed, what):
        raise Refused("Before the week is mended, the client needs a track and a signed plan.")
    if what.kind == "availability":
        client = next(one for one in posed.problem.clients if one.id == about)
        return {"kind": what.kind, "now": now, "client": about, "windows": [list(one) for one in client.windows]}
    return {"kind": what.kind, "now": now, "client": about}


def _plan(posed: Posed, what: Happening, schedule: Schedule) -> Plan:
    """The mended week as a plan: only people and sessions that change, and the groups that are off."""
    plan = posed.plan(schedule)
    now = posed.plan(posed.now)
    lines = {who: line for who, line in plan.lines.items() if line != now.lines.get(who)}
    ran, had = {UUID(run.id) for run in schedule.sessions}, {UUID(run.id) for run in posed.now.sessions}
    off = {one for one in had - ran if posed.week.sessions[one].starts_at >= posed.at}
    off |= {one.id for one in _lost(posed, what) if one.id not in ran}
    return Plan(lines, plan.places, frozenset(off))


def _lost(posed: Posed, what: Happening) -> list[Session]:
    """Groups without anybody in them that lose their lead or room, or are called off."""
    return [
        one for one in posed.week.sessions.values()
        if one.kind == Service.GROUP and one.starts_at >= posed.at and one.status in BOOKABLE
        and what.about in (one.id, one.lead_id, one.room_id)
        and one.starts_at < what.period.end and what.period.start < one.ends_at
    ]  # fmt: skip


@transaction.atomic
def _keep(
    posed: Posed, what: Happening, found: list[tuple[Plan, dict[str, Any]]], *, by: Any, at: datetime
) -> WeekDraft:
    """The proposal, and its alternative beside it; each knows the other."""
    drafts = [
        WeekDraft.objects.create(
            site=posed.week.site, first=posed.week.first, kind="repair", state="open",
            based_on=posed.week.fingerprint(), event=what.to_json(), plan=plan.sessions_json(), figures=figures,
            asked_by=by if isinstance(by, User) else None, asked_at=at,
        )
        for plan, figures in found
    ]  # fmt: skip
    for draft, other, (plan, _figures) in zip(drafts, reversed(drafts), found, strict=True):
        if other is not draft:
            draft.figures = {**draft.figures, "other": str(other.pk)}
            draft.save(update_fields=["figures"])
        with rowlock.as_system("a repair is kept for everybody it touches"):
            keep_lines(draft, posed, plan)
    ledger.record("week.repair", drafts[0], by=by, at=at, first=drafts[0].first, kind=what.kind)
    return drafts[0]
