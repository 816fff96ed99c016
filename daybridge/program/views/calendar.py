"""Days off, holidays and weekly windows of a site."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.program import actions, queries
from daybridge.program.forms import ClosureForm, WindowForm
from daybridge.program.rules import NewClosure, holidays
from daybridge.program.views import pages
from daybridge.program.words import WEEKDAYS, WINDOWS
from daybridge.ui import toasts

FARTHEST = 3  # years ahead that holidays can be looked up


@require_GET
@requires(Permission.PROGRAM_SEE)
def calendar(request: HttpRequest) -> HttpResponse:
    """When the site is closed, and which windows it holds."""
    return _calendar(request, ClosureForm(), WindowForm())


@require_POST
@requires(Permission.PROGRAM_WRITE)
def close_days(request: HttpRequest) -> HttpResponse:
    """Close the site on some days."""
    site_id, form = pages.site_of(request), ClosureForm(request.POST)

    def act(now: datetime) -> None:
        actions.close_days(site_id=site_id, closure=form.closure(), by=request.user, at=now)

    status = pages.tried(request, form, act)
    if status == pages.DONE:
        toasts.say(request, _("Nothing is laid on these days. Sessions laid already are called off in the week."))
        return _back(site_id)
    return _calendar(request, form, WindowForm(), status)


@require_POST
@requires(Permission.PROGRAM_WRITE)
def keep_holidays(request: HttpRequest) -> HttpResponse:
    """Close the site on one holiday, or on all of a year that are not closed yet."""
    site_id, year = pages.site_of(request), _year(request)
    one = next((day for day in holidays(year) if day.key == request.POST.get("key")), None)
    now, made = timezone.now(), 1
    try:
        if one:
            closure = NewClosure(one.kept, one.kept, one.name, one.key)
            actions.close_days(site_id=site_id, closure=closure, by=request.user, at=now)
        else:
            made = actions.keep_holidays(site_id=site_id, year=year, by=request.user, at=now)
    except ObjectDoesNotExist:
        raise Http404 from None
    toasts.say(request, ngettext("Closed on %(n)d holiday.", "Closed on %(n)d holidays.", made) % {"n": made})
    return _back(site_id, year)


@require_POST
@requires(Permission.PROGRAM_WRITE)
def open_days(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    """Open again on days that were to be closed, or a room that was to be out of use."""
    site_id, by = pages.site_of(request), request.user
    act = actions.open_room_again if request.POST.get("what") == "room" else actions.open_days
    pages.refusal(lambda now: act(closure_id=closure_id, by=by, at=now))
    toasts.say(request, _("Open again. Lay the week anew to fill it."))
    return _back(site_id, _year(request))


@require_POST
@requires(Permission.PROGRAM_WRITE)
def add_window(request: HttpRequest) -> HttpResponse:
    """Set up a weekly window."""
    site_id, form = pages.site_of(request), WindowForm(request.POST)

    def act(now: datetime) -> None:
        actions.found_window(site_id=site_id, window=form.window(), by=request.user, at=now)

    status = pages.tried(request, form, act)
    if status == pages.DONE:
        toasts.say(request, _("The window is open every week."))
        return _back(site_id)
    return _calendar(request, ClosureForm(), form, status)


@require_http_methods(["POST"])
@requires(Permission.PROGRAM_WRITE)
def end_window(request: HttpRequest, window_id: UUID) -> HttpResponse:
    """Offer a window no longer."""
    pages.refusal(lambda now: actions.end_window(window_id=window_id, by=request.user, at=now))
    toasts.say(request, _("The window is gone."))
    return _back(pages.site_of(request))


def _calendar(request: HttpRequest, closure: ClosureForm, window: WindowForm, status: int = 200) -> HttpResponse:
    site_id, year = pages.site_of(request), _year(request)
    try:
        today = pages.today_at(request.site.timezone)
        page = queries.calendar(site_id=site_id, year=year, on=today, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    here = pages.at("program:calendar", site_id)
    context = {
        "page": page, "closure": closure, "window": window,
        "sections": pages.sections(request, site_id, "program:calendar"),
        "windows": [(dict(WINDOWS)[one.kind], dict(WEEKDAYS)[one.weekday], one) for one in page.windows],
        "years": [
            {"label": str(one), "url": f"{here}&year={one}", "current": one == year}
            for one in range(today.year, today.year + FARTHEST)
        ],
    }  # fmt: skip
    return render(request, "program/calendar.html", context, status=status)


def _year(request: HttpRequest) -> int:
    this = pages.today_at(request.site.timezone).year
    asked = request.GET.get("year", "")
    return min(max(int(asked), this), this + FARTHEST - 1) if asked.isdecimal() and len(asked) == 4 else this


def _back(site_id: UUID, year: int | None = None) -> HttpResponse:
    here = pages.at("program:calendar", site_id)
    return redirect(f"{here}&year={year}" if year else here)
