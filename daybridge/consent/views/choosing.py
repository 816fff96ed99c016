"""Choose who may know what, before anything is read and signed."""

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
from daybridge.consent.forms import TermsForm, chosen
from daybridge.consent.models import Consent
from daybridge.consent.terms import asked
from daybridge.consent.views import asking
from daybridge.kit.errors import BadInput, DaybridgeError


@require_http_methods(["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def begin(request: HttpRequest, client_id: UUID, form: str) -> HttpResponse:
    """A new consent: choose, then read and sign. A form that asks nothing is prepared at once, for paper or a phone."""
    at = timezone.now()
    try:
        language = asking.language(request, client_id)
        with translation.override(language):
            return _begin(request, client_id, form, language, at)
    except ObjectDoesNotExist:
        raise Http404 from None


def _begin(request: HttpRequest, client_id: UUID, form: str, language: str, at: datetime) -> HttpResponse:
    typed = TermsForm(form, request.POST if request.method == "POST" else None, language=language)
    problem = ""
    if request.method == "POST" and typed.is_valid():
        try:
            draft = actions.prepare(
                client_id=client_id, form=form, language=language, chosen=typed.terms(), by=request.user, at=at
            )
            return _next(request, draft, language)
        except BadInput as error:
            typed.take(error.problems)
        except DaybridgeError as error:
            problem = _(str(error))
    try:
        page = queries.choice(client_id=client_id, form=form, language=language, by=request.user)
    except DaybridgeError:
        raise Http404 from None
    if not asked(form).chooses and not problem:
        raise Http404
    return _render(request, page, typed, problem)


@require_http_methods(["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def change(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Choose anew for a draft that nobody has signed."""
    try:
        draft = queries.draft(consent_id=consent_id, by=request.user)
        language = asking.language(request, draft.client_id)
        with translation.override(language):
            return _change(request, draft, language)
    except ObjectDoesNotExist:
        raise Http404 from None


def _change(request: HttpRequest, draft: queries.Draft, language: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    typed, problem = TermsForm(draft.form, data, language=language, initial=chosen(draft.terms)), ""
    if data is not None and typed.is_valid():
        try:
            kept = actions.change(
                consent_id=draft.consent_id, language=language, chosen=typed.terms(), by=request.user,
                at=timezone.now(),
            )  # fmt: skip
            return _next(request, kept, language)
        except BadInput as error:
            typed.take(error.problems)
        except DaybridgeError as error:
            problem = _(str(error))
    page = queries.choice(client_id=draft.client_id, form=draft.form, language=language, by=request.user)
    return _render(request, page, typed, problem)


def _next(request: HttpRequest, draft: Consent, language: str) -> HttpResponse:
    """Paper when paper was asked for, the list when it waits for the client's phone, else the words to sign."""
    where = request.POST.get("then", "")
    if where == "phone":
        return redirect("consent:forms", draft.client_id)
    name = "consent:paper" if where == "paper" else "consent:read"
    return redirect(f"{reverse(name, args=[draft.id])}?{asking.onward(request, lang=language)}")


def _render(request: HttpRequest, page: queries.Choice, typed: TermsForm, problem: str) -> HttpResponse:
    context = {"page": page, "form": typed, "problem": problem, "next": asking.back(request), "lang": page.language}
    return render(request, "consent/choose.html", context, status=asking.status(problem, typed))
