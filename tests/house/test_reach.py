"""Every route x every role x whose record: one's own, another team's, another site's, a hidden one, nobody's.

The expectation is read off the signed table (REACH); the answers are asked of the real pages. docs/reach.md is made
from the answers. What is out of reach must answer exactly as what does not exist.
"""

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction

from daybridge.access.rules import GRANTS, PURPOSE_OF, REACH, ROLES, Permission, Reach, Role
from daybridge.access.tests import factories as access
from daybridge.admissions.models import PossibleMatch
from daybridge.admissions.tests import factories as admissions
from daybridge.attendance.tests import factories as attendance
from daybridge.consent.tests import factories as consents
from daybridge.episodes.tests import factories as episodes
from daybridge.level_of_care.tests import factories as level_of_care
from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.portal.tests import factories as portal
from daybridge.rights.tests import factories as rights
from daybridge.scheduling.tests import factories as scheduling
from tests.house.test_doors import ours

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reach.md"
WORLDS = ("own", "theirs", "far", "hidden", "none")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
NOBODY = UUID("00000000-0000-7000-8000-000000000000")
# Routes whose arguments name no client's record, with what they name.
OTHER = {
    "token", "job_id", "user_id", "invitation_id", "hold_id", "period_id", "purge_id", "breach_id", "person_id",
    "group_id", "figure_hash", "hidden_id", "glass_id", "letter_id", "kind", "checkpoint_id", "number",
    "room_id", "staff_id", "feed_id", "track_id", "topic_id", "course_id", "lesson_id", "window_id", "closure_id",
    "entry_id", "template_id", "draft_id",
}  # fmt: skip
FIXED = {"purpose": "emergency", "form": "treatment"}
# In reach, and yet not there: the record is not in the state the page is about, or the form names no such thing.
# Sessions, rolls and notes are of a site; what they name of clients is asked of the rows (see the rooms' own tests).
MAY_BE_MISSING = {
    "admissions:packet", "attendance:mark", "consent:begin", "consent:copy_pdf", "consent:happened", "consent:revoke",
    "notes:add", "portal:end", "release:agreed", "release:given", "rights:left_list", "rights:record",
    "rights:record_files", "rights:record_pages", "scheduling:print",
}  # fmt: skip
OF_A_SITE = {"session_id"}
SECRET = re.compile(r'(value|content|nonce)="[A-Za-z0-9_-]{40,}"|[0-9a-f]{8}-[0-9a-f-]{27}')


def routes():
    """(address, name, view, arguments) of routes about clients' records."""
    for path, name, view in sorted(ours()):
        arguments = ARGUMENT.findall(path)
        if arguments and hasattr(view, "permission") and not set(arguments) & OTHER:
            yield path, name, view, arguments


def test_every_argument_of_a_route_is_known(site):
    known = set(record_of("own", site, site, {})) | OTHER | set(FIXED)
    assert {one for path, _, view in ours() for one in ARGUMENT.findall(path) if hasattr(view, "permission")} <= known


def record_of(world: str, site, at, users) -> dict[str, object]:
    """One record of every kind, of one client at `at`."""
    from datetime import UTC, datetime

    now = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
    by = access.user(Role.DIRECTOR, at)
    leader = people.staff(at)
    client = people.client(at)
    referral = admissions.referral(at, client, state="assessed")
    level_of_care.assessed(client, by=by, at=now)
    signed = consents.signed(client, "treatment", by=by, at=now)
    draft = consents.draft(client, "family", by=by, at=now)
    match = PossibleMatch.objects.create(referral=referral, client=client, facts={"agree": [], "differ": []})
    episode = episodes.episode(client)
    plan = plans.plan(episode, by)
    session = scheduling.session(leader, title=f"Group {world}")
    booking = scheduling.booking(session, episode)
    line = attendance.roll_line(session, episode)
    member = people.on_team(client, people.staff(at), role="nurse")
    for user in users.values():
        people.on_team(client, people.staff(at, user=user), role="nurse")
    made = {
        "client_id": client.pk, "referral_id": referral.pk, "consent_id": signed.pk, "match_id": match.pk,
        "episode_id": episode.pk, "plan_id": plan.pk, "session_id": session.pk, "booking_id": booking.pk,
        "line_id": line.pk, "member_id": member.pk, "document_id": people.document(client).pk,
        "request_id": rights.request(client, by=by, at=now).pk,
        "pass_id": portal.opened(client, by=by, at=now).pk, "draft": draft.pk,
        "kept_id": signed.pk, "set_aside_id": draft.pk,
    }  # fmt: skip
    if world == "hidden":
        people.hidden(client, by)
    return made


@pytest.fixture
def worlds(site, other_site, users):
    """The records of each world; on the care team of one's own client stands everybody of the site."""
    made = {
        "own": record_of("own", site, site, users), "theirs": record_of("theirs", site, site, {}),
        "far": record_of("far", site, other_site, {}), "hidden": record_of("hidden", site, site, {}),
    }  # fmt: skip
    return made | {"none": dict.fromkeys(made["own"], NOBODY)}


def expected(role: Role, permission: Permission, arguments: list[str]) -> set[str]:
    """The worlds the signed table opens."""
    if role not in GRANTS[permission]:
        return set()
    if set(arguments) & OF_A_SITE:
        return {"own", "theirs", "hidden"}
    purpose = PURPOSE_OF.get(permission)
    far = REACH[role][purpose] if purpose else Reach.OWN
    return {"own", "theirs"} if far in {Reach.SITE, Reach.PERIOD} else {"own"}


def ask(browser, path: str, name: str, world: dict[str, object]):
    """The answer to one request; what it changed is taken back."""
    values = FIXED | world
    if "draft" in path:
        values["consent_id"] = world["draft"]
    url = "/" + ARGUMENT.sub(lambda found: str(values[found[1]]), path)
    with transaction.atomic():
        answer = browser.get(url)
        if answer.status_code == 405:
            answer = browser.post(url, {})
        transaction.set_rollback(True)
    return answer.status_code, SECRET.sub("", answer.content.decode(errors="replace"))


def wrong_about(role: Role, route, answers: dict[str, tuple[int, str]]) -> list[str]:
    """What is not as the table says, for one role at one route."""
    _path, name, view, arguments = route
    opened = expected(role, view.permission, arguments)
    found = []
    for world, (status, body) in answers.items():
        same = (status, body) == answers["none"]
        if status >= 500:
            found.append(f"{role} {name} {world}: fails with {status}")
        if world not in opened and not same:
            found.append(f"{role} {name} {world}: {status}, unlike nobody's ({answers['none'][0]})")
        if world in opened and status in {403, 404} and name not in MAY_BE_MISSING:
            found.append(f"{role} {name} {world}: {status} though within reach")
    return found


@pytest.mark.slow
@pytest.mark.django_db
def test_every_route_answers_every_role_as_the_table_says(sign_in, worlds, request):
    wrong, cells = [], {}
    browsers = {role: sign_in(role) for role in Role}
    for route in routes():
        path, name, view, _arguments = route
        for role, browser in browsers.items():
            asked = WORLDS if role in GRANTS[view.permission] else ("own", "none")
            answers = {world: ask(browser, path, name, worlds[world]) for world in asked}
            wrong += wrong_about(role, route, answers)
            cells[path, role] = [world for world in asked if world != "none" and answers[world] != answers["none"]]
    if request.config.getoption("--write-docs"):
        PAGE.write_text(table(cells), encoding="utf-8")
    assert not wrong, "\n".join(wrong)
    assert PAGE.read_text(encoding="utf-8") == table(cells), "run pytest tests/house/test_reach.py --write-docs"


def table(cells: dict[tuple[str, Role], list[str]]) -> str:
    roles = [role for role in Role if any(some for (_, one), some in cells.items() if one is role)]
    lines = [
        "# Whose record each page opens", "",
        "Asked of the real pages by `tests/house/test_reach.py`: for each route and role a record of one's **own**",
        "client, of another team's (**theirs**), of another site's, a hidden one, and one that does not exist. A cell",
        "names the records that opened or took the form; for all others the answer was the same, to the letter, as for",
        "a record that does not exist. An action sent without a form may answer all alike; then the cell is empty too.",
        "Pages of a session (`session_id`) belong to a site; the clients on them are shown within reach only.", "",
        f"| address | {' | '.join(ROLES[role][0] for role in roles)} |", f"| --- |{' --- |' * len(roles)}",
    ]  # fmt: skip
    for path in dict.fromkeys(path for path, _ in cells):
        shown = (", ".join(cells[path, role]) for role in roles)
        lines.append(f"| `/{path}` | {' | '.join(shown)} |")
    return "\n".join(lines) + "\n"
