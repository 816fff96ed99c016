"""Pages of consents: what stands, signing, taking back, the copy."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.consent import actions, documents, queries, wording
from daybridge.consent.forms import RevokeForm, SignForm
from daybridge.kit.errors import DaybridgeError
from daybridge.ui import toasts


@require_GET
@requires(Permission.CONSENT_SEE)
def forms(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Which consents stand, with what can be done about each."""
    return _forms(request, client_id)


def _forms(request: HttpRequest, client_id: UUID, problem: str = "") -> HttpResponse:
    try:
        standing = queries.standing(client_id=client_id, at=timezone.now(), by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    may_sign = may(request.user, Permission.CONSENT_SIGN)
    context = {"standing": standing, "problem": problem, "may_sign": may_sign, "revoke": RevokeForm()}
    return render(request, "consent/forms.html", context, status=409 if problem else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
def sign(request: HttpRequest, client_id: UUID, form: str) -> HttpResponse:
    """The words to read, and a place to sign; for the client's eyes, in the client's language."""
    at = timezone.now()
    try:
        language = _language(request, client_id)
        with translation.override(language):
            return _sign(request, client_id, form, language, at)
    except ObjectDoesNotExist:
        raise Http404 from None


def _language(request: HttpRequest, client_id: UUID) -> str:
    chosen = request.GET.get("lang", "")
    return chosen if chosen in wording.LANGUAGES else queries.language_of(client_id=client_id, by=request.user)


def _sign(request: HttpRequest, client_id: UUID, form: str, language: str, at) -> HttpResponse:
    typed, problem = SignForm(request.POST or None), ""
    if request.method == "POST" and typed.is_valid():
        try:
            consent = actions.sign(
                client_id=client_id, form=form, language=language, by=request.user, at=at,
                signature=typed.signature(request.headers.get("User-Agent", "")),
            )  # fmt: skip
            return redirect(f"{reverse('consent:copy', args=[consent.id])}?{_onward(request)}")
        except DaybridgeError as error:
            problem = _(str(error))
    try:
        page = queries.page(client_id=client_id, form=form, language=language, at=at, by=request.user)
    except DaybridgeError:
        raise Http404 from None
    context = {"page": page, "form": typed, "problem": problem, "next": _next(request), "lang": language}
    return render(request, "consent/sign.html", context, status=_status(problem, typed))


def _status(problem: str, typed: SignForm) -> int:
    return 409 if problem else 422 if typed.errors else 200


def _next(request: HttpRequest) -> str:
    """Where the staff member came from, when it is an address of ours."""
    target = request.GET.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""


def _onward(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.clear()
    query["thanks"] = "1"
    if _next(request):
        query["next"] = _next(request)
    return query.urlencode(safe="/")


@require_POST
@requires(Permission.CONSENT_SIGN)
def revoke(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """End a consent now."""
    typed = RevokeForm(request.POST)
    reason = typed.cleaned_data["reason"] if typed.is_valid() else ""
    try:
        actions.revoke(consent_id=consent_id, reason=reason, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _forms(request, client_id, str(error))
    toasts.say(request, _("Taken back. Nothing more is shared on it from now on."))
    return redirect("consent:forms", client_id)


@require_GET
@requires(Permission.CONSENT_SEE)
def copy(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The client's copy on screen, ready to print."""
    page = _copy(request, consent_id)
    with translation.override(page.language):
        context = {"page": page, "thanks": "thanks" in request.GET, "next": _next(request)}
        return render(request, "consent/copy.html", context)


@require_GET
@requires(Permission.CONSENT_SEE)
def copy_pdf(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The client's copy as a tagged PDF."""
    page = _copy(request, consent_id)
    with translation.override(page.language):
        answer = HttpResponse(documents.consent_pdf(page), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="consent.pdf"'
    return answer


def _copy(request: HttpRequest, consent_id: UUID) -> queries.Copy:
    try:
        clearance, consent = actions.give_copy(consent_id=consent_id, by=request.user, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None
    return queries.copy(clearance=clearance, consent=consent)
