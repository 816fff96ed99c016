"""One's own post: what one holds and until when, one's hours, and when one is away."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.people import actions, queries
from daybridge.people.forms import WEEKDAYS, clock_of
from daybridge.people.forms_staff import LeaveForm, WhichForm
from daybridge.ui import toasts


@require_GET
@requires(Permission.OWN_ACCOUNT)
def mine(request: HttpRequest) -> HttpResponse:
    """What I hold, when I work, when I am away."""
    return _shown(request, LeaveForm(), 200)


def _shown(request: HttpRequest, form: LeaveForm, status: int) -> HttpResponse:
    page = queries.mine(by=request.user, at=timezone.now())
    hours = [(WEEKDAYS[day], clock_of(start), clock_of(end)) for day, start, end in page.post.hours] if page else []
    return render(request, "people/mine.html", {"page": page, "leave": form, "hours": hours}, status=status)


@require_POST
@requires(Permission.OWN_ACCOUNT)
def away(request: HttpRequest) -> HttpResponse:
    """I am away."""
    page, form = queries.mine(by=request.user, at=timezone.now()), LeaveForm(request.POST)
    if page is None:
        raise Http404
    if not form.is_valid():
        return _shown(request, form, 422)
    try:
        actions.say_leave(
            staff_id=page.staff_id, kind=form.cleaned_data["kind"], **form.times(page.zone), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except DaybridgeError as error:
        form.add_error(None, str(error))
        return _shown(request, form, 409)
    toasts.say(request, _("Kept. Nothing new is placed with you in that time."))
    return redirect("people:mine")


@require_POST
@requires(Permission.OWN_ACCOUNT)
def back(request: HttpRequest) -> HttpResponse:
    """I am there after all."""
    page, form = queries.mine(by=request.user, at=timezone.now()), WhichForm(request.POST)
    if page is None or not form.is_valid():
        raise Http404
    try:
        actions.take_back_leave(
            staff_id=page.staff_id, leave_id=form.cleaned_data["which"], by=request.user, at=timezone.now()
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    toasts.say(request, _("You are there after all."))
    return redirect("people:mine")
