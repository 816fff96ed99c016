"""What somebody whom the client chose sees, and the same page shown beforehand."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from daybridge.access.gates import public, requires
from daybridge.access.rules import Permission
from daybridge.consent import phrases
from daybridge.kit.errors import DaybridgeError
from daybridge.portal import actions
from daybridge.portal.door import closed, guest, page
from daybridge.portal.forms import EyesForm
from daybridge.portal.queries import passes as lists
from daybridge.portal.queries import previews
from daybridge.portal.views.client import WHY

CHOSEN = "the page of somebody a client chose, opened by a one-time link; it shows what the gate lets out"


@public(CHOSEN)
@require_GET
@guest("outsider")
def shared(request: HttpRequest) -> HttpResponse:
    """What the consent allows now; closed the moment it does not."""
    visitor, at = request.visitor, timezone.now()
    try:
        clearance, period = actions.look(pass_id=visitor.pass_id, by=visitor.by, at=at)
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    seen = previews.page(clearance=clearance, period=period, at=at)
    return page(request, "portal/shared.html", {"seen": seen})


@public(WHY)
@require_GET
@guest("client")
def see(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """What the person of one consent sees, or would see once it is signed."""
    try:
        seen = previews.of_consent(consent_id=consent_id, by=request.visitor.by, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    return page(request, "portal/see.html", {"seen": seen, "consent": consent_id})


@public(WHY)
@require_GET
@guest("client")
def my_preview(request: HttpRequest) -> HttpResponse:
    """What a parent, an employer, a probation officer, an insurer would see."""
    visitor = request.visitor
    form = EyesForm(request.GET or None, voice=phrases.YOU, language=visitor.language)
    seen = None
    if form.is_bound and form.is_valid():
        seen = previews.supposed(client_id=visitor.client_id, terms=form.terms(), by=visitor.by, at=timezone.now())
    return page(request, "portal/eyes.html", {"form": form, "seen": seen})


@requires(Permission.CONSENT_SEE)
@never_cache
@require_GET
def preview(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The same for staff who sit with the client: a consent's person, or somebody supposed."""
    by, at = request.user, timezone.now()
    form = EyesForm(request.GET or None, voice=phrases.THEY, language=get_language() or "en")
    seen = None
    try:
        whose = lists.whose(client_id=client_id, by=by)
        if "consent" in request.GET:
            form = EyesForm(None, voice=phrases.THEY, language=get_language() or "en")
            seen = previews.of_consent(consent_id=_id(request.GET["consent"]), by=by, at=at)
        elif form.is_bound and form.is_valid():
            seen = previews.supposed(client_id=client_id, terms=form.terms(), by=by, at=at)
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None
    if seen and seen.client_id != client_id:
        raise Http404
    return render(request, "portal/preview.html", {"form": form, "seen": seen, "whose": whose})


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
