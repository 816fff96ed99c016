"""Who may know what: see it, stop it, share anew, sign, keep a copy."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import public
from daybridge.consent import actions as consents
from daybridge.consent import documents
from daybridge.consent import queries as standing
from daybridge.consent.forms import SignForm, TermsForm
from daybridge.consent.rules import FormKind
from daybridge.kit.errors import DaybridgeError
from daybridge.portal.door import closed, guest, page
from daybridge.portal.views.client import WHY
from daybridge.ui import toasts

PLACE = "own phone"
OFFERED = (FormKind.FAMILY, FormKind.NAMED)


@public(WHY)
@require_GET
@guest("client")
def sharing(request: HttpRequest) -> HttpResponse:
    """In sentences: who may know what, until when."""
    return _sharing(request)


def _sharing(request: HttpRequest, problem: str = "") -> HttpResponse:
    visitor = request.visitor
    found = standing.shared(
        client_id=visitor.client_id, language=visitor.language, at=timezone.now(), by=visitor.by
    )  # fmt: skip
    return page(request, "portal/sharing.html", {"shared": found, "problem": problem}, 409 if problem else 200)


@public(WHY)
@require_POST
@guest("client")
def stop(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One tap; at once and from now on."""
    try:
        consents.revoke(consent_id=consent_id, reason="", how="tap", by=request.visitor.by, at=timezone.now())
    except ObjectDoesNotExist:
        return closed(request)
    except DaybridgeError as error:
        return _sharing(request, _(str(error)))
    toasts.say(request, _("Stopped. Nothing more is shared from now on."))
    return redirect("portal:sharing")


@public(WHY)
@require_http_methods(["GET", "POST"])
@guest("client")
def share(request: HttpRequest, form: str) -> HttpResponse:
    """Say who may know what; nothing is ticked beforehand, nothing is shared before the signature."""
    visitor = request.visitor
    if form not in OFFERED:
        return closed(request)
    typed, problem = TermsForm(form, request.POST or None, language=visitor.language), ""
    if request.method == "POST" and typed.is_valid():
        try:
            draft = consents.prepare(
                client_id=visitor.client_id, form=form, language=visitor.language, terms=typed.terms(),
                by=visitor.by, at=timezone.now(),
            )  # fmt: skip
            return redirect("portal:sign_draft", draft.id)
        except DaybridgeError as error:
            problem = _(str(error))
    context = {"form": typed, "problem": problem, "is_family": form == FormKind.FAMILY}
    return page(request, "portal/share.html", context, 409 if problem else 422 if typed.errors else 200)


@public(WHY)
@require_http_methods(["GET", "POST"])
@guest("client")
def sign(request: HttpRequest, form: str) -> HttpResponse:
    """A form that asks nothing but a signature."""
    visitor = request.visitor
    said = {"client_id": visitor.client_id, "form": form, "language": visitor.language, "by": visitor.by}
    return _sign(
        request,
        lambda at: standing.page(at=at, **said),
        lambda signature, at: consents.sign(signature=signature, at=at, **said),
    )


@public(WHY)
@require_http_methods(["GET", "POST"])
@guest("client")
def sign_draft(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """A form that was prepared, by the client or with a member of staff."""
    visitor = request.visitor
    said = {"consent_id": consent_id, "language": visitor.language, "by": visitor.by}
    return _sign(
        request,
        lambda at: standing.draft_page(at=at, **said),
        lambda signature, at: consents.sign_draft(signature=signature, at=at, **said),
        draft=consent_id,
    )


def _sign(request: HttpRequest, read: Callable, act: Callable, draft: UUID | None = None) -> HttpResponse:
    typed, problem = SignForm(request.POST or None), ""
    try:
        if request.method == "POST" and typed.is_valid():
            try:
                consent = act(typed.signature(request.headers.get("User-Agent", ""), PLACE), timezone.now())
                toasts.say(request, _("It is signed. This is your copy."))
                return redirect("portal:copy", consent.id)
            except DaybridgeError as error:
                problem = _(str(error))
        found = read(timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    context = {"sheet": found.sheet, "found": found, "form": typed, "problem": problem, "draft": draft}
    return page(request, "portal/sign.html", context, 409 if problem else 422 if typed.errors else 200)


@public(WHY)
@require_POST
@guest("client")
def refuse(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """No to a form that was prepared; care goes on."""
    try:
        consents.refuse_draft(consent_id=consent_id, reason="", by=request.visitor.by, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    toasts.say(request, _("You said no. Nothing is shared."))
    return redirect("portal:sharing")


@public(WHY)
@require_GET
@guest("client")
def copy(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One's copy on screen."""
    found = _copy(request, consent_id)
    return page(request, "portal/copy.html", {"copy": found}) if found else closed(request)


@public(WHY)
@require_GET
@guest("client")
def copy_pdf(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One's copy as a tagged PDF."""
    found = _copy(request, consent_id)
    if found is None:
        return closed(request)
    answer = HttpResponse(documents.consent_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="copy.pdf"'
    return answer


def _copy(request: HttpRequest, consent_id: UUID) -> standing.Copy | None:
    try:
        clearance, consent = consents.give_copy(consent_id=consent_id, by=request.visitor.by, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return None
    return standing.copy(clearance=clearance, consent=consent)
