"""Place a client: three weeks with their price in words, one of them booked."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.plans import actions as plans
from daybridge.scheduling import actions, queries
from daybridge.scheduling.forms import ChoiceForm, ShiftForm
from daybridge.scheduling.queries.options import ChoicePage
from daybridge.scheduling.views.asking import HOURS, around, first_day
from daybridge.scheduling.views.client import booked
from daybridge.ui import toasts
from daybridge.ui.answers import or_404, status_of


@require_http_methods(["GET", "POST"])
@requires(Permission.WEEK_PLACE)
def place(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show the weeks that fit a client best; a POST books one of them, the best without a choice."""
    first, problem = first_day(request), ""
    try:
        if request.method == "POST":
            client_id, count = _book(request, episode_id, first)
            toasts.say(request, ngettext("%(n)d session booked.", "%(n)d sessions booked.", count) % {"n": count})
            return redirect("chart:chart", client_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        problem = str(error)
    return _page(request, episode_id, first, problem)


def _book(request: HttpRequest, episode_id: UUID, first: date) -> tuple[UUID, int]:
    """Whose week was booked, and how many sessions are new."""
    asked = {"episode_id": episode_id, "first": first, "by": request.user, "at": timezone.now()}
    choice = ChoiceForm(request.POST).named()
    if choice:
        chosen = actions.choose(**asked, choice=choice)
        return chosen.client_id, chosen.new
    done = actions.place(**asked)
    return done.client_id, len(done.bookings)


@require_POST
@requires(Permission.LIFE_SAY)
def shift(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """A time the client cannot come any more; the weeks are looked for anew."""
    first, form = first_day(request), ShiftForm(request.POST)
    if not form.is_valid():
        return _page(request, episode_id, first, "", form)
    now = timezone.now()
    try:
        since = max(first, now.astimezone(ZoneInfo(request.site.timezone)).date())
        plans.cannot_come(episode_id=episode_id, busy=form.busy(), since=since, by=request.user, at=now)
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _page(request, episode_id, first, str(error), form)
    return redirect(f"{reverse('scheduling:place', args=[episode_id])}?first={first}")


def _page(
    request: HttpRequest, episode_id: UUID, first: date, problem: str, form: ShiftForm | None = None
) -> HttpResponse:
    asked = {"episode_id": episode_id, "first": first, "by": request.user, "at": timezone.now()}
    try:
        with or_404():
            page = queries.choices(**asked, shown=ChoiceForm(request.GET).named())
    except DaybridgeError as error:
        problem = problem or str(error)
        page = ChoicePage(booked(request, episode_id, first), ())
    context = {
        "page": page.week, "options": page.options, "hours": HOURS, "problem": problem, "form": form or ShiftForm(),
        "may_say": may(request.user, Permission.LIFE_SAY),
    }  # fmt: skip
    arrows = around(reverse("scheduling:place", args=[episode_id]), first)
    status = 422 if form and form.errors else status_of(problem)
    return render(request, "scheduling/place.html", context | arrows, status=status)
