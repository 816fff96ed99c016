"""The page on which staff paint when a client can come."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.plans import actions, queries
from daybridge.plans.forms_life import STAFF_WORDS, LifeForm, initial_of, painter, sent, times_of
from daybridge.plans.views.plan import picture
from daybridge.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(Permission.LIFE_SAY)
def life(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """A client's week, to paint or to type; "add" only adds a row."""
    page = _page(request, episode_id)
    if request.method == "GET":
        form = LifeForm(days=page.days, initial=initial_of(page.life, page.since))
        return _shown(request, page, form, times_of(page.life))
    told = sent(request.POST, page.days)
    if "add" in request.POST or not told.is_valid():
        return _shown(request, page, told.form, told.rows, status=422 if told.form.is_bound else 200)
    try:
        actions.say_life(
            episode_id=episode_id, life=told.life, since=told.form.cleaned_data["since"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _shown(request, page, told.form, told.rows, str(error), 409)
    toasts.say(request, _("The week is kept."))
    return redirect("plans:life", episode_id)


@require_POST
@requires(Permission.LIFE_SAY)
def seen(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The week a client told was looked at; it leaves Today."""
    try:
        actions.see_life(episode_id=episode_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    return redirect("plans:life", episode_id)


def _page(request: HttpRequest, episode_id: UUID) -> queries.LifePage:
    try:
        since = date.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        since = None
    try:
        return queries.page(episode_id=episode_id, since=since, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None


def _shown(
    request: HttpRequest, page: queries.LifePage, form: LifeForm, rows: list[Any], problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "page": page, "form": form, "rows": rows, "problem": problem, "paint": painter(page.life, STAFF_WORDS),
        "days": picture(page.life.commitments, page.life.travel_minutes),
    }  # fmt: skip
    return render(request, "plans/life.html", context, status=status)
