"""One client's week: shown, printed."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.views.asking import HOURS, around, first_day


def booked(request: HttpRequest, episode_id: UUID, first: date) -> queries.client.ClientWeek:
    try:
        return queries.client_week(episode_id=episode_id, first=first, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None


@require_GET
@requires(Permission.WEEK_SEE)
def client_week(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """One client's week: booked sessions around the client's own life."""
    first = first_day(request)
    context = {"page": booked(request, episode_id, first), "hours": HOURS}
    arrows = around(reverse("scheduling:client_week", args=[episode_id]), first)
    return render(request, "scheduling/client_week.html", context | arrows)


@require_GET
@requires(Permission.DISCLOSE)
def print_week(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The client's week as a PDF to hand over."""
    first = first_day(request)
    try:
        made = actions.print_week(episode_id=episode_id, first=first, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        context = {"page": booked(request, episode_id, first), "hours": HOURS, "problem": str(error)}
        arrows = around(reverse("scheduling:client_week", args=[episode_id]), first)
        return render(request, "scheduling/client_week.html", context | arrows, status=409)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="week-{first}.pdf"'
    return answer
