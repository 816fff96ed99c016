"""Find who can stand in for a lead, and have them take a session over."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.forms import StandInForm
from daybridge.scheduling.views.asking import site_id
from daybridge.ui import toasts


@require_GET
@requires(Permission.WEEK_PLACE)
def stand_ins(request: HttpRequest) -> HttpResponse:
    """Whose sessions of a day need somebody else, and who can."""
    return _stand_ins(request, "")


def _stand_ins(request: HttpRequest, problem: str) -> HttpResponse:
    form = StandInForm(request.POST or request.GET)
    known = form.cleaned_data if form.is_valid() else {}
    try:
        page = queries.stand_ins(
            site_id=site_id(request), staff_id=known.get("staff"), on=known.get("on") or _today(request),
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except ObjectDoesNotExist:
        raise Http404 from None
    context = {"page": page, "problem": problem}
    return render(request, "scheduling/stand_in.html", context, status=409 if problem else 200)


def _today(request: HttpRequest) -> date:
    now: datetime = timezone.now().astimezone(ZoneInfo(request.site.timezone))
    return now.date()


@require_POST
@requires(Permission.WEEK_PLACE)
def stand_in(request: HttpRequest, session_id: UUID, staff_id: UUID) -> HttpResponse:
    """Have somebody lead a session."""
    try:
        done = actions.stand_in(session_id=session_id, staff_id=staff_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _stand_ins(request, str(error))
    toasts.say(request, _("Done. Both leads and the people are told."))
    return redirect("scheduling:session", done.id)
