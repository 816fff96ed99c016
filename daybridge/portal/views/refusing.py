"""Say no on one's own phone: to what stands, or to what was asked."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daybridge.access.gates import public
from daybridge.consent import actions as consents
from daybridge.consent.models import Consent
from daybridge.kit.errors import DaybridgeError
from daybridge.portal.door import closed, guest
from daybridge.portal.views.client import WHY
from daybridge.ui import toasts


@public(WHY)
@require_POST
@guest("client")
def refuse(request: HttpRequest, form: str) -> HttpResponse:
    """No to a form that asks nothing but a signature."""
    visitor = request.visitor
    said = {"client_id": visitor.client_id, "form": form, "language": visitor.language, "by": visitor.by}
    return _refused(request, lambda at: consents.refuse(reason="", at=at, **said))


@public(WHY)
@require_POST
@guest("client")
def refuse_draft(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """No to a form that was prepared."""
    by = request.visitor.by
    return _refused(request, lambda at: consents.refuse_draft(consent_id=consent_id, reason="", by=by, at=at))


def _refused(request: HttpRequest, act: Callable[[datetime], Consent]) -> HttpResponse:
    try:
        act(timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    toasts.say(request, _("You said no. Nothing is shared on it."))
    return redirect("portal:sharing")
