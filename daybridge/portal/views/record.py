"""What a client may know about their own record: who opened it, the letters in it."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from daybridge.access.gates import public
from daybridge.kit.errors import DaybridgeError
from daybridge.portal import actions
from daybridge.portal.door import closed, guest, page
from daybridge.portal.queries import letters as shelves
from daybridge.portal.views.client import WHY
from daybridge.rights import queries as rights


@public(WHY)
@require_GET
@guest("client")
def opened(request: HttpRequest) -> HttpResponse:
    """Who opened the record, by day; broken glass plainly."""
    visitor = request.visitor
    try:
        before = date.fromisoformat(request.GET["before"]) if "before" in request.GET else None
    except ValueError:
        before = None
    log = rights.access_log(client_id=visitor.client_id, by=visitor.by, at=timezone.now(), before=before)
    return page(request, "portal/opened.html", {"log": log, "is_earlier": before is not None})


@public(WHY)
@require_GET
@guest("client")
def letters(request: HttpRequest) -> HttpResponse:
    """Letters and packets written for the client."""
    found = shelves.letters(by=request.visitor.by, at=timezone.now())
    return page(request, "portal/letters.html", {"letters": found})


@public(WHY)
@require_GET
@guest("client")
def letter(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """One of them, to keep; it leaves through the gate like everything else."""
    try:
        found = actions.hand_letter(document_id=document_id, by=request.visitor.by, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    answer = HttpResponse(found.content, content_type=found.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
