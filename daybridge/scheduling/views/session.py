"""One session: seen, called off, standing again; a seat given back."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.forms import ReasonForm
from daybridge.ui import toasts


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
