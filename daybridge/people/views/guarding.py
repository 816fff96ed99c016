"""Breaking the glass and its review; hidden records."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import RULES, Outcome, Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.people import guarding
from daybridge.people.guarding.forms import GlassForm, HideForm, NameForm, ReviewForm
from daybridge.ui import toasts


@requires(Permission.GLASS_BREAK)
@never_cache
@require_http_methods(["GET", "POST"])
def glass(request: HttpRequest) -> HttpResponse:
    """Open a record out of reach in need. Whoever is not found here looks like nobody."""
    now, form, status = timezone.now(), GlassForm(request.POST or None), 200
    if form.is_valid():
        try:
            client = guarding.break_glass(
                sought=form.sought, reason=form.cleaned_data["reason"], by=request.user, at=now
            )
            if client is not None:
                return redirect("chart:chart", client.pk)
            form.add_error(None, _("No record fits. Check the spelling and the date; this search is on the ledger."))
        except DaybridgeError as error:
            form.add_error(None, str(error))
            status = 409
    context = {"form": form, "mine": guarding.own_openings(by=request.user, at=now), "minutes": RULES.number("ACC-4")}
    return render(request, "people/glass.html", context, status=422 if form.errors and status == 200 else status)


@requires(Permission.GLASS_BREAK)
@require_POST
def end_glass(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Close what one opened."""
    try:
        guarding.end_glass(glass_id=glass_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        toasts.say(request, str(error))
        return redirect("people:glass")
    toasts.say(request, _("The record is closed again."))
    return redirect("people:glass")


@requires(Permission.GLASS_REVIEW)
@never_cache
@require_GET
def openings(request: HttpRequest) -> HttpResponse:
    """Every opening, those to review first."""
    return _openings(request, 200)


def _openings(request: HttpRequest, status: int, problem: str = "") -> HttpResponse:
    number = request.GET.get("page", "1")
    page = guarding.openings(page=int(number) if number.isdecimal() else 1, by=request.user, at=timezone.now())
    context = {"page": page, "form": ReviewForm(), "problem": problem}
    return render(request, "people/openings.html", context, status=status)


@requires(Permission.GLASS_REVIEW)
@require_POST
def review(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Say what the review found."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _openings(request, 422, _("Choose what the review found."))
    outcome, remark = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["remark"]
    try:
        guarding.review(glass_id=glass_id, outcome=outcome, remark=remark, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _openings(request, 409, str(error))
    toasts.say(request, _("The review is kept."))
    return redirect("people:openings")


@requires(Permission.REACH_MANAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def hidden(request: HttpRequest) -> HttpResponse:
    """The hidden records and their named teams; hide one more."""
    choices = guarding.staff_to_name(by=request.user)
    form, status = HideForm(request.POST or None, staff=choices), 200
    if form.is_valid():
        try:
            guarding.hide(sought=form.sought, naming=form.naming, by=request.user, at=timezone.now())
            toasts.say(request, _("The record is hidden from everybody but the people you named."))
            return redirect("people:hidden")
        except ObjectDoesNotExist:
            form.add_error(None, _("No record at your site fits."))
        except DaybridgeError as error:
            form.add_error(None, str(error))
            status = 409
    context = {
        "rows": guarding.hidden(by=request.user, at=timezone.now()),
        "form": form,
        "name_form": NameForm(staff=choices),
    }
    return render(request, "people/hidden.html", context, status=422 if form.errors and status == 200 else status)


@requires(Permission.REACH_MANAGE)
@require_POST
def name(request: HttpRequest, hidden_id: UUID) -> HttpResponse:
    """Name one more person for a hidden record."""
    form = NameForm(request.POST, staff=guarding.staff_to_name(by=request.user))
    if not form.is_valid():
        raise Http404
    user_id = UUID(form.cleaned_data["user"])
    return _changed(request, lambda: guarding.name(
        hidden_id=hidden_id, user_id=user_id, by=request.user, at=timezone.now()
    ))  # fmt: skip


@requires(Permission.REACH_MANAGE)
@require_POST
def unname(request: HttpRequest, hidden_id: UUID, user_id: UUID) -> HttpResponse:
    """Take one person off the named team."""
    return _changed(request, lambda: guarding.unname(
        hidden_id=hidden_id, user_id=user_id, by=request.user, at=timezone.now()
    ))  # fmt: skip


@requires(Permission.REACH_MANAGE)
@require_POST
def show(request: HttpRequest, hidden_id: UUID) -> HttpResponse:
    """Show a hidden record to its site again."""
    return _changed(request, lambda: guarding.show(hidden_id=hidden_id, by=request.user, at=timezone.now()))


def _changed(request: HttpRequest, act) -> HttpResponse:
    try:
        act()
        toasts.say(request, _("Done."))
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        toasts.say(request, str(error))
    return redirect("people:hidden")
