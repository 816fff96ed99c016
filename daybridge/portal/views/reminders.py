"""How the client wants to be reminded, and the addresses their calendar reads."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import public
from daybridge.kit.errors import DaybridgeError
from daybridge.portal.door import closed, guest, page
from daybridge.portal.forms import ReminderForm
from daybridge.portal.views.client import WHY
from daybridge.reminders import actions
from daybridge.reminders import queries as told
from daybridge.reminders.rules import Way
from daybridge.ui import toasts

LINK = "portal.my_calendar"


@public(WHY)
@require_GET
@guest("client")
def reminders(request: HttpRequest) -> HttpResponse:
    """How reminders come, and the calendar addresses in use; a new one is shown once."""
    return _page(request, "", None)


def _page(request: HttpRequest, problem: str, form: ReminderForm | None) -> HttpResponse:
    visitor = request.visitor
    found = told.reminders(client_id=visitor.client_id, by=visitor.by)
    known = {"way": found.way, "language": visitor.language}
    context = {
        "page": found, "form": form or ReminderForm(initial=known, ways=found.ways), "problem": problem,
        "link": request.session.pop(LINK, ""),
    }  # fmt: skip
    status = 422 if form and form.errors else 409 if problem else 200
    return page(request, "portal/reminders.html", context, status)


@public(WHY)
@require_POST
@guest("client")
def reminder_wish(request: HttpRequest) -> HttpResponse:
    """Reminders come this way from now on."""
    form, visitor = ReminderForm(request.POST, ways=tuple(Way)), request.visitor
    if not form.is_valid():
        return _page(request, "", form)
    try:
        actions.wish(
            client_id=visitor.client_id, way=Way(form.cleaned_data["way"]), language=form.cleaned_data["language"],
            by=visitor.by, at=timezone.now(),
        )  # fmt: skip
    except ObjectDoesNotExist:
        return closed(request)
    except DaybridgeError as error:
        return _page(request, _(str(error)), None)
    toasts.say(request, _("Saved."))
    return redirect("portal:reminders")


@public(WHY)
@require_POST
@guest("client")
def calendar_give(request: HttpRequest) -> HttpResponse:
    """A new address for the client's calendar."""
    visitor = request.visitor
    try:
        _feed, link = actions.give_feed(
            client_id=visitor.client_id, language=visitor.language, by=visitor.by, at=timezone.now()
        )
    except ObjectDoesNotExist:
        return closed(request)
    except DaybridgeError as error:
        return _page(request, _(str(error)), None)
    request.session[LINK] = link
    return redirect("portal:reminders")


@public(WHY)
@require_POST
@guest("client")
def calendar_end(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """End one of them; calendars that read it find nothing from now on."""
    try:
        actions.end_feed(feed_id=feed_id, by=request.visitor.by, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    toasts.say(request, _("The address is closed."))
    return redirect("portal:reminders")
