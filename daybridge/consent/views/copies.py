"""The client's copy: on screen and as a PDF."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.consent import actions, documents, gate, queries
from daybridge.consent.views import asking
from daybridge.kit.errors import DaybridgeError


@require_GET
@requires(Permission.CONSENT_SEE)
def copy(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The client's copy on screen, ready to print."""
    _clearance, page = _copy(request, consent_id)
    with translation.override(page.language):
        context = {"page": page, "thanks": "thanks" in request.GET, "next": asking.back(request)}
        return render(request, "consent/copy.html", context)


@require_GET
@requires(Permission.CONSENT_SEE)
def copy_pdf(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The client's copy as a tagged PDF."""
    clearance, page = _copy(request, consent_id)
    with translation.override(page.language):
        answer = HttpResponse(documents.consent_pdf(clearance, page), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="consent.pdf"'
    return answer


def _copy(request: HttpRequest, consent_id: UUID) -> tuple[gate.Clearance, queries.Copy]:
    try:
        clearance, consent = actions.give_copy(consent_id=consent_id, by=request.user, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None
    return clearance, queries.copy(clearance=clearance, consent=consent)
