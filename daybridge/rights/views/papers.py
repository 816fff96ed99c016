"""What is handed over: letters, lists, the record. Each goes through the gate."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.rights import actions, documents, queries


@require_GET
@requires(Permission.REQUEST_TAKE)
@never_cache
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter as a PDF, to hand over or to send."""
    try:
        clearance, given = actions.give_letter(letter_id=letter_id, way="paper", by=request.user, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None
    return paper(documents.letter(clearance=clearance, letter=given))


@require_GET
@requires(Permission.REQUEST_WORK)
@never_cache
def record(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The record on the screen, to look it through or to read it together."""
    try:
        page = queries.on_screen(request_id=request_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "rights/record.html", {"page": page})


@require_GET
@requires(Permission.REQUEST_WORK)
@never_cache
def record_pages(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The record as a PDF."""
    return _packet(request, request_id, "pages")


@require_GET
@requires(Permission.REQUEST_WORK)
@never_cache
def record_files(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The record as files for machines."""
    return _packet(request, request_id, "files")


def _packet(request: HttpRequest, request_id: UUID, part: str) -> HttpResponse:
    try:
        clearance, packet = actions.give_packet(request_id=request_id, part=part, by=request.user, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None
    return paper(documents.record(clearance=clearance, packet=packet))


@require_GET
@requires(Permission.REQUEST_WORK)
@never_cache
def left_list(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The list of what left, or of who got it through a go-between, as a PDF."""
    try:
        clearance, found = actions.give_list(request_id=request_id, by=request.user, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None
    return paper(documents.left_list(clearance=clearance, found=found))


def paper(made: documents.Paper) -> HttpResponse:
    """A file to save or print; never shown inside a page of ours."""
    answer = HttpResponse(made.content, content_type=made.media_type)
    kind = "inline" if made.media_type == "application/pdf" else "attachment"
    answer["Content-Disposition"] = f'{kind}; filename="{made.name}"'
    return answer
