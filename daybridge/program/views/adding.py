"""A form for each thing the program can be given: track, room, topic, weekly group."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.program import actions, queries
from daybridge.program.forms import GroupForm, RoomForm, TopicForm, TrackForm
from daybridge.program.rules import STARTER, Step
from daybridge.program.views import pages
from daybridge.program.words import STEPS
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
    gettext_lazy("The track is added."), "program:track", " ".join(TrackForm.base_fields),
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


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def add_track(request: HttpRequest) -> HttpResponse:
    """Set up a track."""
    page, form = pages.overview_of(request), TrackForm(pages.sent(request))

    def act(now: datetime) -> None:
        actions.found_track(site_id=page.site_id, track=form.track(), by=request.user, at=now)

    return _add(request, page, TRACK, form, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def add_room(request: HttpRequest) -> HttpResponse:
    """Set up a room or an office."""
    page, form = pages.overview_of(request), RoomForm(pages.sent(request))

    def act(now: datetime) -> None:
        actions.found_room(site_id=page.site_id, room=form.room(), by=request.user, at=now)

    return _add(request, page, ROOM, form, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def add_topic(request: HttpRequest) -> HttpResponse:
    """Set up a topic, or take the starter set."""
    page = pages.overview_of(request)
    form = TopicForm(pages.sent(request), staff=page.staff)

    def act(now: datetime) -> None:
        actions.found_topic(topic=form.topic(), by=request.user, at=now)

    return _add(request, page, TOPIC, form, act)


@require_POST
@requires(Permission.PROGRAM_WRITE)
def add_starter_topics(request: HttpRequest) -> HttpResponse:
    """Set up the topics most programs begin with."""
    page = pages.overview_of(request)
    made = actions.found_starter_topics(by=request.user, at=timezone.now())
    toasts.say(request, ngettext("%(n)d topic added.", "%(n)d topics added.", made) % {"n": made})
    return redirect(pages.at("program:overview", page.site_id))


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def add_group(request: HttpRequest) -> HttpResponse:
    """Set up a weekly group."""
    page = pages.overview_of(request)
    given = {name: request.GET[name] for name in KEPT if name in request.GET}
    form = GroupForm(pages.sent(request), page=page, initial=given)

    def act(now: datetime) -> None:
        group = form.group(pages.today_at(page.timezone))
        actions.found_weekly_group(track_id=form.cleaned_data["track"], group=group, by=request.user, at=now)

    return _add(request, page, GROUP, form, act)


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
    back = pages.at("program:overview", page.site_id)
    context = {
        "page": page, "adding": adding, "form": form, "back": back, "starter": _starter(page, adding),
        "starter_url": pages.at("program:add_starter_topics", page.site_id),
        "below": [form[name] for name in form.fields if name not in adding.beside.split()],
        "lacking": _lacking(page) if adding is GROUP else [],
    }  # fmt: skip
    return render(request, "program/add.html", context, status=status)


def _next(request: HttpRequest, site_id: UUID) -> str:
    if "again" not in request.POST:
        return pages.at("program:overview", site_id)
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
    return [(STEPS[step][0], pages.where(step, page.site_id)) for step, there in needs if not there]
