"""What is past its time, and the purges: proposed by one person, approved by another."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.keeping import actions, documents, queries
from daybridge.keeping.forms import ProposalForm, ReasonForm
from daybridge.keeping.views.frame import problem_of, tabs
from daybridge.ui import toasts


@require_GET
@requires(Permission.KEEPING_SEE)
def due(request: HttpRequest) -> HttpResponse:
    """Records past their time, what keeps some of them, and all purges."""
    return _due(request)


def _due(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "page": queries.overview(by=request.user, at=timezone.now()), "purges": queries.purges(by=request.user),
        "problem": problem, "tabs": tabs(request), "may_propose": may(request.user, Permission.PURGE_PROPOSE),
    }  # fmt: skip
    return render(request, "keeping/due.html", context, status=status)


@require_POST
@requires(Permission.PURGE_PROPOSE)
def propose(request: HttpRequest) -> HttpResponse:
    """Propose the chosen records of a site."""
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _due(request, _("Choose at least one record."), 422)
    found = form.cleaned_data
    made = []
    problem = problem_of(
        lambda: made.append(
            actions.propose(site_id=found["site"], client_ids=found["record"], by=request.user, at=timezone.now())
        )
    )
    if problem:
        return _due(request, problem, 409)
    toasts.say(request, _("Proposed. A director has to approve it."))
    return redirect("keeping:purge", made[0].pk)


@require_GET
@requires(Permission.KEEPING_SEE)
def purge(request: HttpRequest, purge_id: UUID) -> HttpResponse:
    """One purge."""
    return _purge(request, purge_id)


def _purge(
    request: HttpRequest, purge_id: UUID, form: ReasonForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    try:
        page = queries.purge(purge_id=purge_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    context = {"page": page, "form": form or ReasonForm(), "problem": problem, "tabs": tabs(request)}
    return render(request, "keeping/purge.html", context, status=status)


@require_POST
@requires(Permission.PURGE_APPROVE)
def approve(request: HttpRequest, purge_id: UUID) -> HttpResponse:
    """Say yes; the job begins."""
    problem = problem_of(lambda: actions.approve(purge_id=purge_id, by=request.user, at=timezone.now()))
    if problem:
        return _purge(request, purge_id, problem=problem, status=409)
    toasts.say(request, _("Approved. Each record is judged once more, then purged."))
    return redirect("keeping:purge", purge_id)


@require_POST
@requires(Permission.PURGE_APPROVE)
def decline(request: HttpRequest, purge_id: UUID) -> HttpResponse:
    """Say no, with a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _purge(request, purge_id, form, status=422)
    reason = form.cleaned_data["reason"]
    problem = problem_of(lambda: actions.decline(purge_id=purge_id, reason=reason, by=request.user, at=timezone.now()))
    if problem:
        return _purge(request, purge_id, form, problem, 409)
    toasts.say(request, _("Declined. The records stay."))
    return redirect("keeping:purge", purge_id)


@require_POST
@requires(Permission.PURGE_PROPOSE)
def withdraw(request: HttpRequest, purge_id: UUID) -> HttpResponse:
    """Take one's proposal back."""
    problem = problem_of(lambda: actions.withdraw(purge_id=purge_id, by=request.user, at=timezone.now()))
    if problem:
        return _purge(request, purge_id, problem=problem, status=409)
    toasts.say(request, _("Withdrawn. The records stay."))
    return redirect("keeping:purge", purge_id)


@require_GET
@requires(Permission.KEEPING_SEE)
def certificate(request: HttpRequest, purge_id: UUID) -> HttpResponse:
    """The proof as a PDF."""
    try:
        proof = queries.certificate(purge_id=purge_id, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    answer = HttpResponse(documents.certificate_pdf(proof), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="purge-{proof.sha256[:12]}.pdf"'
    return answer
