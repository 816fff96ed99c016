"""Something came up: say what, see the smallest change that mends the week."""

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.forms import AwayForm
from daybridge.scheduling.models import WeekDraft
from daybridge.scheduling.views.asking import first_day, site_id


@require_GET
@requires(Permission.WEEK_PLACE)
def something(request: HttpRequest) -> HttpResponse:
    """What may have come up: somebody away, a room shut."""
    return _something(request, "", 200)


def _something(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    now = timezone.now()
    today = now.astimezone(ZoneInfo(request.site.timezone)).date()
    try:
        page = queries.happenings(site_id=site_id(request), on=today, by=request.user, at=now)
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "scheduling/something.html", {"page": page, "problem": problem}, status=status)


def _worked_out(request: HttpRequest, work: Callable[[], WeekDraft]) -> HttpResponse:
    try:
        draft = work()
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _something(request, str(error), 409)
    return redirect("scheduling:draft", draft.id)


@require_POST
@requires(Permission.WEEK_PLACE)
def sick(request: HttpRequest) -> HttpResponse:
    """A staff member cannot come: the proposal in one step."""
    form, now = AwayForm(request.POST), timezone.now()
    if not form.is_valid():
        return _something(request, _first_problem(form), 422)
    period = form.period(ZoneInfo(request.site.timezone))
    about = form.cleaned_data["about"]
    return _worked_out(
        request, lambda: actions.staff_away(staff_id=about, period=period, by=request.user, at=now)
    )  # fmt: skip


@require_POST
@requires(Permission.WEEK_PLACE)
def shut(request: HttpRequest) -> HttpResponse:
    """A room cannot be used: the proposal in one step."""
    form, now = AwayForm(request.POST), timezone.now()
    if not form.is_valid():
        return _something(request, _first_problem(form), 422)
    period = form.period(ZoneInfo(request.site.timezone))
    about = form.cleaned_data["about"]
    return _worked_out(request, lambda: actions.room_shut(room_id=about, period=period, by=request.user, at=now))


def _first_problem(form: AwayForm) -> str:
    return next(str(words) for errors in form.errors.values() for words in errors)


@require_POST
@requires(Permission.WEEK_PLACE)
def off(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A group falls out: where its people could go."""
    now = timezone.now()
    return _worked_out(request, lambda: actions.session_off(session_id=session_id, by=request.user, at=now))


@require_POST
@requires(Permission.WEEK_PLACE)
def mend(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """A client's time has changed: their week mended around it."""
    asked = {"episode_id": episode_id, "first": first_day(request), "by": request.user, "at": timezone.now()}
    return _worked_out(request, lambda: actions.client_changed(kind="availability", **asked))
