"""The worker's part: pose the week, change it, solve both, keep what came of it."""

from dataclasses import asdict, replace
from typing import Any

from django.utils import timezone

from daybridge.access import rowlock
from daybridge.access.models import Site
from daybridge.jobs import actions as jobs
from daybridge.jobs.models import Job
from daybridge.kit.errors import Refused
from daybridge.plans import rules as plan_rules
from daybridge.scheduling import solver
from daybridge.scheduling.placing import SITE
from daybridge.scheduling.problem import Posed
from daybridge.scheduling.solver import model
from daybridge.scheduling.thinking.answers import Answer, Question, keep
from daybridge.scheduling.thinking.posing import pose

AT_THE_DESK = solver.Limits(seconds=8)
BLOCK = 90  # minutes of each of the two groups of a block
SIZE = 12


@rowlock.as_system("a change is thought through with everybody; only counts come of it")
def answer(job: Job) -> None:
    """Answer the question in the job's arguments. Answering it again gives the same counts."""
    question = Question.of([str(one) for one in job.arguments])
    jobs.progress(job_id=job.pk, done=1, total=3)
    posed = pose(Site.objects.get(pk=question.site_id), question.first, timezone.now())
    if not posed.problem.clients:
        raise Refused("Nobody in care has a track and a signed plan, so there is nothing to compare.")
    jobs.progress(job_id=job.pk, done=2, total=3)
    found = _FOUND.get(question.kind, _compared)(_open(posed.problem), posed, question)
    keep(job.pk, Answer(question, found))
    jobs.progress(job_id=job.pk, done=3, total=3)


def _open(problem: model.Problem) -> model.Problem:
    """The site's doors open whenever the program could be."""
    hours = tuple(model.Window(*one) for one in plan_rules.open_hours())
    return replace(problem, sites=tuple(replace(one, open=hours) for one in problem.sites))


def _compared(problem: model.Problem, posed: Posed, question: Question) -> dict[str, Any]:
    change = solver.change_from_json(_change(problem, posed, question))
    made = solver.compare(problem, posed.now, change, AT_THE_DESK)
    return {"before": asdict(made.before), "after": asdict(made.after)}


def _change(problem: model.Problem, posed: Posed, question: Question) -> dict[str, Any]:
    if question.kind == "room":
        return {"kind": "add_room", "site": SITE, "capacity": int(question.about)}
    if question.kind == "counselor":
        return {"kind": "add_counselor", "site": SITE, "like": question.about}
    if question.kind == "admissions":
        return {"kind": "more_clients", "percent": int(question.about), "site": SITE}
    if question.kind == "close":
        return {"kind": "close_site", "site": SITE}
    return {"kind": "add_block", "block": {"sessions": _block(problem, posed, question)}}


def _leads(problem: model.Problem) -> list[str]:
    return sorted({staff for one in problem.sessions for staff in one.staff_options})


def _block(problem: model.Problem, posed: Posed, question: Question) -> list[dict[str, Any]]:
    """Two groups in a row for a track, of the kinds it has, led by whoever leads such groups, in any group room."""
    mine = [one for one in problem.sessions if one.population == question.about]
    if not mine:
        raise Refused("This track has no groups this week, so nobody knows what a block of it would hold.")
    topics = list(dict.fromkeys(one.topic for one in mine))[:2]
    leads = _leads(problem)
    rooms = [str(room.id) for room in posed.week.rooms if not room.is_office]
    day = (question.day - posed.week.first.weekday()) % 7
    return [
        {
            "id": f"+block-{number}", "site": SITE, "topic": topics[number % len(topics)], "day": day,
            "start": question.minute + number * BLOCK, "minutes": BLOCK, "population": question.about,
            "language": "all", "min_size": 2, "max_size": SIZE, "max_per_facilitator": SIZE, "ideal_size": SIZE,
            "staff_options": leads, "room_options": rooms, "planned": False,
        }
        for number in range(2)
    ]  # fmt: skip


def _ideas(problem: model.Problem, posed: Posed, question: Question) -> dict[str, Any]:
    found = solver.what_if(problem, posed.now, max_results=6)
    ids = {question.about} if question.about else set()
    return {"ideas": [_idea(one) for one in found if not ids or ids & set(one.newly_reached)]}


def _idea(one: solver.Relaxation) -> dict[str, Any]:
    params = {key: value for key, value in one.params.items() if key != "sessions"}
    topics = [row["topic"] if isinstance(row, dict) else row for row in one.params.get("sessions", ())]
    return {
        "code": one.code, "params": params | {"topics": topics}, "people": len(one.newly_reached),
        "minutes": one.facilitator_minutes,
    }  # fmt: skip


def _why(problem: model.Problem, posed: Posed, question: Question) -> dict[str, Any]:
    """Why one person's hours are short, and what of the things that help most would help this one."""
    if question.about not in {one.id for one in problem.clients}:
        raise Refused("This client has no track or no signed plan.")
    told = asdict(solver.explain_client(problem, posed.now, question.about))
    return {"why": told} | _ideas(problem, posed, question)


_FOUND = {"ideas": _ideas, "why": _why}
