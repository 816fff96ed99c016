"""Weeks on paper: a room's door, a lead's week."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.scheduling import actions
from daybridge.scheduling.views.asking import first_day


@require_GET
@requires(Permission.WEEK_SEE)
def door(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """What meets in a room this week."""
    return _paper(lambda: actions.door_sign(room_id=room_id, first=first_day(request), by=request.user), "door")


@require_GET
@requires(Permission.WEEK_SEE)
def lead(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """What somebody leads this week."""
    return _paper(lambda: actions.lead_sheet(staff_id=staff_id, first=first_day(request), by=request.user), "lead")


def _paper(make: Callable[[], bytes], name: str) -> HttpResponse:
    try:
        made = make()
    except ObjectDoesNotExist:
        raise Http404 from None
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
