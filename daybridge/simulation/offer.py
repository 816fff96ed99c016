"""What the program offers and who may lead it, as it changes: days off, licenses, leave, a new track."""

from datetime import datetime, time, timedelta
from functools import partial

from daybridge.access.gates import Guest
from daybridge.access.models import User
from daybridge.kit.errors import Refused
from daybridge.kit.periods import Period, week_start
from daybridge.people import actions as people
from daybridge.people.rules import Licence, Post
from daybridge.plans import actions as plans
from daybridge.plans.rules import Busy, Life
from daybridge.portal.rules import CLIENT_MAY
from daybridge.program import actions as program
from daybridge.program.rules import NewWindow
from daybridge.scheduling import actions as scheduling
from daybridge.simulation.founding import LATE, LIMITED, SUPERVISOR, TEAM
from daybridge.simulation.stage import LOCAL, Stage, Traveler

LICENSED_DAYS, SOON = 400, {"Marcus Okoye": 24, "Elena Castro": 52}  # days left when the visitor comes
AWAY, STANDS_IN, UNWELL = "Maya Hollis", ("Marcus Okoye", "Priya Raman"), "Gabriel Ortiz"
WINDOWS = (
    NewWindow("drug-test", 0, 8 * 60, 12 * 60, 10), NewWindow("drug-test", 3, 16 * 60 + 30, 19 * 60, 12),
    NewWindow("medication-clinic", 2, 13 * 60, 16 * 60, 8),
)  # fmt: skip
NEW_TRACK, NEW_SEATS = ("co-occurring", "Co-occurring track"), 8


def begin(stage: Stage) -> None:
    """The frame of the first day; then, on the clock, what changes in it."""
    for site in stage.world.sites:
        _frame(stage, site)
    _trainee(stage)
    for days, hour, scene in ((9, 10, _leave), (5, 14, _open_track), (2, 8, _unwell), (1, 19, _shift_changes)):
        stage.clock.at(stage.before_the_visit(days, hour), partial(scene, stage))


def _director(stage: Stage) -> User:
    return stage.world.users["Dana Whitfield"]


def _frame(stage: Stage, site: str) -> None:
    """Holidays, windows, and every license with its number and its last day."""
    director, place = _director(stage), stage.world.sites[site].id
    for year in range(stage.now.year, stage.clock.end.year + 1):
        program.keep_holidays(site_id=place, year=year, by=director, at=stage.now)
    for window in WINDOWS:
        program.found_window(site_id=place, window=window, by=director, at=stage.now)
    for number, (name, _role, _title, kind, _hours) in enumerate(TEAM[site]):
        if kind:
            until = stage.clock.end.date() + timedelta(days=SOON.get(name, LICENSED_DAYS + 30 * number))
            held = Licence(
                kind=kind, number=f"NY-{48211 + 37 * number}", state="NY", issued_on=until - timedelta(days=730),
                expires_on=until,
            )  # fmt: skip
            people.hold_credential(staff_id=stage.world.staff[name].id, held=held, by=director, at=stage.now)


def _trainee(stage: Stage) -> None:
    """The trainee has hours and a supervisor; somebody is named to stand in."""
    director, name = _director(stage), LIMITED[0][0]
    post = Post(title="Counseling intern", hours=tuple((day, *LATE) for day in range(5)))
    intern = people.employ(
        user_id=stage.world.users[name].id, site_id=stage.world.sites["Harbor Street"].id, post=post, by=director,
        at=stage.now,
    )  # fmt: skip
    people.supervise(staff_id=intern.id, supervisor_id=stage.world.staff[SUPERVISOR].id, by=director, at=stage.now)
    stands_in, for_whom = (stage.world.staff[one].id for one in STANDS_IN)
    people.name_stand_in(staff_id=stands_in, stands_in_for_id=for_whom, by=director, at=stage.now)


def _leave(stage: Stage) -> None:
    """Somebody says early that they are away in the week after the visit."""
    monday = week_start(stage.clock.end.astimezone(LOCAL).date()) + timedelta(days=7)
    first = datetime.combine(monday + timedelta(days=2), time(), LOCAL)
    people.say_leave(
        staff_id=stage.world.staff[AWAY].id, starts_at=first, ends_at=first + timedelta(days=3), kind="vacation",
        by=stage.world.users[AWAY], at=stage.now,
    )  # fmt: skip


def _open_track(stage: Stage) -> None:
    """A program opened from a template, to begin in two weeks; nobody is in it yet."""
    since = week_start(stage.clock.end.astimezone(LOCAL).date()) + timedelta(days=14)
    opening = program.Opening(*NEW_TRACK, NEW_SEATS, since)
    site = stage.world.sites["Mill Pond"].id
    program.open_from_template(site_id=site, opening=opening, by=_director(stage), at=stage.now)


def _unwell(stage: Stage) -> None:
    """Somebody calls in sick in the morning; the day is mended and people are told."""
    day = Period(stage.now, stage.now.astimezone(LOCAL).replace(hour=23, minute=0))
    try:
        draft = scheduling.staff_away(
            staff_id=stage.world.staff[UNWELL].id, period=day, by=_director(stage), at=stage.now
        )
    except Refused:  # nothing of theirs that day
        return
    scheduling.publish(draft_id=draft.id, by=_director(stage), at=stage.now)
    stage.tally("mended")


def life_of(traveler: Traveler) -> Life:
    """How a persona's week looks: what stands against coming, what they would rather keep free, the way there."""
    who = traveler.who
    hard = tuple(Busy(*one) for one in who.commitments)
    soft = (Busy("worship", 2, 18 * 60, 20 * 60),) if who.number % 4 == 1 and who.works == "day" else ()
    return Life(hard, soft, (0, 20, 35)[who.number % 3], who.number % 5 != 0)


def _shift_changes(stage: Stage) -> None:
    """A parent's shift changes; they say so on the phone, and it waits for the counselor."""
    here = [one for one in stage.by_episode.values() if one.site == "Harbor Street" and one.who.works == "day"]
    if not here:
        return
    traveler = here[0]
    monday = week_start(stage.today) + timedelta(days=7)
    late = tuple(Busy("job", day, 9 * 60, 18 * 60) for day in (0, 1))
    early = tuple(Busy("job", day, 7 * 60, 15 * 60) for day in (2, 3, 4))
    guest = Guest(actor=f"client:{traveler.client}", client_id=traveler.client, permissions=CLIENT_MAY)
    plans.say_life(
        episode_id=traveler.episode, life=Life(late + early, (), 20, True), since=monday, by=guest, at=stage.now
    )
    stage.tally("lives")
