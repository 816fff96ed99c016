"""What a client may ask for about their own record, and their rights."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from daybridge.access.gates import public
from daybridge.kit.errors import DaybridgeError
from daybridge.portal.door import closed, guest, page
from daybridge.portal.forms import KINDS, AskForm
from daybridge.portal.views.client import WHY
from daybridge.rights import actions as rights
from daybridge.rights import documents
from daybridge.rights import queries as asked
from daybridge.rights.rules import Kind
from daybridge.ui import toasts


@public(WHY)
@require_GET
@guest("client")
def requests(request: HttpRequest) -> HttpResponse:
    """What was asked for, and what may be."""
    visitor = request.visitor
    rows = asked.own(client_id=visitor.client_id, by=visitor.by, at=timezone.now())
    return page(request, "portal/requests.html", {"rows": rows, "kinds": KINDS})


@public(WHY)
@require_http_methods(["GET", "POST"])
@guest("client")
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """One thing to ask for, in the client's own words; asked twice by accident, it is asked once."""
    if kind not in set(Kind):
        return closed(request)
    visitor, problem = request.visitor, ""
    form = AskForm(request.POST if request.method == "POST" else None, kind=Kind(kind))
    if request.method == "POST" and form.is_valid():
        try:
            rights.ask(
                client_id=visitor.client_id, asked=form.asked(), token=form.cleaned_data["token"], by=visitor.by,
                at=timezone.now(),
            )  # fmt: skip
            toasts.say(request, _("We have it. You get an answer here."))
            return redirect("portal:requests")
        except DaybridgeError as error:
            problem = _(str(error))
    context = {"form": form, "problem": problem, "kind": KINDS[Kind(kind)]}
    return page(request, "portal/ask.html", context, 409 if problem else 422 if form.errors else 200)


@public(WHY)
@require_GET
@guest("client")
def answer(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """A letter about a request, as a PDF to keep."""
    try:
        clearance, found = rights.give_letter(
            letter_id=letter_id, way="phone", by=request.visitor.by, at=timezone.now()
        )  # fmt: skip
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    return _paper(documents.letter(clearance=clearance, letter=found))


@public(WHY)
@require_GET
@guest("client")
def record(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The record that was asked for, once the answer is yes."""
    try:
        clearance, found = rights.give_packet(
            request_id=request_id, part="pages", by=request.visitor.by, at=timezone.now()
        )  # fmt: skip
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    return _paper(documents.record(clearance=clearance, packet=found))


def _paper(paper: documents.Paper) -> HttpResponse:
    answer = HttpResponse(paper.content, content_type=paper.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{paper.name}"'
    return answer


@public(WHY)
@require_GET
@guest("client")
def notice(request: HttpRequest) -> HttpResponse:
    """How privacy is kept here, and what rights one has (42 CFR 2.22)."""
    found = asked.patient_notice(language=request.visitor.language, site=request.visitor.site)
    return page(request, "portal/notice.html", {"notice": found})
