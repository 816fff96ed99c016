"""Set up the demo program through the actions its own people would use: two sites, staff, rooms, topics, groups."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daybridge.access.actions import demo, founding
from daybridge.access.gates import COMMAND_LINE
from daybridge.access.models import Site, User
from daybridge.access.rules import NO_LIMITS, Limits, Role
from daybridge.kit.periods import week_start
from daybridge.people import actions as people
from daybridge.people.models import Staff
from daybridge.people.rules import Post
from daybridge.program import actions as program
from daybridge.program.models import Track
from daybridge.program.rules import STARTER, NewGroup, NewRoom, NewTrack

ZONE = "America/New_York"
PROGRAM = "Harbor Recovery"
SITES = (
    ("Harbor Street", "12 Harbor St, Port Ellery, NY 10999", "(212) 555-0140"),
    ("Mill Pond", "4 Mill Pond Rd, Weston Falls, NY 10998", "(212) 555-0160"),
)
DAY, LATE = (8 * 60, 17 * 60), (12 * 60, 21 * 60)

# name, role, title, credential, working hours; one row a person and site
TEAM: dict[str, tuple[tuple[str, Role, str, str, tuple[int, int]], ...]] = {
    "Harbor Street": (
        ("Dana Whitfield", Role.DIRECTOR, "Program director", "LCSW", DAY),
        ("Sofia Marchetti", Role.INTAKE, "Intake coordinator", "", DAY),
        ("Priya Raman", Role.COUNSELOR, "Counselor", "LPC", DAY),
        ("Marcus Okoye", Role.COUNSELOR, "Counselor", "CADC", DAY),
        ("Linh Chen", Role.COUNSELOR, "Therapist", "LCSW", LATE),
        ("Gabriel Ortiz", Role.COUNSELOR, "Therapist", "LMFT", LATE),
        ("Amina Diallo", Role.NURSE, "Nurse", "RN", DAY),
        ("Jo Fairchild", Role.CASE_MANAGER, "Case manager", "", DAY),
        ("Anna Brandt", Role.PEER, "Peer support specialist", "CPS", LATE),
        ("Walter Pike", Role.BILLER, "Biller", "", DAY),
        ("Nora Ellis", Role.FRONT_DESK, "Front desk", "", DAY),
        ("Ruth Adeyemi", Role.PRIVACY_OFFICER, "Privacy officer", "", DAY),
        ("Theo Lindgren", Role.ADMINISTRATOR, "Administrator", "", DAY),
    ),
    "Mill Pond": (
        ("Iris Vance", Role.INTAKE, "Intake coordinator", "", DAY),
        ("Elena Castro", Role.COUNSELOR, "Counselor", "LPC", DAY),
        ("David Stein", Role.COUNSELOR, "Therapist", "PhD", DAY),
        ("Maya Hollis", Role.COUNSELOR, "Counselor", "LCSW", LATE),
        ("Paul Nakamura", Role.COUNSELOR, "Counselor", "CADC", LATE),
    ),
}
# people with limits: name, role
LIMITED = (("Noah Feld", Role.TRAINEE), ("June Calloway", Role.AUDITOR), ("Ray Sutton", Role.SUPPORT))
SUPERVISOR, AUDIT_DAYS = "Linh Chen", 400
BOTH_SITES = ("Dana Whitfield", "Amina Diallo", "Walter Pike", "Ruth Adeyemi", "Theo Lindgren")

# topics of each of the track's three days, first and second half
BLOCKS = (
    ("Process Group", "Relapse Prevention"),
    ("Recovery Education", "Emotion Skills"),
    ("Process Group", "Relapse Prevention"),
)
# name, part of day, weekdays, start, leads of the first and second half
TRACKS: dict[str, tuple[tuple[str, str, tuple[int, ...], int, tuple[str, str]], ...]] = {
    "Harbor Street": (
        ("Day track", "day", (0, 2, 4), 9 * 60, ("Priya Raman", "Marcus Okoye")),
        ("Evening track", "evening", (0, 1, 3), 17 * 60 + 30, ("Linh Chen", "Gabriel Ortiz")),
    ),
    "Mill Pond": (
        ("Day track", "day", (1, 2, 3), 9 * 60 + 30, ("Elena Castro", "David Stein")),
        ("Evening track", "evening", (0, 2, 3), 17 * 60 + 30, ("Maya Hollis", "Paul Nakamura")),
    ),
}
ROOMS = (NewRoom("Room A", 14), NewRoom("Room B", 12), NewRoom("Office 3", 3, True), NewRoom("Office 4", 3, True))


@dataclass
class World:
    """The demo program's people and places by name, so that the same seed always finds the same ones."""

    sites: dict[str, Site] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    tracks: dict[tuple[str, str], Track] = field(default_factory=dict)

    def someone(self, site: str, role: Role) -> User:
        """The first person of a role at a site; the director stands in where a site has none."""
        names = [row[0] for row in TEAM[site] if row[1] == role] or ["Dana Whitfield"]
        return self.users[names[0]]

    def counselors(self, site: str, part_of_day: str) -> list[Staff]:
        """The counselors who work when the track meets, in a fixed order."""
        hours = LATE if part_of_day == "evening" else DAY
        return [self.staff[row[0]] for row in TEAM[site] if row[1] == Role.COUNSELOR and row[4] == hours]


def found(at: datetime) -> World:
    """Found the whole demo program; raises Refused where a program exists."""
    demo.found_demo_program(name=PROGRAM, timezone=ZONE, at=at, phone=SITES[0][2])
    world = World()
    for name, address, phone in SITES:
        world.sites[name] = founding.open_site(
            name=name, timezone=ZONE, by=COMMAND_LINE, at=at, address=address, phone=phone
        )
    for site in world.sites:
        _hire(world, site, at)
    _admit_guests(world, at)
    director = world.users["Dana Whitfield"]
    topics = {topic.name: program.found_topic(topic=topic, by=director, at=at) for topic in STARTER}
    for site in world.sites:
        rooms = {
            room.name: program.found_room(site_id=world.sites[site].id, room=room, by=director, at=at) for room in ROOMS
        }
        _open_tracks(world, site, topics, rooms, at)
    return world


def _hire(world: World, site: str, at: datetime) -> None:
    for name, role, *_rest in TEAM[site]:
        email = f"{name.lower().replace(' ', '.')}@demo.invalid"
        user = demo.add_demo_account(name=name, email=email, site_id=world.sites[site].id, role=role, at=at)
        if name in BOTH_SITES:
            other = world.sites["Mill Pond"]
            demo.add_demo_account(name=name, email=email, site_id=other.id, role=role, at=at)
        world.users[name] = User.objects.get(pk=user.pk)
    for name, role, title, credential, (start, end) in TEAM[site]:
        if role in {Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}:
            continue
        languages = ("en", "es") if name in {"Gabriel Ortiz", "Elena Castro", "Sofia Marchetti"} else ("en",)
        post = Post(
            title=title, credential=credential, languages=languages, caseload_max=18,
            hours=tuple((day, start, end) for day in range(5)),
        )  # fmt: skip
        world.staff[name] = people.employ(
            user_id=world.users[name].id, site_id=world.sites[site].id, post=post,
            by=world.users["Dana Whitfield"], at=at,
        )  # fmt: skip


def _admit_guests(world: World, at: datetime) -> None:
    """Who is here for a while: a trainee under a supervisor, an outside auditor, somebody who looks after the house."""
    first, last = at.date(), at.date() + timedelta(days=AUDIT_DAYS)
    limits = {
        Role.TRAINEE: Limits(supervisor=world.users[SUPERVISOR].id, until=last),
        Role.AUDITOR: Limits(first=first, last=last, until=last),
        Role.SUPPORT: NO_LIMITS,
    }
    site = world.sites["Harbor Street"].id
    for name, role in LIMITED:
        email = f"{name.lower().replace(' ', '.')}@demo.invalid"
        world.users[name] = demo.add_demo_account(
            name=name, email=email, site_id=site, role=role, at=at, limits=limits[role]
        )


def _open_tracks(world: World, site: str, topics: dict, rooms: dict, at: datetime) -> None:
    director, since = world.users["Dana Whitfield"], week_start(at.date())
    for place, (name, part, days, start, leads) in enumerate(TRACKS[site]):
        new = NewTrack(name=name, part_of_day=part, seats=8 if part == "evening" else 12)
        track = program.found_track(site_id=world.sites[site].id, track=new, by=director, at=at)
        world.tracks[site, part] = track
        for weekday, block in zip(days, BLOCKS, strict=True):
            for half, topic in enumerate(block):
                group = NewGroup(
                    topic_id=topics[topic].id, room_id=rooms["Room A" if place else "Room B"].id,
                    lead_id=world.staff[leads[half]].id, weekday=weekday, start_minute=start + 90 * half,
                    minutes=90, since=since, max_size=12,
                )  # fmt: skip
                program.found_weekly_group(track_id=track.id, group=group, by=director, at=at)
