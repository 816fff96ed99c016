"""The patient notice: for everybody, on paper, and handed to one person."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from daybridge.access.gates import public, requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.rights import actions, documents, queries, wording
from daybridge.rights.forms import ReceiptForm
from daybridge.rights.views.papers import paper
from daybridge.ui import toasts

LANGUAGES = (("en", "English"), ("es", "Español"))


@public("the patient notice; it says nothing about anybody")
@require_GET
def notice(request: HttpRequest) -> HttpResponse:
    """The notice in the language asked for."""
    language = _language(request)
    with translation.override(language):
        page = queries.patient_notice(language=language)
        context = {"page": page, "languages": LANGUAGES, "program_phone": page.phone}
        return render(request, "rights/notice.html", context)


@public("the patient notice on paper; it says nothing about anybody")
@require_GET
def notice_pdf(request: HttpRequest) -> HttpResponse:
    """The notice as a PDF."""
    language = _language(request)
    with translation.override(language):
        page = queries.patient_notice(language=language)
        footer = f"{page.version} · {page.text_hash[:16]}"
        return paper(documents.notice(text=page.text, language=language, footer=footer))


@require_http_methods(["GET", "POST"])
@requires(Permission.CONSENT_SIGN)
@never_cache
def give(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Hand the notice to one person, who may sign that they got it."""
    at = timezone.now()
    try:
        page = queries.giving(client_id=client_id, language=request.GET.get("lang", ""), by=request.user, at=at)
    except ObjectDoesNotExist:
        raise Http404 from None
    with translation.override(page.language):
        return _give(request, page, at)


def _give(request: HttpRequest, page: queries.GivingPage, at) -> HttpResponse:
    form, problem = ReceiptForm(request.POST or None), ""
    if form.is_bound and form.is_valid():
        receipt = actions.Receipt(language=page.language, **form.cleaned_data)
        try:
            actions.acknowledge(client_id=page.client_id, receipt=receipt, by=request.user, at=at)
            toasts.say(request, _("Thank you. It is kept that you got the notice."))
            return redirect("rights:give_notice", page.client_id)
        except DaybridgeError as error:
            problem = _(str(error))
    context = {
        "page": page,
        "form": form,
        "problem": problem,
        "languages": LANGUAGES,
        "program_phone": page.notice.phone,
    }
    return render(request, "rights/give.html", context, status=409 if problem else 422 if form.errors else 200)


def _language(request: HttpRequest) -> str:
    """The language asked for in the address, else the browser's, where we have it; English otherwise."""
    wanted = request.GET.get("lang") or (translation.get_language() or "en")[:2]
    return wanted if wanted in wording.LANGUAGES else "en"
