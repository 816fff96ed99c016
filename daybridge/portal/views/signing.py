"""Read and sign on one's own phone, or say no; the copy is there at once."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import public
from daybridge.consent import actions as consents
from daybridge.consent import queries as standing
from daybridge.consent.forms import SignForm
from daybridge.consent.models import Consent
from daybridge.consent.rules.signing import Signature
from daybridge.kit.errors import DaybridgeError
from daybridge.portal.door import closed, guest, page
from daybridge.portal.views.client import WHY

Act = Callable[[Signature, datetime], Consent]


@public(WHY)
@require_http_methods(["GET", "POST"])
@guest("client")
def sign(request: HttpRequest, form: str) -> HttpResponse:
    """A form that asks nothing but a signature."""
    visitor = request.visitor
    said = {"client_id": visitor.client_id, "form": form, "language": visitor.language, "by": visitor.by}
    try:
        found = standing.page(at=timezone.now(), **said)
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    return _sign(request, found, lambda signature, at: consents.sign(signature=signature, at=at, **said))


@public(WHY)
@require_http_methods(["GET", "POST"])
@guest("client")
def sign_draft(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """A form that was prepared, by the client or with a member of staff."""
    visitor = request.visitor
    said = {"consent_id": consent_id, "language": visitor.language, "by": visitor.by}
    try:
        found = standing.draft_page(at=timezone.now(), **said)
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    return _sign(request, found, lambda signature, at: consents.sign_draft(signature=signature, at=at, **said))


def _sign(request: HttpRequest, found: standing.Page, act: Act) -> HttpResponse:
    typed, problem = SignForm(request.POST if request.method == "POST" else None, signers=found.signers), ""
    if request.method == "POST" and typed.is_valid():
        try:
            consent = act(typed.signature(request.headers.get("User-Agent", "")), timezone.now())
            return redirect(f"{reverse('portal:copy', args=[consent.id])}?thanks=1")
        except DaybridgeError as error:
            problem = _(str(error))
    context = {"found": found, "form": typed, "problem": problem}
    return page(request, "portal/sign.html", context, 409 if problem else 422 if typed.errors else 200)
