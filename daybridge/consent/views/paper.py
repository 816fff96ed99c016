"""On paper: print it, have it signed by hand, take the scan in."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.consent import actions, documents, queries
from daybridge.consent.forms import PaperForm
from daybridge.consent.views import asking
from daybridge.kit.errors import DaybridgeError
from daybridge.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def paper(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Print what was prepared; then type who signed it and attach the scan. A page for staff."""
    at = timezone.now()
    page = _page(request, consent_id, at)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    typed, problem = PaperForm(*data, signers=page.signers), ""
    if request.method == "POST" and typed.is_valid():
        try:
            actions.keep_paper(
                consent_id=consent_id, language=page.language, paper=typed.paper(), by=request.user, at=at
            )
            toasts.say(request, _("The paper is kept. It counts from now on."))
            return redirect("consent:forms", page.client_id)
        except DaybridgeError as error:
            problem = _(str(error))
    context = {"page": page, "form": typed, "problem": problem}
    return render(request, "consent/paper.html", context, status=asking.status(problem, typed))


@require_GET
@requires(Permission.CONSENT_SIGN)
def printed(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """What was prepared as a tagged PDF, with lines to sign by hand."""
    at = timezone.now()
    page = _page(request, consent_id, at)
    try:
        clearance = actions.give_paper(consent_id=consent_id, by=request.user, at=at)
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None
    with translation.override(page.language):
        answer = HttpResponse(documents.paper_pdf(clearance, page), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="form.pdf"'
    return answer


def _page(request: HttpRequest, consent_id: UUID, at: datetime) -> queries.Page:
    try:
        draft = queries.draft(consent_id=consent_id, by=request.user)
        language = asking.language(request, draft.client_id)
        return queries.paper_page(consent_id=consent_id, language=language, at=at, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
