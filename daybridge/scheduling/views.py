"""Pages of the week: the site's, one client's, one session's; placing and printing."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.forms import ReasonForm, WeekForm
from daybridge.ui import toasts

WEEK = timedelta(days=7)


def _first(request: HttpRequest) -> date:
    """The week asked for, from the query or the form; this week without one."""
    today = timezone.now().astimezone(ZoneInfo(request.site.timezone)).date()
    return WeekForm(request.POST or request.GET).week(today, request.site.first_weekday)


def _site_id(request: HttpRequest) -> UUID:
    form = WeekForm(request.POST or request.GET)
    return (form.cleaned_data["site"] if form.is_valid() else None) or request.site.id


def _around(url: str, first: date, more: str = "") -> dict[str, str]:
    """Links to the weeks before and after."""
    return {
        "before_url": f"{url}?first={first - WEEK}{more}", "after_url": f"{url}?first={first + WEEK}{more}",
        "now_url": f"{url}?{more.lstrip('&')}",
    }  # fmt: skip


@require_GET
@requires(Permission.WEEK_SEE)
def week(request: HttpRequest) -> HttpResponse:
    """The site's week."""
    return _week(request, "", 200)


def _week(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    first, site_id = _first(request), _site_id(request)
    try:
        page = queries.week(site_id=site_id, first=first, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    url, more = reverse("scheduling:week"), f"&site={site_id}" if len(page.sites) > 1 else ""
    tabs = [
        {"label": name, "url": f"{url}?first={first}&site={one}", "current": one == site_id} for one, name in page.sites
    ]
    context = {"page": page, "hours": HOURS, "problem": problem, "tabs": tabs if len(tabs) > 1 else []}
    return render(request, "scheduling/week.html", context | _around(url, first, more), status=status)


HOURS = [f"{(hour - 1) % 12 + 1} {'am' if hour < 12 else 'pm'}" for hour in range(8, 21)]


@require_POST
@requires(Permission.WEEK_PLACE)
def lay(request: HttpRequest) -> HttpResponse:
    """Make the week's sessions out of the weekly groups."""
    first, site_id = _first(request), _site_id(request)
    try:
        made = actions.lay_week(site_id=site_id, first=first, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _week(request, str(error), 409)
    toasts.say(request, ngettext("%(n)d session laid.", "%(n)d sessions laid.", made) % {"n": made})
    return redirect(f"{reverse('scheduling:week')}?first={first}&site={site_id}")


@require_POST
@requires(Permission.WEEK_PLACE)
def place_all(request: HttpRequest) -> HttpResponse:
    """Place everybody whose week lacks hours."""
    first, site_id = _first(request), _site_id(request)
    try:
        done = actions.place_all(site_id=site_id, first=first, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _week(request, str(error), 409)
    words = _("%(bookings)d seats booked. %(short)d people still lack hours.")
    toasts.say(request, words % {"bookings": done.bookings, "short": done.short})
    return redirect(f"{reverse('scheduling:week')}?first={first}&site={site_id}")


@require_http_methods(["GET", "POST"])
@requires(Permission.WEEK_PLACE)
def place(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show the week that fits a client best; a POST books it."""
    first, now, problem = _first(request), timezone.now(), ""
    try:
        if request.method == "POST":
            done = actions.place(episode_id=episode_id, first=first, by=request.user, at=now)
            count = len(done.bookings)
            toasts.say(request, ngettext("%(n)d session booked.", "%(n)d sessions booked.", count) % {"n": count})
            return redirect("chart:chart", done.client_id)
        page = queries.proposal(episode_id=episode_id, first=first, by=request.user, at=now)
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        problem = str(error)
        page = _booked(request, episode_id, first)
    context = {"page": page, "hours": HOURS, "problem": problem}
    around = _around(reverse("scheduling:place", args=[episode_id]), first)
    return render(request, "scheduling/place.html", context | around, status=409 if problem else 200)


def _booked(request: HttpRequest, episode_id: UUID, first: date) -> queries.client.ClientWeek:
    try:
        return queries.client_week(episode_id=episode_id, first=first, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None


@require_GET
@requires(Permission.WEEK_SEE)
def client_week(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """One client's week: booked sessions around the client's own life."""
    first = _first(request)
    context = {"page": _booked(request, episode_id, first), "hours": HOURS}
    around = _around(reverse("scheduling:client_week", args=[episode_id]), first)
    return render(request, "scheduling/client_week.html", context | around)


@require_GET
@requires(Permission.DISCLOSE)
def print_week(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The client's week as a PDF to hand over."""
    first = _first(request)
    try:
        made = actions.print_week(episode_id=episode_id, first=first, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        context = {"page": _booked(request, episode_id, first), "hours": HOURS, "problem": str(error)}
        around = _around(reverse("scheduling:client_week", args=[episode_id]), first)
        return render(request, "scheduling/client_week.html", context | around, status=409)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="week-{first}.pdf"'
    return answer


@require_GET
@requires(Permission.WEEK_SEE)
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One session: who is booked, the way to its roll and note."""
    return _session(request, session_id, ReasonForm(), "")


def _session(request: HttpRequest, session_id: UUID, form: ReasonForm, problem: str) -> HttpResponse:
    try:
        page = queries.session(session_id=session_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "scheduling/session.html", {"page": page, "form": form, "problem": problem}, status=status)


@require_POST
@requires(Permission.WEEK_PLACE)
def cancel(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Call a session off; the toast takes it back."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _session(request, session_id, form, "")
    try:
        actions.cancel(session_id=session_id, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _session(request, session_id, form, str(error))
    toasts.say(request, _("Called off. The seats are released."), undo=reverse("scheduling:restore", args=[session_id]))
    return redirect("scheduling:session", session_id)


@require_POST
@requires(Permission.WEEK_PLACE)
def restore(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Take a cancellation back."""
    try:
        actions.restore(session_id=session_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _session(request, session_id, ReasonForm(), str(error))
    toasts.say(request, _("The session stands again."))
    return redirect("scheduling:session", session_id)


@require_POST
@requires(Permission.WEEK_PLACE)
def release(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Give one client's seat back."""
    try:
        booking = actions.release(booking_id=booking_id, reason="", by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        toasts.say(request, str(error))
        return redirect("scheduling:week")
    toasts.say(request, _("The seat is free again."))
    return redirect("scheduling:session", booking.session_id)
