"""Legal holds: placing and lifting."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.keeping import actions, queries
from daybridge.keeping.forms import FindForm, HoldForm, ReasonForm
from daybridge.keeping.views.frame import problem_of, tabs
from daybridge.ui import toasts


@require_GET
@requires(Permission.KEEPING_SEE)
def holds(request: HttpRequest) -> HttpResponse:
    """What is held, and a place to find whose record is to be held."""
    return _page(request)


def _page(request: HttpRequest, form: HoldForm | None = None, problem: str = "", status: int = 200) -> HttpResponse:
    words = request.GET.get("who", "")
    context = {
        "rows": queries.holds(by=request.user), "find": FindForm(request.GET if words else None), "problem": problem,
        "form": form or HoldForm(choices=_choices(request, words)), "words": words, "tabs": tabs(request),
        "may_place": may(request.user, Permission.HOLD_PLACE), "lift": ReasonForm(auto_id=False),
    }  # fmt: skip
    return render(request, "keeping/holds.html", context, status=status)


def _choices(request: HttpRequest, words: str) -> list[tuple[UUID, str]]:
    """The people found, then everybody at each site."""
    people = queries.choices(by=request.user, words=words, at=timezone.now())
    sites = queries.classes(by=request.user).sites
    everybody = [(pk, _("Everybody at %(site)s") % {"site": name}) for pk, name in sites]
    return [*((one.pk, f"{one.name}, {one.record_number}") for one in people), *everybody]


@require_POST
@requires(Permission.HOLD_PLACE)
def place(request: HttpRequest) -> HttpResponse:
    """Place a hold on what was chosen; the action judges whether it is within reach."""
    given = request.POST.get("on", "")
    form = HoldForm(request.POST, choices=[*_choices(request, request.GET.get("who", "")), (given, given)])
    if not form.is_valid() or not _is_id(given):
        return _page(request, form, status=422)
    clean = form.cleaned_data
    problem = problem_of(
        lambda: actions.place(
            on=UUID(given), reason=clean["reason"], asked_by=clean["asked_by"], by=request.user, at=timezone.now()
        )
    )
    if problem:
        return _page(request, form, problem, 409)
    toasts.say(request, _("Held. Nothing of it is purged until the hold is lifted."))
    return redirect("keeping:holds")


def _is_id(given: str) -> bool:
    try:
        UUID(given)
    except ValueError:
        return False
    return True


@require_POST
@requires(Permission.HOLD_PLACE)
def lift(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """End a hold."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, problem=_("Say why in a few words."), status=422)
    reason = form.cleaned_data["reason"]
    problem = problem_of(lambda: actions.lift(hold_id=hold_id, reason=reason, by=request.user, at=timezone.now()))
    if problem:
        return _page(request, problem=problem, status=409)
    toasts.say(request, _("Lifted."))
    return redirect("keeping:holds")
