"""Find a make-up for a missed session, and who can stand in for a lead."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.forms import MakeUpForm, StandInForm
from daybridge.scheduling.views.asking import first_day, site_id
from daybridge.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(Permission.WEEK_PLACE)
def make_up(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Sessions that would make up for a missed one; a POST takes a seat in one of them."""
    form, problem = MakeUpForm(request.POST or request.GET), ""
    known = form.cleaned_data if form.is_valid() else {}
    if request.method == "POST" and known.get("session"):
        try:
            actions.make_up(
                episode_id=episode_id, session_id=known["session"], by=request.user, at=timezone.now()
            )  # fmt: skip
            toasts.say(request, _("The seat is booked, and the client is told."))
            return redirect(f"{reverse('scheduling:client_week', args=[episode_id])}?first={first_day(request)}")
        except ObjectDoesNotExist:
            raise Http404 from None
        except DaybridgeError as error:
            problem = str(error)
    try:
        page = queries.make_ups(
            episode_id=episode_id, first=first_day(request), missed=known.get("instead"), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        toasts.say(request, str(error))
        return redirect("scheduling:client_week", episode_id)
    return render(
        request, "scheduling/make_up.html", {"page": page, "problem": problem}, status=409 if problem else 200
    )


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
