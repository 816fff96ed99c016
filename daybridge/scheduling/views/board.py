"""The site's week: laid, and everybody placed."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.forms import WeekForm
from daybridge.scheduling.views.asking import HOURS, around, first_day, site_id, site_tabs
from daybridge.ui import toasts
from daybridge.ui.answers import or_404

VIEW_NAMES = {"room": _l("Rooms"), "lead": _l("Staff"), "track": _l("Tracks"), "client": _l("Clients")}


@require_GET
@requires(Permission.WEEK_SEE)
def week(request: HttpRequest) -> HttpResponse:
    """The site's week."""
    return shown(request, "", 200)


def shown(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    """The week by rooms, leads, tracks or clients, with what was refused."""
    first, place_id, view = first_day(request), site_id(request), WeekForm(request.GET).rows()
    asked = {"site_id": place_id, "first": first, "by": request.user, "at": timezone.now()}
    with or_404():
        page = queries.everybody(**asked) if view == "client" else queries.week(**asked, view=view)
    url, site = reverse("scheduling:week"), f"&site={place_id}" if len(page.sites) > 1 else ""
    more = f"{site}&view={view}" if view != "room" else site
    tabs = site_tabs(page.sites, place_id, lambda one: f"{url}?first={first}&site={one}&view={view}")
    views = [
        {"label": label, "url": f"{url}?first={first}{site}&view={name}", "current": name == view}
        for name, label in VIEW_NAMES.items()
    ]
    context = {"page": page, "hours": HOURS, "problem": problem, "tabs": tabs, "views": views}
    template = "scheduling/everybody.html" if view == "client" else "scheduling/week.html"
    return render(request, template, context | around(url, first, more), status=status)


@require_POST
@requires(Permission.WEEK_PLACE)
def lay(request: HttpRequest) -> HttpResponse:
    """Make the week's sessions out of the weekly groups."""
    first, place_id = first_day(request), site_id(request)
    try:
        made = actions.lay_week(site_id=place_id, first=first, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return shown(request, str(error), 409)
    toasts.say(request, ngettext("%(n)d session laid.", "%(n)d sessions laid.", made) % {"n": made})
    return redirect(f"{reverse('scheduling:week')}?first={first}&site={place_id}")


@require_POST
@requires(Permission.WEEK_PLACE)
def place_all(request: HttpRequest) -> HttpResponse:
    """Place everybody whose week lacks hours."""
    first, place_id = first_day(request), site_id(request)
    try:
        done = actions.place_all(site_id=place_id, first=first, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return shown(request, str(error), 409)
    words = _("%(bookings)d seats booked. %(short)d people still lack hours.")
    toasts.say(request, words % {"bookings": done.bookings, "short": done.short})
    return redirect(f"{reverse('scheduling:week')}?first={first}&site={place_id}")
