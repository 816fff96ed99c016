"""Taking referrals in: told on the phone, or as packets."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.admissions import queries
from daybridge.admissions.actions import refer
from daybridge.admissions.forms import ReferralForm, UploadForm, chosen_site, offer_sites
from daybridge.admissions.queries.said import RULES
from daybridge.admissions.rules.arrival import REJECTED, Outcome
from daybridge.kit.errors import DaybridgeError, Problem
from daybridge.ui import toasts

MEGABYTE = 1_000_000


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_RECEIVE)
def new(request: HttpRequest) -> HttpResponse:
    """A referral told on the phone. The same form posted twice leads to the same referral."""
    sites = queries.sites(by=request.user)
    form = ReferralForm(request.POST or None)
    offer_sites(form, sites)
    if request.method == "GET" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "admissions/new.html", {"form": form}, status=status)
    try:
        at, site = timezone.now(), chosen_site(form, sites)
        outcome = refer.receive_form(site=site, form=form.referral(), by=request.user, at=at)
    except DaybridgeError as error:
        form.add_error(None, str(error))
        return render(request, "admissions/new.html", {"form": form}, status=409)
    return _after(request, outcome)


def _after(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    if not may(request.user, Permission.REFERRAL_SEE) or outcome.referral is None:
        toasts.say(request, _("The referral is with admissions."))
        return redirect("admissions:new")
    if outcome.status == "possible-match":
        toasts.say(request, _("Taken in. There may be an older record of this person."))
        return redirect("admissions:compare", outcome.referral)
    toasts.say(request, _("The referral is taken in."))
    return redirect("admissions:referral", outcome.referral)


@requires(Permission.REFERRAL_RECEIVE)
@csrf_exempt
def upload(request: HttpRequest) -> HttpResponse:
    """Packets by upload. What is larger than all files together may be is refused before it is read."""
    most = RULES.number("ADM-8")
    if int(request.META.get("CONTENT_LENGTH") or 0) > most * MEGABYTE:
        problem = (
            _("These files are larger than %d MB together, the most we take at once. Nothing was taken in.") % most
        )
        return render(request, "admissions/upload.html", {"form": UploadForm(), "problem": problem}, status=413)
    return _upload(request)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _upload(request: HttpRequest) -> HttpResponse:
    sites = queries.sites(by=request.user)
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    offer_sites(form, sites)
    if not posted or not form.is_valid():
        return render(request, "admissions/upload.html", {"form": form}, status=422 if posted else 200)
    site = chosen_site(form, sites)
    outcomes = [_take(request, site, file) for file in form.cleaned_data["files"]]
    bad = any(outcome.status == REJECTED for outcome in outcomes)
    context = {"form": UploadForm(), "outcomes": outcomes, "may_see": may(request.user, Permission.REFERRAL_SEE)}
    offer_sites(context["form"], sites)
    return render(request, "admissions/upload.html", context, status=422 if bad else 200)


def _take(request: HttpRequest, site: object, file: UploadedFile) -> Outcome:
    """One file, whole or not at all; each stands for itself."""
    most = RULES.number("ADM-5")
    if file.size > most * MEGABYTE:
        problem = Problem("", _("The file is larger than %d MB, the most we take by upload.") % most)
        return Outcome(status=REJECTED, file=file.name, problems=(problem,))
    return refer.receive_packet(site=site, name=file.name, data=file.read(), by=request.user, at=timezone.now())


patterns = [
    path("new/", new, name="new"),
    path("upload/", upload, name="upload"),
]
