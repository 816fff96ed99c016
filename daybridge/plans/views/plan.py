"""Pages of the plan: read it, write it, sign it."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.plans import actions, forms, queries, rules
from daybridge.program.rules import clock
from daybridge.ui import toasts


@dataclass(frozen=True, slots=True)
class FreeDay:
    """One weekday of the picture: what stands against coming and what is left, as stretches of the clock."""

    label: str
    free: tuple[str, ...]
    minutes: int


@require_GET
@requires(Permission.PLAN_SEE)
def plan(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The plan in force, a draft that waits, and the versions before."""
    page = _page(request, episode_id)
    return render(request, "plans/plan.html", {"page": page, "days": picture(page.commitments)})


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_WRITE)
def write(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Write the plan and say when the client cannot come; "add" only adds a row."""
    page = _page(request, episode_id)
    if request.method == "GET":
        form = forms.PlanForm(initial=forms.initial_of(page.draft or page.active, rules.least_minutes(page.age)))
        return _writing(request, page, form, forms.rows_of(page.commitments))
    form, rows = forms.PlanForm(request.POST), forms.bound_rows(request.POST)
    if "add" in request.POST or "look" in request.POST:
        return _writing(request, page, forms.PlanForm(initial=request.POST.dict()), rows)
    if not form.is_valid() or any(row.errors for row in rows):
        return _writing(request, page, form, rows, status=422)
    words = form.words(tuple(one for row in rows for one in row.busy))
    try:
        actions.write(episode_id=episode_id, plan=words, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _writing(request, page, form, rows, str(error), 409)
    toasts.say(request, _("The draft is kept. Read it with the client, then sign."))
    return redirect("plans:plan", episode_id)


@require_POST
@requires(Permission.PLAN_WRITE)
def free(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """The picture of the client's free time, while the rows are typed; nothing is kept."""
    rows = forms.bound_rows(request.POST)
    busy = tuple(one for row in rows if row.is_valid() for one in row.busy)
    return render(request, "plans/_free.html", {"days": picture(busy)})


@require_POST
@requires(Permission.PLAN_WRITE)
def sign(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Sign the draft; the week is placed next."""
    try:
        signed = actions.sign(plan_id=plan_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return render(request, "plans/refused.html", {"problem": str(error)}, status=409)
    toasts.say(request, _("The plan is signed."))
    return redirect("scheduling:place", signed.episode_id)


def picture(commitments: tuple[rules.Busy, ...], travel: int = 0) -> list[FreeDay]:
    """The free time of each weekday, without the way from and to what is not free."""
    windows = rules.free_windows(commitments, rules.open_hours(), travel)
    out = []
    for weekday, label in forms.DAYS:
        mine = [window for window in windows if window.weekday == weekday]
        words = tuple(f"{clock(start)} to {clock(end)}" for _day, start, end in mine)
        out.append(FreeDay(str(label), words, sum(end - start for _day, start, end in mine)))
    return out


def _page(request: HttpRequest, episode_id: UUID) -> queries.PlanPage:
    try:
        return queries.plan(episode_id=episode_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None


def _writing(
    request: HttpRequest, page: queries.PlanPage, form: forms.PlanForm, rows: list[forms.AwayForm], problem: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    busy = tuple(one for row in rows if row.is_bound and row.is_valid() for one in row.busy)
    shown = picture(busy if rows and rows[0].is_bound else page.commitments)
    context = {"page": page, "form": form, "rows": rows, "problem": problem, "days": shown}
    return render(request, "plans/write.html", context, status=status)
