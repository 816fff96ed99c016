"""The week in care: laid, placed, held, noted; and people moving on when their weeks are done."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from daybridge.access.rules import Role
from daybridge.attendance import actions as attendance
from daybridge.attendance.models import RollLine
from daybridge.attendance.rules import Detail, Mark
from daybridge.episodes import actions as episodes
from daybridge.episodes.models import Episode
from daybridge.episodes.rules import EpisodeState
from daybridge.kit.periods import local_instant, week_period
from daybridge.notes import actions as notes
from daybridge.notes.rules import LineWords, NoteWords
from daybridge.plans.models import Goal
from daybridge.scheduling import actions as scheduling
from daybridge.scheduling.models import Session
from daybridge.scheduling.rules import SessionState
from daybridge.simulation.stage import LOCAL, Stage
from daybridge.simulation.words import EXCUSES, own_words, shared_words


def begin(stage: Stage, site: str) -> None:
    """Early on the first day of the week: leavers go, who came late is placed, the coming week is worked out whole."""
    _let_go(stage, site)
    place, director = stage.world.sites[site], stage.world.users["Dana Whitfield"]
    scheduling.lay_week(site_id=place.id, first=stage.today, by=director, at=stage.now)
    scheduling.place_all(site_id=place.id, first=stage.today, by=director, at=stage.now)
    scheduling.solve_week(site_id=place.id, first=stage.today + timedelta(days=7), by=director, at=stage.now)
    scheduling.lay_week(site_id=place.id, first=stage.today + timedelta(days=14), by=director, at=stage.now)
    stage.clock.at(stage.now + timedelta(days=7), partial(begin, stage, site))
    for day in range(5):
        morning = local_instant(stage.today + timedelta(days=day), 7 * 60, LOCAL)
        stage.clock.at(morning, partial(come_up, stage, site))


def come_up(stage: Stage, site: str) -> None:
    """Each of the day's sessions will be held when its time comes."""
    today = week_period(stage.today, LOCAL)
    rows = Session.objects.filter(
        site=stage.world.sites[site], status=SessionState.PLANNED, starts_at__gte=today.start,
        starts_at__lt=today.start + timedelta(days=1), bookings__status="booked",
    )  # fmt: skip
    for session in rows.distinct().order_by("starts_at", "room__name").select_related("lead__user"):
        stage.clock.at(session.starts_at - timedelta(minutes=10), partial(check_in, stage, session.id))


def check_in(stage: Stage, session_id: UUID) -> None:
    """The roll opens; people come on time, late, by video, or not."""
    session = Session.objects.select_related("lead__user").get(pk=session_id)
    if session.status != SessionState.PLANNED or not session.bookings.filter(status="booked").exists():
        return
    lead = session.lead.user
    attendance.open_roll(session_id=session.id, by=lead, at=stage.now)
    lines = RollLine.objects.filter(session=session).select_related("episode__client")
    for line in sorted(lines, key=lambda line: line.episode.client.record_number):
        stage.clock.at(*_arrival(stage, line, session))
    stage.clock.at(session.ends_at + timedelta(minutes=2), partial(close, stage, session.id))


def _arrival(stage: Stage, line: RollLine, session: Session):
    traveler = stage.by_episode.get(line.episode_id)
    reliability, chance = (traveler.who.reliability if traveler else 0.9), stage.rng.random()
    late, excuse = stage.rng.randrange(11, 40), stage.rng.choice(EXCUSES)
    detail = Detail(is_online=stage.rng.random() < 0.05)
    if chance < reliability * 0.92:
        return session.starts_at - timedelta(minutes=stage.rng.randrange(1, 9)), partial(
            _mark, stage, line.id, Mark.PRESENT, detail
        )
    if chance < reliability:
        return session.starts_at + timedelta(minutes=late), partial(_mark, stage, line.id, Mark.PRESENT, detail)
    if chance < reliability + (1 - reliability) * 0.4:
        return session.starts_at, partial(_mark, stage, line.id, Mark.EXCUSED, Detail(reason=excuse))
    return session.ends_at + timedelta(minutes=1), partial(_mark, stage, line.id, Mark.NO_SHOW, Detail())


def _mark(stage: Stage, line_id: UUID, to: Mark, detail: Detail) -> None:
    lead = RollLine.objects.select_related("session__lead__user").get(pk=line_id).session.lead.user
    attendance.mark(line_id=line_id, to=to, by=lead, at=stage.now, detail=detail)
    stage.tally(str(to))


def close(stage: Stage, session_id: UUID) -> None:
    """The group ends; the note is written soon after, most of the time."""
    session = Session.objects.select_related("lead__user").get(pk=session_id)
    attendance.close_roll(session_id=session.id, by=session.lead.user, at=stage.now)
    stage.tally("sessions")
    wait = timedelta(minutes=stage.rng.choice((15, 30, 60, 180, 20 * 60)))
    stage.clock.at(stage.now + wait, partial(write, stage, session.id))


def write(stage: Stage, session_id: UUID) -> None:
    """One note for the group with a line for each person who was there."""
    session = Session.objects.select_related("lead__user").get(pk=session_id)
    lines = RollLine.objects.filter(session=session, mark__in=[Mark.PRESENT, Mark.LEFT])
    people = sorted(lines.select_related("episode__client"), key=lambda line: line.episode.client.record_number)
    if not people:
        return
    words = NoteWords(
        what_we_did=shared_words(session.title, stage.rng), practice="Make one call before you need it.",
        lines=tuple(_line(stage, line.episode) for line in people), version=0, topic=session.title,
    )  # fmt: skip
    lead = session.lead.user
    notes.save(session_id=session.id, words=words, by=lead, at=stage.now)
    stage.clock.at(stage.now + timedelta(minutes=stage.rng.choice((5, 10, 240))), partial(_sign, stage, session.id))


def _line(stage: Stage, episode: Episode) -> LineWords:
    goals = Goal.objects.filter(plan__episode=episode, plan__status="active").order_by("place")
    goal = stage.rng.choice(list(goals)) if goals else None
    part = stage.rng.choices(("quiet", "took-part", "led"), (2, 6, 2))[0]
    response = stage.rng.choices(("open", "mixed", "tense"), (6, 3, 1))[0]
    return LineWords(episode.id, part, response, own_words(stage.rng), goal.id if goal else None)


def _sign(stage: Stage, session_id: UUID) -> None:
    lead = Session.objects.select_related("lead__user").get(pk=session_id).lead.user
    notes.sign(session_id=session_id, by=lead, at=stage.now)
    stage.tally("notes")


def _let_go(stage: Stage, site: str) -> None:
    """Whoever has done their weeks is discharged; the room's later acts add the handover."""
    ids = sorted(stage.by_episode, key=lambda one: stage.by_episode[one].who.number)
    for episode_id in ids:
        traveler = stage.by_episode[episode_id]
        episode = Episode.objects.get(pk=episode_id)
        if traveler.site == site and _weeks(episode, stage.now) >= traveler.who.stay_weeks:
            by = stage.someone(traveler, Role.DIRECTOR)
            reason = "completed; steps down to weekly visits"
            episodes.move(episode_id=episode_id, to=EpisodeState.DISCHARGED, reason=reason, by=by, at=stage.now)
            del stage.by_episode[episode_id]
            stage.tally("discharged")


def _weeks(episode: Episode, now: datetime) -> int:
    return (now.date() - episode.admitted_on).days // 7
