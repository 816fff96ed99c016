"""One room: what it is, when it is out of use; one topic, changed or set aside."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.program import actions, queries
from daybridge.program.forms import RoomClosureForm, RoomForm, TopicForm
from daybridge.program.models import Room
from daybridge.program.views import pages
from daybridge.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def room(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Say anew what a room is, take it out of use for a while or for good."""
    try:
        found = queries.room(room_id=room_id, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    zone = ZoneInfo(found.site.timezone)
    form = RoomForm(pages.sent(request, "save"), initial=RoomForm.of(found))
    away = RoomClosureForm(pages.sent(request, "away"))
    if request.POST.get("act") == "close":
        return _close(request, found, form, away)

    def act(now: datetime) -> None:
        if away.is_bound:
            actions.close_room_for(room_id=room_id, closure=away.closure(zone), by=request.user, at=now)
        else:
            actions.change_room(room_id=room_id, room=form.room(), by=request.user, at=now)

    status = pages.tried(request, away if away.is_bound else form, act)
    if status == pages.DONE:
        toasts.say(request, _("The room is out of use then.") if away.is_bound else _("The room is changed."))
        return redirect(pages.at("program:calendar" if away.is_bound else "program:overview", found.site_id))
    return _room(request, found, form, away, status=status)


def _close(request: HttpRequest, found: Room, form: RoomForm, away: RoomClosureForm) -> HttpResponse:
    why = pages.refusal(lambda now: actions.close_room(room_id=found.id, by=request.user, at=now))
    if why:
        return _room(request, found, form, away, why=why, status=409)
    toasts.say(request, _("The room is used no longer."))
    return redirect(pages.at("program:overview", found.site_id))


def _room(
    request: HttpRequest, found: Room, form: RoomForm, away: RoomClosureForm, *, why: str = "", status: int
) -> HttpResponse:
    context = {
        "room": found, "form": form, "away": away, "why": why, "back": pages.at("program:overview", found.site_id),
    }  # fmt: skip
    return render(request, "program/room.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def topic(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    """Say anew what a topic is, or set it aside."""
    page = pages.overview_of(request)
    try:
        found = queries.topic(topic_id=topic_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    form = TopicForm(pages.sent(request, "save"), initial=TopicForm.of(found), staff=page.staff)
    back = pages.at("program:library", page.site_id)
    if request.POST.get("act") == "aside":
        pages.refusal(lambda now: actions.retire_topic(topic_id=topic_id, by=request.user, at=now))
        toasts.say(request, _("Done. Groups that have it go on."))
        return redirect(back)

    def act(now: datetime) -> None:
        actions.change_topic(topic_id=topic_id, topic=form.topic(found), by=request.user, at=now)

    status = pages.tried(request, form, act)
    if status == pages.DONE:
        toasts.say(request, _("The topic is changed, at all sites."))
        return redirect(back)
    below = [form[name] for name in ("category", "summary", "flags", "gender", "credentials")]
    context = {"topic": found, "form": form, "below": below, "back": back}
    return render(request, "program/topic.html", context, status=status)
