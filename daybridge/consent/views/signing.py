"""Read and sign, or say no; for the client's eyes, in the client's language."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.consent import actions, queries
from daybridge.consent.forms import RefuseForm, SignForm
from daybridge.consent.views import asking
from daybridge.kit.errors import DaybridgeError
from daybridge.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def sign(request: HttpRequest, client_id: UUID, form: str) -> HttpResponse:
    """A form that asks nothing: the words to read, and a place to sign."""
    at = timezone.now()
    try:
        language = asking.language(request, client_id)
        with translation.override(language):
            page = queries.page(client_id=client_id, form=form, language=language, at=at, by=request.user)
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None

    def signed(typed: SignForm) -> UUID:
        signature = typed.signature(request.headers.get("User-Agent", ""))
        return actions.sign(
            client_id=client_id, form=form, language=language, signature=signature, by=request.user, at=at
        ).id

    return _sign(request, page, signed)


@require_http_methods(["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def read(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """What was prepared: the words to read, and a place to sign."""
    at = timezone.now()
    try:
        draft = queries.draft(consent_id=consent_id, by=request.user)
        language = asking.language(request, draft.client_id)
        with translation.override(language):
            page = queries.draft_page(consent_id=consent_id, language=language, at=at, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None

    def signed(typed: SignForm) -> UUID:
        signature = typed.signature(request.headers.get("User-Agent", ""))
        return actions.sign_draft(
            consent_id=consent_id, language=language, signature=signature, by=request.user, at=at
        ).id

    return _sign(request, page, signed)


def _sign(request: HttpRequest, page: queries.Page, signed) -> HttpResponse:
    typed, problem = SignForm(request.POST or None, signers=page.signers), ""
    with translation.override(page.language):
        if request.method == "POST" and typed.is_valid():
            try:
                copy = reverse("consent:copy", args=[signed(typed)])
                return redirect(f"{copy}?{asking.onward(request, thanks='1')}")
            except DaybridgeError as error:
                problem = _(str(error))
        context = {"page": page, "form": typed, "problem": problem, "next": asking.back(request), "lang": page.language}
        return render(request, "consent/sign.html", context, status=asking.status(problem, typed))


@require_http_methods(["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def refuse(request: HttpRequest, client_id: UUID, form: str) -> HttpResponse:
    """A no to a form that asks nothing: what it means, said plainly, and a place to confirm it."""
    at = timezone.now()
    try:
        language = asking.language(request, client_id)
        with translation.override(language):
            page = queries.page(client_id=client_id, form=form, language=language, at=at, by=request.user)
            return _refuse(request, page, at)
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None


@require_http_methods(["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def refuse_draft(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """A no to what was prepared."""
    at = timezone.now()
    try:
        draft = queries.draft(consent_id=consent_id, by=request.user)
        language = asking.language(request, draft.client_id)
        with translation.override(language):
            page = queries.draft_page(consent_id=consent_id, language=language, at=at, by=request.user)
            return _refuse(request, page, at)
    except ObjectDoesNotExist:
        raise Http404 from None


def _refuse(request: HttpRequest, page: queries.Page, at: datetime) -> HttpResponse:
    typed, problem = RefuseForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and typed.is_valid():
        try:
            _say_no(request, page, typed.cleaned_data["reason"], at)
            toasts.say(request, _("Your no is kept. You can change your mind at any time."))
            return redirect(asking.back(request) or reverse("consent:forms", args=[page.client_id]))
        except DaybridgeError as error:
            problem = _(str(error))
    context = {"page": page, "form": typed, "problem": problem, "next": asking.back(request), "lang": page.language}
    return render(request, "consent/refuse.html", context, status=asking.status(problem, typed))


def _say_no(request: HttpRequest, page: queries.Page, reason: str, at: datetime) -> None:
    if page.consent_id:
        actions.refuse_draft(consent_id=page.consent_id, reason=reason, by=request.user, at=at)
    else:
        actions.refuse(
            client_id=page.client_id, form=page.form, language=page.language, reason=reason, by=request.user, at=at
        )
