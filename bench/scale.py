"""A program of many clients, as rows: most discharged, about 3 in 100 in care, one site for every 60 of these.

Sites, staff, tracks, groups and weeks are set up by the actions their people would use; clients, whose number is the
point, are written in bulk. Only the benchmarks may do that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from daybridge.access.actions import demo, founding
from daybridge.access.gates import COMMAND_LINE
from daybridge.access.models import Site, User
from daybridge.access.rules import Role
from daybridge.admissions.models import ContactAttempt, PacketItem, Referral, ReferralEvent
from daybridge.attendance.models import RollLine
from daybridge.consent.models import Consent
from daybridge.episodes.models import Episode, EpisodeEvent
from daybridge.kit.periods import week_start
from daybridge.people import actions as people
from daybridge.people.models import CareTeamMember, Client, Phone, RecordCounter, Staff
from daybridge.people.rules import Post, name_key, record_number
from daybridge.plans.models import Goal, Mix, Objective, TreatmentPlan
from daybridge.program import actions as program
from daybridge.program.models import Enrollment, Track
from daybridge.program.rules import NewGroup, NewRoom, NewTopic, NewTrack
from daybridge.scheduling import actions as scheduling
from daybridge.scheduling.models import Booking, Session

ZONE = "America/New_York"
IN_CARE, CARE_PER_SITE, WAITING_PER_SITE, WEEKS = 0.03, 60, 40, 4
GIVEN = ("Ada", "Ben", "Cleo", "Dario", "Edda", "Femi", "Gus", "Hana", "Ivo", "Juno", "Kaia", "Lev", "Mina", "Nils")
FAMILY = ("Abara", "Brook", "Castell", "Dunne", "Ekholm", "Farrow", "Gale", "Hidalgo", "Imai", "Jarvis", "Kovac")
OPEN = ("received", "contacted", "screened", "assessed", "decided", "waitlisted")
CLOSED = ("elsewhere", "declined", "unreachable")
TEAM = (
    (Role.INTAKE, 1, ""), (Role.COUNSELOR, 6, "LCSW"), (Role.NURSE, 1, "RN"), (Role.FRONT_DESK, 1, ""),
)  # fmt: skip


@dataclass
class House:
    """One site with its people and tracks."""

    site: Site
    staff: dict[Role, list[Staff]] = field(default_factory=dict)
    tracks: list[Track] = field(default_factory=list)


def fill(clients: int, now: datetime) -> list[House]:
    """Found the program and write `clients` records; the houses, the fullest first."""
    rng = Random(clients)
    first = week_start(now.astimezone(ZoneInfo(ZONE)).date())
    houses = list(_houses(max(1, round(clients * IN_CARE / CARE_PER_SITE)), first - timedelta(weeks=WEEKS), now))
    RecordCounter.objects.update_or_create(pk=1, defaults={"last": clients})
    for number, house in enumerate(houses):
        numbers = range(number, clients, len(houses))
        _people(house, list(numbers), first, now, rng)
    return houses


def _houses(count: int, since: date, now: datetime) -> Iterator[House]:
    demo.found_demo_program(name="Harbor Recovery", timezone=ZONE, at=now)
    topic = None
    for number in range(count):
        site = founding.open_site(name=f"Site {number + 1}", timezone=ZONE, by=COMMAND_LINE, at=now)
        director = _account(f"Director {number + 1}", site, Role.DIRECTOR, now)
        topic = topic or program.found_topic(topic=NewTopic("Relapse Prevention", "skills", 90), by=director, at=now)
        house = House(site)
        for role, many, credential in TEAM:
            house.staff[role] = [
                _employ(f"{role} {number + 1}-{one + 1}", house, (role, credential), director, now)
                for one in range(many)
            ]
        _tracks(house, topic, since, director, now)
        for week in range(WEEKS + 2):
            scheduling.lay_week(site_id=site.id, first=since + timedelta(weeks=week), by=director, at=now)
        yield house


def _account(name: str, site: Site, role: Role, now: datetime) -> User:
    email = f"{name.lower().replace(' ', '.')}@demo.invalid"
    user = demo.add_demo_account(name=name.title(), email=email, site_id=site.id, role=role, at=now)
    return User.objects.get(pk=user.pk)


def _employ(name: str, house: House, job: tuple[Role, str], director: User, now: datetime) -> Staff:
    user = _account(name, house.site, job[0], now)
    post = Post(title=job[0].title(), credential=job[1], hours=tuple((day, 480, 1260) for day in range(7)))
    return people.employ(user_id=user.id, site_id=house.site.id, post=post, by=director, at=now)


def _tracks(house: House, topic, since: date, director: User, now: datetime) -> None:
    """Six tracks of twelve seats, three days each, in rooms of their own."""
    for number, lead in enumerate(house.staff[Role.COUNSELOR]):
        part = "day" if number % 2 else "evening"
        new = NewTrack(name=f"Track {number + 1}", part_of_day=part, seats=12)
        track = program.found_track(site_id=house.site.id, track=new, by=director, at=now)
        room = program.found_room(site_id=house.site.id, room=NewRoom(f"Room {number + 1}", 12), by=director, at=now)
        for weekday in (0, 1, 3):
            for start in (540, 630) if part == "day" else (1050, 1140):
                group = NewGroup(
                    topic_id=topic.id, room_id=room.id, lead_id=lead.id, weekday=weekday, start_minute=start,
                    minutes=90, since=since,
                )  # fmt: skip
                program.found_weekly_group(track_id=track.id, group=group, by=director, at=now)
        house.tracks.append(track)


def _people(house: House, numbers: list[int], first: date, now: datetime, rng: Random) -> None:
    clients = [_client(house, number, now, rng) for number in numbers]
    Client.objects.bulk_create(clients, batch_size=1000)
    Phone.objects.bulk_create(
        (Phone(client=one, number=f"+1212555{place % 10000:04}") for place, one in enumerate(clients)), batch_size=1000
    )
    in_care = max(6, round(len(clients) * IN_CARE))
    active, waiting = clients[:in_care], clients[in_care : in_care + WAITING_PER_SITE]
    _in_care(house, active, first, now, rng)
    _gone(house, clients[in_care + WAITING_PER_SITE :], now, rng)
    _referred(house, waiting, OPEN, now, 12)


def _client(house: House, number: int, now: datetime, rng: Random) -> Client:
    given, family = rng.choice(GIVEN), f"{rng.choice(FAMILY)}-{rng.choice(FAMILY)}"
    return Client(
        site=house.site, given_name=given, family_name=family, name_key=name_key(given, family), sex="unknown",
        birth_date=date(1950 + number % 55, 1 + number % 12, 1 + number % 28), languages=["en"],
        record_number=record_number(number + 1), created_at=now - timedelta(days=number % 900),
    )  # fmt: skip


def _referred(house: House, clients: list[Client], states: tuple[str, ...], now: datetime, within: int) -> None:
    """A referral each, with what a packet brought and how it moved."""
    owner, referrals = house.staff[Role.INTAKE][0], []
    for place, client in enumerate(clients):
        called = now - timedelta(hours=1 + place * within * 24 // max(1, len(clients)))
        referrals.append(Referral(
            site=house.site, client=client, state=states[place % len(states)], source="packet", owner=owner,
            concern="Asks for help with drinking; works days.", first_call_at=called, state_since=called,
        ))  # fmt: skip
    Referral.objects.bulk_create(referrals, batch_size=1000)
    items = (("condition", "Alcoholism", "substance-use"), ("medication", "Naltrexone 50 MG Oral Tablet", ""))
    PacketItem.objects.bulk_create(
        (PacketItem(referral=one, kind=kind, text=text, category=category) for one in referrals
         for kind, text, category in items), batch_size=1000,
    )  # fmt: skip
    steps = ("received", "contacted", "screened")
    ReferralEvent.objects.bulk_create(
        (ReferralEvent(referral=one, was=was, now=to, by=owner.user.actor, at=one.first_call_at)
         for one in referrals for was, to in zip(("", *steps), steps, strict=False)), batch_size=1000,
    )  # fmt: skip
    ContactAttempt.objects.bulk_create(
        (ContactAttempt(referral=one, result="reached", by=owner.user.actor, at=one.first_call_at)
         for one in referrals), batch_size=1000,
    )  # fmt: skip


def _gone(house: House, clients: list[Client], now: datetime, rng: Random) -> None:
    """Three in four were in care and are discharged; the others never began."""
    treated = [one for place, one in enumerate(clients) if place % 4]
    _referred(house, treated, ("admitted",), now - timedelta(days=120), 800)
    _referred(house, [one for place, one in enumerate(clients) if not place % 4], CLOSED, now - timedelta(days=30), 800)
    episodes = []
    for client in treated:
        began = now.date() - timedelta(days=100 + rng.randrange(800))
        ended = began + timedelta(days=70)
        episodes.append(Episode(
            client=client, site=house.site, level="2.1", status="discharged", admitted_on=began, ended_on=ended
        ))  # fmt: skip
    Episode.objects.bulk_create(episodes, batch_size=1000)
    by = house.staff[Role.INTAKE][0].user.actor
    EpisodeEvent.objects.bulk_create(
        (EpisodeEvent(episode=one, now=state, by=by, at=datetime.combine(day, time(15), now.tzinfo)) for one in episodes
         for state, day in (("active", one.admitted_on), ("discharged", one.ended_on))), batch_size=1000,
    )  # fmt: skip


def _in_care(house: House, clients: list[Client], first: date, now: datetime, rng: Random) -> None:
    """Consents, an episode, a counselor, a track, a signed plan, and four weeks of groups."""
    _referred(house, clients, ("admitted",), now - timedelta(days=20), 60)
    began = first - timedelta(weeks=WEEKS)
    episodes = [
        Episode(client=one, site=house.site, level="2.1", status="active", admitted_on=began) for one in clients
    ]
    Episode.objects.bulk_create(episodes)
    counselors = house.staff[Role.COUNSELOR]
    by = counselors[0].user
    Consent.objects.bulk_create(_consents(clients, by, now))
    CareTeamMember.objects.bulk_create(
        CareTeamMember(
            client=one, staff=counselors[place % len(counselors)], role="primary counselor", since=began
        ) for place, one in enumerate(clients)
    )  # fmt: skip
    Enrollment.objects.bulk_create(
        Enrollment(episode=one, track=house.tracks[place % len(house.tracks)], since=began)
        for place, one in enumerate(episodes)
    )
    _plans(episodes, by, now)
    _weeks(house, episodes, now, rng)


def _consents(clients: Iterable[Client], by: User, now: datetime) -> Iterator[Consent]:
    for one in clients:
        for kind in ("treatment", "part2-tpo"):
            yield Consent(
                client=one, kind=kind, form=f"{kind}@2026.1", language="en", text="# Consent", text_hash="0" * 64,
                status="active", signed_at=now - timedelta(days=25), signer_name=one.name, signer_relation="self",
                signature_kind="typed", signature=one.name, witness=by,
            )  # fmt: skip


def _plans(episodes: list[Episode], by: User, now: datetime) -> None:
    plans = [
        TreatmentPlan(
            episode=one, number=1, status="active", weekly_minutes=540, rulebook="plans@2026.1", written_by=by,
            signed_by=by, signed_at=now - timedelta(days=24),
        ) for one in episodes
    ]  # fmt: skip
    TreatmentPlan.objects.bulk_create(plans)
    mix = (("group", 480), ("individual", 60))
    Mix.objects.bulk_create(Mix(plan=plan, kind=kind, minutes=many) for plan in plans for kind, many in mix)
    goals = [Goal(plan=plan, place=1, words="I want my evenings back.", short="Evenings back") for plan in plans]
    Goal.objects.bulk_create(goals)
    Objective.objects.bulk_create(Objective(goal=goal, place=1, text="Seven sober evenings in a row") for goal in goals)


def _weeks(house: House, episodes: list[Episode], now: datetime, rng: Random) -> None:
    """Seats in every session of one's track; the past ones held, with a roll that has trouble in it."""
    by_track: dict[object, list[Episode]] = {}
    for place, one in enumerate(episodes):
        by_track.setdefault(house.tracks[place % len(house.tracks)].id, []).append(one)
    sessions = list(Session.objects.filter(site=house.site))
    seats = [(session, one) for session in sessions for one in by_track.get(session.track_id, [])]
    Booking.objects.bulk_create(
        (Booking(session=session, episode=one, booked_at=now - timedelta(days=24)) for session, one in seats),
        batch_size=1000,
    )
    over = [session for session in sessions if session.ends_at < now]
    kept = {max(over, key=lambda one: one.starts_at).id} if over else set()  # stays planned: its roll is opened
    held = {session.id for session in over} - kept
    Session.objects.filter(id__in=held).update(status="documented")
    RollLine.objects.bulk_create(
        (_line(session, one, rng) for session, one in seats if session.id in held), batch_size=1000
    )


def _line(session: Session, episode: Episode, rng: Random) -> RollLine:
    if rng.random() < 0.12:
        return RollLine(session=session, episode=episode, mark="no-show")
    late = timedelta(minutes=rng.choice((0, 0, 0, 15)))
    minutes = session.minutes - int(late.total_seconds() // 60)
    return RollLine(
        session=session, episode=episode, mark="present", arrived_at=session.starts_at + late, credited_minutes=minutes
    )
