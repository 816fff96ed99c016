"""A signed copy to keep, as a page and as a PDF."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from daybridge.access.gates import public
from daybridge.consent import actions as consents
from daybridge.consent import documents
from daybridge.consent import queries as standing
from daybridge.kit.errors import DaybridgeError
from daybridge.portal.door import closed, guest, page
from daybridge.portal.views.client import WHY


@public(WHY)
@require_GET
@guest("client")
def copy(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One's copy on screen."""
    try:
        clearance, consent = consents.give_copy(consent_id=consent_id, by=request.visitor.by, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    found = standing.copy(clearance=clearance, consent=consent)
    return page(request, "portal/copy.html", {"copy": found, "thanks": "thanks" in request.GET})


@public(WHY)
@require_GET
@guest("client")
def copy_pdf(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One's copy as a tagged PDF."""
    try:
        clearance, consent = consents.give_copy(consent_id=consent_id, by=request.visitor.by, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    found = standing.copy(clearance=clearance, consent=consent)
    answer = HttpResponse(documents.consent_pdf(clearance, found), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="copy.pdf"'
    return answer
