"""Small problems for the solver's tests: one made by hand, and any number drawn by hypothesis."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from daybridge.scheduling.solver import (
    Client,
    Conflict,
    Lunch,
    MixLine,
    Problem,
    Requirement,
    Room,
    Schedule,
    Session,
    SessionRun,
    Site,
    Staff,
    Topic,
    Window,
)

DAYS = (0, 2, 4)
MIX = (MixLine("process", 1, 4), MixLine("skills", 1, 4))


def session(number: int, topic: str, day: int, start: int, **fields: Any) -> Session:
    """A planned session of 90 minutes led by T1 in R1."""
    given = {
        "minutes": 90, "population": "adult", "language": "en", "min_size": 2, "max_size": 12,
        "max_per_facilitator": 12, "ideal_size": 8, "staff_options": ("T1",), "room_options": ("R1",),
    }  # fmt: skip
    return Session(id=f"S{number}", site="X", topic=topic, day=day, start=start, **(given | fields))


def client(number: int, **fields: Any) -> Client:
    """An adult with nine prescribed hours, free in the day on Monday, Wednesday and Friday."""
    given: dict[str, Any] = {
        "languages": ("en",), "windows": tuple(Window(day, 540, 900) for day in DAYS), "target_minutes": 540,
        "max_minutes": 1185, "days_min": 3, "days_max": 4, "days_pref": 3, "max_minutes_day": 300,
        "per_diem_minutes": 180, "mix": MIX, "population": "adult", "gender": "F", "track": "day",
    }  # fmt: skip
    return Client(id=f"C{number}", site="X", **(given | fields))


def individual(**fields: Any) -> Requirement:
    """An individual hour with T2 that counts."""
    given: dict[str, Any] = {"minutes": 60, "staff": ("T2",), "counts": True, "weight": 80}
    return Requirement(id="ind", service="individual", **(given | fields))


def week_problem(**fields: Any) -> Problem:
    """Process and skills on three mornings, four clients, two of staff, two rooms."""
    hours = tuple(Window(day, 480, 1080) for day in range(5))
    lunch = Lunch(660, 840, 30, 360)
    sessions = [session(1 + 2 * n, "process", day, 540) for n, day in enumerate(DAYS)]
    sessions += [session(2 + 2 * n, "skills", day, 630) for n, day in enumerate(DAYS)]
    given: dict[str, Any] = {
        "sites": (Site("X", hours, offices=1, udt_capacity_per_day=2),),
        "rooms": (Room("R1", "X", 12), Room("R2", "X", 6)),
        "staff": tuple(Staff(one, "X", hours, 270, 420, lunch=lunch) for one in ("T1", "T2")),
        "topics": (Topic("process", "process", 90), Topic("skills", "skills", 90), Topic("late", "skills", 90)),
        "sessions": tuple(sorted(sessions, key=lambda s: s.id)),
        "clients": tuple(client(number) for number in range(1, 5)),
    }
    return Problem(name="week", **(given | fields))


def full_week(problem: Problem) -> Schedule:
    """Everybody in every session of week_problem()."""
    everybody = tuple(c.id for c in problem.clients)
    return Schedule("week", tuple(SessionRun(s.id, "R1", ("T1",), everybody) for s in problem.sessions))


def with_client(problem: Problem, number: int, **fields: Any) -> Problem:
    """The problem with one client changed."""
    return replace(problem, clients=tuple(replace(c, **fields) if c.id == f"C{number}" else c for c in problem.clients))


def with_session(problem: Problem, number: int, **fields: Any) -> Problem:
    """The problem with one session changed."""
    return replace(
        problem, sessions=tuple(replace(s, **fields) if s.id == f"S{number}" else s for s in problem.sessions)
    )


def with_run(schedule: Schedule, number: int, **fields: Any) -> Schedule:
    """The schedule with one running session changed."""
    return replace(
        schedule, sessions=tuple(replace(r, **fields) if r.id == f"S{number}" else r for r in schedule.sessions)
    )


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    """One window on each of a few days."""
    days = sorted(draw(st.sets(st.integers(0, 4), min_size=1, max_size=5)))
    spans = [(draw(st.integers(32, 50)) * 15, draw(st.integers(12, 28)) * 15) for _ in days]
    return tuple(Window(day, start, start + length) for day, (start, length) in zip(days, spans, strict=True))


@st.composite
def drawn_sessions(draw: st.DrawFn, number: int) -> Session:
    """Any session, planned or not."""
    low = draw(st.integers(1, 3))
    return session(
        number,
        draw(st.sampled_from(["process", "skills", "late"])),
        draw(st.integers(0, 4)),
        draw(st.sampled_from([480, 540, 585, 630, 675, 720])),
        minutes=draw(st.sampled_from([60, 90])),
        language=draw(st.sampled_from(["en", "en", "es"])),
        gender=draw(st.sampled_from([None, None, "F"])),
        min_size=low,
        max_size=low + draw(st.integers(0, 3)),
        ideal_size=2,
        staff_options=draw(st.sampled_from([("T1",), ("T2",), ("T1", "T2")])),
        room_options=draw(st.sampled_from([("R1",), ("R1", "R2")])),
        planned=draw(st.booleans()),
        must_run=draw(st.sampled_from([None, None, True])),
    )


@st.composite
def drawn_clients(draw: st.DrawFn, number: int) -> Client:
    """Any client."""
    medication = Requirement(
        "med", "medication", 15, ("T1",), counts=False, weight=60, windows=draw(st.none() | windows())
    )
    ind = individual(grid=30, staff=("T1", "T2"), preferred="T2", mandatory=draw(st.booleans()))
    return client(
        number,
        windows=draw(windows()),
        pref_windows=draw(st.none() | windows()),
        languages=draw(st.sampled_from([("en",), ("en", "es")])),
        gender=draw(st.sampled_from(["F", "M"])),
        target_minutes=draw(st.sampled_from([180, 360, 540])),
        days_min=draw(st.integers(1, 2)),
        days_max=draw(st.integers(2, 4)),
        per_diem_minutes=draw(st.sampled_from([0, 120, 180])),
        priority=draw(st.integers(1, 3)),
        waitlist=draw(st.booleans()),
        must_reach=draw(st.booleans()),
        completed_topics=draw(st.sampled_from([(), ("process",)])),
        udt=draw(st.integers(0, 2)),
        requirements=draw(st.sampled_from([(), (ind,), (ind, medication)])),
        last_week_sessions=draw(st.sampled_from([(), ("S1",), ("S2", "S3")])),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Any small problem that validates."""
    topics = (Topic("process", "process", 90), Topic("skills", "skills", 90))
    kinds = st.sampled_from(["same_session", "same_part"])
    return week_problem(
        topics=(*topics, Topic("late", "skills", 90, prerequisites=("process",))),
        sessions=tuple(draw(drawn_sessions(n)) for n in range(1, draw(st.integers(4, 12)))),
        clients=tuple(draw(drawn_clients(n)) for n in range(1, draw(st.integers(4, 8)))),
        conflicts=draw(st.sampled_from([(), (Conflict("C1", "C2", draw(kinds)),)])),
    )
