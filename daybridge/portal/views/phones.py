"""The client's own phones: which open the page, and how one is given or ended."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import public
from daybridge.kit.errors import DaybridgeError
from daybridge.portal import actions, links
from daybridge.portal.door import closed, guest, page
from daybridge.portal.forms import GiveForm
from daybridge.portal.queries import passes as lists
from daybridge.portal.views.client import LINK, WHY
from daybridge.ui import toasts


@public(WHY)
@require_GET
@guest("client")
def phones(request: HttpRequest) -> HttpResponse:
    """Where the client's page is open, and the pages of those they chose."""
    return _phones(request)


def _phones(request: HttpRequest, problem: str = "") -> HttpResponse:
    visitor = request.visitor
    found = lists.passes(client_id=visitor.client_id, by=visitor.by, at=timezone.now())
    link = request.session.pop(LINK, "")
    context = {
        "page": found, "here": visitor.pass_id, "by_client": True, "problem": problem, "link": link,
        "qr": links.qr(link) if link else "",
    }  # fmt: skip
    return page(request, "portal/phones.html", context, 409 if problem else 200)


@public(WHY)
@require_POST
@guest("client")
def phone_end(request: HttpRequest, pass_id: UUID) -> HttpResponse:
    """Close one of them; closing the one in hand ends the visit."""
    try:
        actions.end_pass(pass_id=pass_id, by=request.visitor.by, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    if pass_id == request.visitor.pass_id:
        request.session.flush()
        return redirect("portal:home")
    toasts.say(request, _("The page is closed."))
    return redirect("portal:phones")


@public(WHY)
@require_POST
@guest("client")
def phone_give(request: HttpRequest) -> HttpResponse:
    """A link for another phone of one's own, or for somebody a consent names; shown on the next page, once."""
    form = GiveForm(request.POST)
    if not form.is_valid():
        return closed(request)
    visitor = request.visitor
    try:
        _one, link = actions.give_pass(
            client_id=visitor.client_id, consent_id=form.cleaned_data["consent"], by=visitor.by, at=timezone.now()
        )  # fmt: skip
    except ObjectDoesNotExist:
        return closed(request)
    except DaybridgeError as error:
        return _phones(request, _(str(error)))
    request.session[LINK] = link
    return redirect("portal:phones")
