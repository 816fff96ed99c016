"""The program's pages: what the site offers, what it lacks, and a form for each thing to add or end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.program import actions, queries
from daybridge.program.forms import EndForm, GroupForm, RoomForm, TopicForm, TrackForm
from daybridge.program.rules import STARTER, Step
from daybridge.program.words import STEPS, WEEKDAYS
from daybridge.ui import toasts

KEPT = ("track", "room", "lead", "weekday", "max_size", "since")  # what the next group likely shares with the last


@dataclass(frozen=True, slots=True)
class Adding:
    """One page that adds something: its title, why, what is said when it is done; fields that stand side by side."""

    title: str | Promise
    why: str | Promise
    done: str | Promise
    draft: str
    beside: str


TRACK = Adding(
    gettext_lazy("Add a track"), gettext_lazy("A line of weekly groups that a client follows."),
    gettext_lazy("The track is added."), "program:track", "name seats",
)  # fmt: skip
ROOM = Adding(
    gettext_lazy("Add a room"),
    gettext_lazy("Group rooms hold groups; offices hold talks with one person or a family."),
    gettext_lazy("The room is added."), "program:room", "name seats",
)  # fmt: skip
TOPIC = Adding(
    gettext_lazy("Add a topic"), gettext_lazy("What groups are about, for all sites."),
    gettext_lazy("The topic is added."), "program:topic", "name minutes",
)  # fmt: skip
GROUP = Adding(
    gettext_lazy("Add a weekly group"), gettext_lazy("The week is laid out of the groups that meet every week."),
    gettext_lazy("The group meets every week from then on."), "program:group", " ".join(GroupForm.base_fields),
)  # fmt: skip


@require_GET
@requires(Permission.PROGRAM_SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """Everything the site offers, at a glance, and what it lacks before its first client."""
    page = _page(request)
    setup = queries.setup(page=page, at=timezone.now(), by=request.user)
    days = [(dict(WEEKDAYS)[weekday], rows) for weekday, rows in page.days]
    steps = _steps(request, setup, page.site_id) if setup else []
    context = {"page": page, "days": days, "setup": setup, "steps": steps, "tabs": _tabs(page)}
    return render(request, "program/overview.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def add_track(request: HttpRequest) -> HttpResponse:
    """Set up a track."""
    page, form = _page(request), TrackForm(_sent(request))

    def act(now: datetime) -> None:
        actions.found_track(site_id=page.site_id, track=form.track(), by=request.user, at=now)

    return _add(request, page, TRACK, form, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def add_room(request: HttpRequest) -> HttpResponse:
    """Set up a room or an office."""
    page, form = _page(request), RoomForm(_sent(request))

    def act(now: datetime) -> None:
        actions.found_room(site_id=page.site_id, room=form.room(), by=request.user, at=now)

    return _add(request, page, ROOM, form, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def add_topic(request: HttpRequest) -> HttpResponse:
    """Set up a topic, or take the starter set."""
    page = _page(request)
    form = TopicForm(_sent(request), staff=page.staff)

    def act(now: datetime) -> None:
        actions.found_topic(topic=form.topic(), by=request.user, at=now)

    return _add(request, page, TOPIC, form, act)


@require_POST
@requires(Permission.PROGRAM_WRITE)
def add_starter_topics(request: HttpRequest) -> HttpResponse:
    """Set up the topics most programs begin with."""
    page = _page(request)
    made = actions.found_starter_topics(by=request.user, at=timezone.now())
    toasts.say(request, ngettext("%(n)d topic added.", "%(n)d topics added.", made) % {"n": made})
    return redirect(_at("program:overview", page.site_id))


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def add_group(request: HttpRequest) -> HttpResponse:
    """Set up a weekly group."""
    page = _page(request)
    given = {name: request.GET[name] for name in KEPT if name in request.GET}
    form = GroupForm(_sent(request), page=page, initial=given)

    def act(now: datetime) -> None:
        group = form.group(_today(page.timezone))
        actions.found_weekly_group(track_id=form.cleaned_data["track"], group=group, by=request.user, at=now)

    return _add(request, page, GROUP, form, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def end_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One weekly group, and the day from which it no longer meets."""
    form, status = EndForm(_sent(request), initial={"until": _today(request.site.timezone)}), 200
    try:
        row = queries.group(group_id=group_id, by=request.user)
        if request.method == "POST":
            status = 422
            if form.is_valid():
                actions.end_group(
                    group_id=group_id, until=form.cleaned_data["until"], by=request.user, at=timezone.now()
                )  # fmt: skip
                toasts.say(request, _("The group ends. Sessions already laid are called off in the week."))
                return redirect(_at("program:overview", row.site_id))
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        form.add_error(None, str(error))
        status = 409
    context = {"row": row, "day": dict(WEEKDAYS)[row.weekday], "form": form}
    return render(request, "program/group.html", context, status=status)


def _add(
    request: HttpRequest, page: queries.Overview, adding: Adding, form: forms.Form, act: Callable[[datetime], None]
) -> HttpResponse:
    """Show a form; when it was sent, do the act and lead on: back, or to the next one to add."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(timezone.now())
            except ObjectDoesNotExist:
                raise Http404 from None
            except DaybridgeError as error:
                form.add_error(None, str(error))
                status = 409
            else:
                toasts.say(request, str(adding.done))
                return redirect(_next(request, page.site_id))
    back = _at("program:overview", page.site_id)
    context = {
        "page": page, "adding": adding, "form": form, "back": back, "starter": _starter(page, adding),
        "starter_url": _at("program:add_starter_topics", page.site_id),
        "below": [form[name] for name in form.fields if name not in adding.beside.split()],
        "lacking": _lacking(page) if adding is GROUP else [],
    }  # fmt: skip
    return render(request, "program/add.html", context, status=status)


def _next(request: HttpRequest, site_id: UUID) -> str:
    if "again" not in request.POST:
        return _at("program:overview", site_id)
    kept = {name: request.POST[name] for name in KEPT if request.POST.get(name)} | {"site": site_id}
    return f"{request.path}?{urlencode(kept)}"


def _starter(page: queries.Overview, adding: Adding) -> list:
    known = {one.name for one in page.topics}
    return [topic for topic in STARTER if topic.name not in known] if adding is TOPIC else []


def _lacking(page: queries.Overview) -> list[tuple[str | Promise, str]]:
    """What has to be there before a group can be: words and address."""
    needs = (
        (Step.POSTS, any(one.weekly_minutes for one in page.staff)), (Step.TOPICS, page.topics),
        (Step.ROOMS, any(not one.is_office for one in page.rooms)), (Step.TRACKS, page.tracks),
    )  # fmt: skip
    return [(STEPS[step][0], _where(step, page.site_id)) for step, there in needs if not there]


def _where(step: Step, site_id: UUID) -> str:
    name = STEPS[step][1]
    if step is Step.POSTS:
        return f"{_at(name, site_id)}#staff"
    return _at(name, site_id) if name.startswith("program:") else reverse(name)


def _sent(request: HttpRequest) -> object:
    return request.POST if request.method == "POST" else None


def _page(request: HttpRequest) -> queries.Overview:
    """The overview of the site that is asked for, or of one's first."""
    try:
        site_id = UUID(request.GET["site"]) if "site" in request.GET else request.site.id
        return queries.overview(site_id=site_id, on=_today(request.site.timezone), by=request.user)
    except (ValueError, ObjectDoesNotExist):
        raise Http404 from None


def _today(zone: str) -> date:
    return timezone.now().astimezone(ZoneInfo(zone)).date()


def _at(name: str, site_id: UUID) -> str:
    return f"{reverse(name)}?site={site_id}"


def _tabs(page: queries.Overview) -> list[dict]:
    """A tab for each site, where there is more than one."""
    if len(page.sites) < 2:
        return []
    return [
        {"label": name, "url": _at("program:overview", site_id), "current": site_id == page.site_id}
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
        url = _where(step, site_id) if is_open else ""
        rows.append({"label": STEPS[step][0], "state": state, "url": url, "more": more})
    return rows
