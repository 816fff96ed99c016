"""What staff do: give a page, see which are open, close one."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.portal import actions, links
from daybridge.portal.forms import GiveForm
from daybridge.portal.queries import passes as lists
from daybridge.ui import toasts

LINK = "portal.new_link"


@requires(Permission.PHONE_ACCESS_GIVE)
@never_cache
@require_GET
def passes(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A client's pages, and a new link, shown once."""
    return _passes(request, client_id)


def _passes(request: HttpRequest, client_id: UUID, problem: str = "") -> HttpResponse:
    try:
        found = lists.passes(client_id=client_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    held = request.session.get(LINK) or {}
    link = request.session.pop(LINK)["link"] if held.get("client") == str(client_id) else ""
    context = {"page": found, "problem": problem, "link": link, "qr": links.qr(link) if link else ""}
    return render(request, "portal/passes.html", context, status=409 if problem else 200)


@requires(Permission.PHONE_ACCESS_GIVE)
@require_POST
def give(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A new link: for the client, or for the person a consent names."""
    form = GiveForm(request.POST)
    if not form.is_valid():
        raise Http404
    consent_id = form.cleaned_data["consent"]
    try:
        _one, link = actions.give_pass(client_id=client_id, consent_id=consent_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _passes(request, client_id, _(str(error)))
    request.session[LINK] = {"client": str(client_id), "link": link}
    return redirect("portal:passes", client_id)


@requires(Permission.PHONE_ACCESS_GIVE)
@require_POST
def end(request: HttpRequest, pass_id: UUID) -> HttpResponse:
    """Close a page now."""
    try:
        one = actions.end_pass(pass_id=pass_id, by=request.user, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None
    toasts.say(request, _("The page is closed."))
    return redirect("portal:passes", one.client_id)
