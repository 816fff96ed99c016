"""A week worked out: asked for, looked at while it improves, put in force, thrown away, taken back."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.models import WeekDraft
from daybridge.scheduling.views.asking import first_day, site_id
from daybridge.scheduling.views.board import shown
from daybridge.ui import toasts
from daybridge.ui.answers import or_404


@require_POST
@requires(Permission.WEEK_PLACE)
def ask(request: HttpRequest) -> HttpResponse:
    """Have the week worked out."""
    first, place_id = first_day(request), site_id(request)
    try:
        with or_404():
            draft = actions.ask_week(site_id=place_id, first=first, by=request.user, at=timezone.now())
    except DaybridgeError as error:
        return shown(request, str(error), 409)
    return redirect("scheduling:draft", draft.id)


@require_GET
@requires(Permission.WEEK_PLACE)
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft, a repair or a change: what it does to whom."""
    return _draft(request, draft_id, "", 200)


def _draft(request: HttpRequest, draft_id: UUID, problem: str, status: int) -> HttpResponse:
    against = "last" if request.GET.get("against") == "last" else "now"
    with or_404():
        page = queries.draft(draft_id=draft_id, against=against, by=request.user, at=timezone.now())
    url = reverse("scheduling:draft", args=[draft_id])
    tabs = [
        {"label": _("Against the week as it is"), "url": url, "current": against == "now"},
        {"label": _("Against last week"), "url": f"{url}?against=last", "current": against == "last"},
    ]
    template = "scheduling/repair.html" if page.kind != "week" else "scheduling/draft.html"
    return render(request, template, {"page": page, "problem": problem, "tabs": tabs}, status=status)


@require_GET
@requires(Permission.WEEK_PLACE)
def progress(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """How far the worker is, for the page that looks on; once it is done the page comes anew."""
    with or_404():
        actions.watch(draft_id=draft_id, by=request.user, at=timezone.now())
        page = queries.draft(draft_id=draft_id, against="now", by=request.user, at=timezone.now())
    answer = render(request, "scheduling/_working.html", {"page": page})
    if page.state != "solving":
        answer["HX-Refresh"] = "true"
    return answer


def _act(
    request: HttpRequest, draft_id: UUID, act: Callable[..., WeekDraft], answer: Callable[[WeekDraft], HttpResponse]
) -> HttpResponse:
    """Do this with the draft and answer with what it became; a refusal is said on the draft's own page."""
    try:
        with or_404():
            done = act(draft_id=draft_id, by=request.user, at=timezone.now())
    except DaybridgeError as error:
        return _draft(request, draft_id, str(error), 409)
    return answer(done)


def _week_of(done: WeekDraft) -> HttpResponse:
    return redirect(f"{reverse('scheduling:week')}?first={done.first}&site={done.site_id}")


@require_POST
@requires(Permission.WEEK_PLACE)
def take(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Stop improving and keep what is found."""
    return _act(request, draft_id, actions.take_now, lambda _done: redirect("scheduling:draft", draft_id))


@require_POST
@requires(Permission.WEEK_PLACE)
def publish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Put it in force; the toast takes it back."""

    def answer(done: WeekDraft) -> HttpResponse:
        told = done.figures.get("told", 0)
        words = ngettext("In force. %(n)d person is told.", "In force. %(n)d people are told.", told) % {"n": told}
        toasts.say(request, words, undo=reverse("scheduling:undo", args=[draft_id]))
        return _week_of(done)

    return _act(request, draft_id, actions.publish, answer)


@require_POST
@requires(Permission.WEEK_PLACE)
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throw a draft away."""

    def answer(done: WeekDraft) -> HttpResponse:
        toasts.say(request, _("Thrown away. Nothing has changed."))
        return _week_of(done)

    return _act(request, draft_id, actions.discard, answer)


@require_POST
@requires(Permission.WEEK_PLACE)
def undo(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Take back what was put in force."""

    def answer(done: WeekDraft) -> HttpResponse:
        toasts.say(request, _("Taken back. Everybody it touched is told."))
        return _week_of(done)

    return _act(request, draft_id, actions.undo, answer)
