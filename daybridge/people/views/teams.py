"""Who cares for a client."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.people import guarding
from daybridge.people.guarding.joining_form import JoinForm
from daybridge.ui import toasts


@requires(Permission.CHART_READ)
@never_cache
@require_GET
def team(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The care team, and the form to add to it."""
    return _team(request, client_id, None, 200)


def _team(request: HttpRequest, client_id: UUID, form: JoinForm | None, status: int) -> HttpResponse:
    try:
        page = guarding.team(client_id=client_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    context = {"page": page, "form": form or JoinForm(staff=page.colleagues)}
    return render(request, "people/team.html", context, status=status)


@requires(Permission.TEAM_MANAGE)
@require_POST
def join(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Add a colleague to the team."""
    form = JoinForm(request.POST, staff=guarding.colleagues_of(client_id=client_id, by=request.user))
    if not form.is_valid():
        return _team(request, client_id, form, 422)
    try:
        guarding.join_team(client_id=client_id, joining=form.joining, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        form.add_error(None, str(error))
        return _team(request, client_id, form, 409)
    toasts.say(request, _("They are on the team and reach the record."))
    return redirect("people:team", client_id)


@requires(Permission.TEAM_MANAGE)
@require_POST
def leave(request: HttpRequest, client_id: UUID, member_id: UUID) -> HttpResponse:
    """End a place on the team."""
    try:
        member = guarding.leave_team(client_id=client_id, member_id=member_id, by=request.user, at=timezone.now())
        toasts.say(request, _("Their place on the team has ended."))
        if may(request.user, Permission.CHART_READ, member):
            return redirect("people:team", client_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        toasts.say(request, str(error))
    return redirect("chart:clients")
