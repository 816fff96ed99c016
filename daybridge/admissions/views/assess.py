"""Rating, seeing what the rules recommend, and deciding."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.admissions.actions import assess as actions
from daybridge.admissions.queries import assess as queries
from daybridge.kit.errors import DaybridgeError
from daybridge.level_of_care import queries as level_of_care
from daybridge.level_of_care.forms import AgreeForm, CaseForm, DecisionForm, initial
from daybridge.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESS)
def assess(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One page of ratings and findings; `preview` in the POST asks only what the rules would say."""
    at, problem = timezone.now(), ""
    try:
        page = queries.assess_page(referral_id=referral_id, by=request.user, at=at)
        form = CaseForm(request.POST or None, initial=_begin(page))
        if "preview" in request.POST:
            return _previewed(request, form, page)
        if request.method == "POST" and form.is_valid():
            case, evidence = form.case(page.today), form.evidence()
            actions.assess(referral_id=referral_id, case=case, evidence=evidence, by=request.user, at=at)
            return redirect("admissions:decide", referral_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        problem = str(error)
    context = {"page": page, "form": form, "problem": problem, **_preview(form, page)}
    return render(request, "admissions/assess.html", context, status=_status(problem, form))


def _previewed(request: HttpRequest, form: CaseForm, page: queries.AssessPage) -> HttpResponse:
    """The recommendation alone for htmx, the whole page without script; nothing is kept."""
    whole = not request.headers.get("HX-Request")
    template = "admissions/assess.html" if whole else "admissions/_assess_preview.html"
    return render(request, template, {"page": page, "form": form, **_preview(form, page)})


def _begin(page: queries.AssessPage) -> dict:
    return initial(page.case) | {f"evidence_{name}": words for name, words in page.evidence.items()}


def _preview(form: CaseForm, page: queries.AssessPage) -> dict[str, object]:
    """What the rules say of the form as it stands; a form with faults gets a sentence instead."""
    if not form.is_bound:
        return {"advice": level_of_care.preview(case=page.case)}
    if not form.is_valid():
        return {"advice": None}
    try:
        return {"advice": level_of_care.preview(case=form.case(page.today))}
    except DaybridgeError:
        return {"advice": None}


def _status(problem: str, form) -> int:
    return 409 if problem else 422 if form.errors else 200


@require_http_methods(["GET", "POST"])
@requires(Permission.DETERMINATION_DECIDE)
def decide(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The recommendation with its reasons: agree with one click, or decide otherwise with a reason."""
    at, problem = timezone.now(), ""
    form = DecisionForm(request.POST if "code" in request.POST else None)
    typed = form if form.is_bound else AgreeForm(request.POST)
    if request.method == "POST" and typed.is_valid():
        try:
            referral = actions.decide(referral_id=referral_id, choice=typed.choice(), by=request.user, at=at)
            return _decided(request, referral)
        except ObjectDoesNotExist:
            raise Http404 from None
        except DaybridgeError as error:
            problem = str(error)
    try:
        page = queries.decide_page(referral_id=referral_id, by=request.user, at=at)
    except ObjectDoesNotExist:
        raise Http404 from None
    context = {"page": page, "form": form, "problem": problem}
    return render(request, "admissions/decide.html", context, status=_status(problem, form))


def _decided(request: HttpRequest, referral) -> HttpResponse:
    if referral.state == "elsewhere":
        toasts.say(request, _("Decided. This level is not offered here: hand over in person."))
        return redirect("admissions:referral", referral.id)
    toasts.say(request, _("Decided. Next: consents and the first day."))
    may_admit = request.user.sites_with(Permission.ADMIT)
    return redirect("admissions:admit" if may_admit else "admissions:referral", referral.id)


patterns: list[URLPattern] = [
    path("<uuid:referral_id>/assess/", assess, name="assess"),
    path("<uuid:referral_id>/decide/", decide, name="decide"),
]
