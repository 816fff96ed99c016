"""Find a make-up for a missed session, and who can stand in for a lead."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.forms import MakeUpForm
from daybridge.scheduling.views.asking import first_day
from daybridge.ui import toasts
from daybridge.ui.answers import or_404, status_of


@require_http_methods(["GET", "POST"])
@requires(Permission.WEEK_PLACE)
def make_up(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Sessions that would make up for a missed one; a POST takes a seat in one of them."""
    form, problem = MakeUpForm(request.POST or request.GET), ""
    known = form.cleaned_data if form.is_valid() else {}
    now = timezone.now()
    if request.method == "POST" and known.get("session"):
        try:
            with or_404():
                actions.make_up(episode_id=episode_id, session_id=known["session"], by=request.user, at=now)
            toasts.say(request, _("The seat is booked, and the client is told."))
            return redirect(f"{reverse('scheduling:client_week', args=[episode_id])}?first={first_day(request)}")
        except DaybridgeError as error:
            problem = str(error)
    asked = {"episode_id": episode_id, "first": first_day(request), "missed": known.get("instead")}
    return _make_ups(request, problem, asked)


def _make_ups(request: HttpRequest, problem: str, asked: dict[str, Any]) -> HttpResponse:
    try:
        with or_404():
            page = queries.make_ups(**asked, by=request.user, at=timezone.now())
    except DaybridgeError as error:
        toasts.say(request, str(error))
        return redirect("scheduling:client_week", asked["episode_id"])
    context = {"page": page, "problem": problem}
    return render(request, "scheduling/make_up.html", context, status=status_of(problem))
