"""Take a request in: find the person, choose what is asked for, write it down, hand over the receipt."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.rights import actions, queries, words
from daybridge.rights.forms import TakeForm
from daybridge.rights.rules.requests import Kind


@require_GET
@requires(Permission.REQUEST_TAKE)
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Whose request is it?"""
    typed = request.GET.get("q", "")[:100]
    found = queries.people(typed=typed, by=request.user, at=timezone.now())
    return render(request, "rights/find.html", {"typed": typed, "people": found, "asked": bool(typed.strip())})


@require_http_methods(["GET", "POST"])
@requires(Permission.REQUEST_TAKE)
@never_cache
def take(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What one person asks for; without a kind the page offers all of them."""
    try:
        person = queries.person(client_id=client_id, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    kind = request.GET.get("kind", "")
    if kind not in set(Kind):
        here = reverse("rights:take", args=[client_id])
        offers = [(f"{here}?kind={one}", words.KINDS[one], words.ABOUT[one], words.SHAPES[one]) for one in Kind]
        may_give, may_see = (may(request.user, one) for one in (Permission.CONSENT_SIGN, Permission.DISCLOSURES_SEE))
        context = {"person": person, "offers": offers, "may_give": may_give, "may_see": may_see}
        return render(request, "rights/kinds.html", context)
    return _take(request, person, Kind(kind))


def _take(request: HttpRequest, person: queries.Person, kind: Kind) -> HttpResponse:
    form, problem = _form(request, kind), ""
    if form.is_bound and form.is_valid():
        try:
            taken = actions.take(
                client_id=person.id, asked=form.asked(), upload=form.cleaned_data["letter"],
                token=form.cleaned_data["token"], by=request.user, at=timezone.now(),
            )  # fmt: skip
            return redirect("rights:taken", taken.id)
        except DaybridgeError as error:
            problem = str(error)
    context = {
        "person": person,
        "form": form,
        "kind": words.KINDS[kind],
        "about": words.ABOUT[kind],
        "problem": problem,
    }
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "rights/take.html", context, status=status)


def _form(request: HttpRequest, kind: Kind) -> TakeForm:
    if request.method == "POST":
        return TakeForm(request.POST, request.FILES, kind=kind)
    return TakeForm(kind=kind, initial={"received_on": timezone.localdate()})


@require_GET
@requires(Permission.REQUEST_TAKE)
@never_cache
def taken(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """It is taken in: the last day, and the letter to hand over."""
    try:
        receipt = queries.taken(request_id=request_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    context = {"taken": receipt, "request_id": request_id, "may_work": may(request.user, Permission.REQUEST_WORK)}
    return render(request, "rights/taken.html", context)
