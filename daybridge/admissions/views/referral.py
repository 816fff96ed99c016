"""One referral: its page, its packet, calls, the phone screen, safety, and "same person?"."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.admissions import queries
from daybridge.admissions.actions import join, work
from daybridge.admissions.forms import ContactForm, MatchForm, SafetyForm, ScreenForm
from daybridge.admissions.queries.page import ReferralPage
from daybridge.admissions.views.acts import slip
from daybridge.kit.errors import DaybridgeError, NotAllowed
from daybridge.ui import toasts

TYPES = {"gz": "application/gzip", "json": "application/fhir+json", "ndjson": "application/fhir+ndjson"}


@require_GET
@requires(Permission.REFERRAL_SEE)
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The page of one referral; every opening is on the ledger."""
    return _draw(request, referral_id, {})


def _draw(request: HttpRequest, referral_id: UUID, forms: dict[str, Form], status: int = 200) -> HttpResponse:
    page = _page(request, referral_id)
    fresh = {"contact": ContactForm(initial={"version": page.card.version}), "safety": SafetyForm()}
    context = {
        "page": page, "slip": slip(page.card, request.user), **fresh, **forms,
        "may_work": may(request.user, Permission.REFERRAL_WORK),
        "may_open_packet": may(request.user, Permission.CHART_READ),
    }  # fmt: skip
    return render(request, "admissions/referral.html", context, status=status)


def _page(request: HttpRequest, referral_id: UUID) -> ReferralPage:
    try:
        return queries.referral(referral_id=referral_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None


@require_GET
@requires(Permission.CHART_READ)
def packet(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The packet as it came, as a file to keep."""
    try:
        found = queries.packet(referral_id=referral_id, by=request.user, at=timezone.now())
    except (ObjectDoesNotExist, NotAllowed):
        raise Http404 from None
    kind = TYPES.get(found.name.rpartition(".")[2].lower(), "application/octet-stream")
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in found.name)
    headers = {"Content-Disposition": f'attachment; filename="{plain}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(found.content, content_type=kind, headers=headers)


@require_POST
@requires(Permission.REFERRAL_WORK)
def contact(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Log a call. A refusal comes back on the page with what was typed."""
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _draw(request, referral_id, {"contact": form}, 422)
    try:
        work.contact(referral_id=referral_id, call=form.call(), by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _draw(request, referral_id, {"contact": _kept(form, error, _page(request, referral_id))}, 409)
    toasts.say(request, _("The call is noted."))
    return redirect("admissions:referral", referral_id)


def _kept(form: Form, error: DaybridgeError, page: ReferralPage) -> Form:
    """The form as typed, now against the version that stands; the error said on it."""
    form.add_error(None, str(error))
    form.data = form.data.copy()
    form.data["version"] = str(page.card.version)
    return form


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_WORK)
def screen(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The phone screen: one page. Danger now leads to the crisis steps on the referral's page."""
    if request.method == "GET":
        page = _page(request, referral_id)
        return _draw_screen(request, page, ScreenForm(initial=_initial(page)), 200)
    form = ScreenForm(request.POST)
    if not form.is_valid():
        return _draw_screen(request, _page(request, referral_id), form, 422)
    try:
        kept = work.screen(referral_id=referral_id, answers=form.screening(), by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        page = _page(request, referral_id)
        return _draw_screen(request, page, _kept(form, error, page), 409)
    address = reverse("admissions:referral", args=[referral_id])
    if kept.danger_at:
        return redirect(f"{address}#safety")
    toasts.say(request, _("The phone screen is kept."))
    return redirect(address)


def _draw_screen(request: HttpRequest, page: ReferralPage, form: Form, status: int) -> HttpResponse:
    return render(request, "admissions/screen.html", {"page": page, "form": form}, status=status)


def _initial(page: ReferralPage) -> dict[str, object]:
    """What is known already; an earlier screen is corrected, not typed again."""
    said = {True: "yes", False: "no", None: ""}
    known = {"concern": page.card.concern, "best_time": page.best_time, "version": page.card.version}
    earlier = {key: said.get(value, value) if isinstance(value, bool) else value for key, value in page.screen.items()}
    return known | earlier


@require_POST
@requires(Permission.REFERRAL_WORK)
def safety(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Say how a danger was met."""
    form = SafetyForm(request.POST)
    if not form.is_valid():
        return _draw(request, referral_id, {"safety": form}, 422)
    try:
        work.settle_danger(referral_id=referral_id, how=form.cleaned_data["how"], by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        form.add_error(None, str(error))
        return _draw(request, referral_id, {"safety": form}, 409)
    toasts.say(request, _("The danger is settled and noted."))
    return redirect("admissions:referral", referral_id)


@require_GET
@requires(Permission.REFERRAL_SEE)
def compare(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Possible matches side by side."""
    return _draw_pairs(request, referral_id)


def _draw_pairs(request: HttpRequest, referral_id: UUID, problem: str = "", status: int = 200) -> HttpResponse:
    try:
        pairs = queries.compare(referral_id=referral_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    context = {"pairs": pairs, "referral_id": referral_id, "problem": problem}
    return render(request, "admissions/compare.html", context, status=status)


@require_POST
@requires(Permission.REFERRAL_JOIN)
def match(request: HttpRequest, referral_id: UUID, match_id: UUID) -> HttpResponse:
    """Same person, two people, or take the answer back."""
    form = MatchForm(request.POST)
    if not form.is_valid():
        return _draw_pairs(request, referral_id, _("Choose one of the two answers."), 422)
    answer = form.cleaned_data["answer"]
    try:
        join.decide(match_id=match_id, answer=answer, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _draw_pairs(request, referral_id, str(error), 409)
    said = {"same": _("Joined: one person."), "apart": _("Noted: two people."), "open": _("The answer is taken back.")}
    undo = "" if answer == "open" else f"{request.path}?answer=open"
    toasts.say(request, said[answer], undo=undo)
    if answer == "open":
        return redirect("admissions:compare", referral_id)
    return redirect("admissions:referral", referral_id)


patterns = [
    path("<uuid:referral_id>/", referral, name="referral"),
    path("<uuid:referral_id>/packet/", packet, name="packet"),
    path("<uuid:referral_id>/contact/", contact, name="contact"),
    path("<uuid:referral_id>/screen/", screen, name="screen"),
    path("<uuid:referral_id>/safety/", safety, name="safety"),
    path("<uuid:referral_id>/compare/", compare, name="compare"),
    path("<uuid:referral_id>/match/<uuid:match_id>/", match, name="match"),
]
