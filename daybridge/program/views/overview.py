"""The program at a glance, and what it lacks before its first client."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.program import queries
from daybridge.program.rules import Step
from daybridge.program.views import pages
from daybridge.program.words import (
    FEATURES,
    FOCUSES,
    GENDERS,
    LANGUAGES,
    MODALITIES,
    PARTS,
    POPULATIONS,
    STEPS,
    WEEKDAYS,
)


@require_GET
@requires(Permission.PROGRAM_SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """Everything the site offers, at a glance, and what it lacks before its first client."""
    page = pages.overview_of(request)
    setup = queries.setup(page=page, at=timezone.now(), by=request.user)
    today = pages.today_at(page.timezone)
    groups = [one.id for _day, rows in page.days for one in rows]
    lessons = queries.lessons(group_ids=groups, week=today)
    days = [
        (dict(WEEKDAYS)[weekday], [(row, lessons.get(row.id)) for row in rows]) for weekday, rows in page.days
    ]  # fmt: skip
    context = {
        "page": page, "days": days, "setup": setup, "steps": _steps(request, setup, page.site_id) if setup else [],
        "tabs": _tabs(page), "sections": pages.sections(request, page.site_id, "program:overview"),
        "tracks": [(one, audience_of(one)) for one in page.tracks],
        "rooms": [(one, pages.labels(FEATURES, one.features)) for one in page.rooms],
        "templates_url": pages.at("program:templates", page.site_id),
    }  # fmt: skip
    return render(request, "program/overview.html", context)


def audience_of(row: queries.TrackRow) -> str:
    """Whom a track is for, in a few words: "Evening · Adults · Women · Spanish · by video"."""
    known = (
        dict(PARTS).get(row.part_of_day, row.part_of_day), dict(POPULATIONS).get(row.population, row.population),
        dict(GENDERS).get(row.gender, "") if row.gender else "",
        dict(LANGUAGES).get(row.language, "") if row.language != "en" else "",
        dict(FOCUSES).get(row.focus, "") if row.focus else "",
        dict(MODALITIES).get(row.modality, "") if row.modality != "on-site" else "",
    )  # fmt: skip
    return " · ".join(str(words) for words in known if words)


def _tabs(page: queries.Overview) -> list[dict]:
    """A tab for each site, where there is more than one."""
    if len(page.sites) < 2:
        return []
    return [
        {"label": name, "url": pages.at("program:overview", site_id), "current": site_id == page.site_id}
        for site_id, name in page.sites
    ]


def _steps(request: HttpRequest, setup: queries.Setup, site_id: UUID) -> list[dict]:
    standing = setup.standing
    counts = {
        Step.STAFF: standing.people, Step.POSTS: standing.leads, Step.ROOMS: standing.rooms,
        Step.TOPICS: standing.topics, Step.TRACKS: standing.tracks, Step.GROUPS: standing.groups,
    }  # fmt: skip
    rows = []
    for step, state in setup.steps:
        is_open = step is not Step.STAFF or may(request.user, Permission.ACCOUNTS_MANAGE)
        more = _("%(n)d so far") % {"n": counts[step]} if state == "done" else ""
        url = pages.where(step, site_id) if is_open else ""
        rows.append({"label": STEPS[step][0], "state": state, "url": url, "more": more})
    return rows
