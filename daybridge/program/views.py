"""The program's page: tracks, weekly groups, rooms, staff; a form to add a group."""

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
from daybridge.program import actions, queries
from daybridge.program.forms import WEEKDAYS, GroupForm
from daybridge.ui import toasts


@require_GET
@requires(Permission.PROGRAM_SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """Everything the site offers, at a glance."""
    page = _page(request)
    return _shown(request, page, GroupForm(page=page), "")


@require_POST
@requires(Permission.PROGRAM_WRITE)
def add_group(request: HttpRequest) -> HttpResponse:
    """Set up a weekly group from today on."""
    page = _page(request)
    form = GroupForm(request.POST, page=page)
    if not form.is_valid():
        return _shown(request, page, form, "", 422)
    now = timezone.now()
    since = now.astimezone(ZoneInfo(request.site.timezone)).date()
    try:
        actions.found_weekly_group(
            track_id=form.cleaned_data["track"], group=form.group(since), by=request.user, at=now
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _shown(request, page, form, str(error), 409)
    toasts.say(request, _("The group meets every week from now on."))
    return redirect("program:overview")


def _page(request: HttpRequest) -> queries.Overview:
    today = timezone.now().astimezone(ZoneInfo(request.site.timezone)).date()
    return queries.overview(site_id=request.site.id, on=today, by=request.user)


def _shown(
    request: HttpRequest, page: queries.Overview, form: GroupForm, problem: str, status: int = 200
) -> HttpResponse:
    days = [(dict(WEEKDAYS)[weekday], rows) for weekday, rows in page.days]
    context = {"page": page, "days": days, "form": form, "problem": problem}
    return render(request, "program/overview.html", context, status=status)
