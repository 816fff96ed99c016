"""How long each class is kept, and what laws and contracts ask for instead."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.keeping import actions, queries
from daybridge.keeping.forms import PeriodForm
from daybridge.keeping.views.frame import problem_of, tabs
from daybridge.ui import toasts


@require_GET
@requires(Permission.KEEPING_SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """The classes in plain words."""
    return _page(request)


def _page(request: HttpRequest, form: PeriodForm | None = None, problem: str = "", status: int = 200) -> HttpResponse:
    page = queries.classes(by=request.user)
    context = {
        "page": page, "form": form or PeriodForm(sites=page.sites), "problem": problem, "tabs": tabs(request),
        "may_choose": may(request.user, Permission.RETENTION_SET),
    }  # fmt: skip
    return render(request, "keeping/overview.html", context, status=status)


@require_POST
@requires(Permission.RETENTION_SET)
def choose(request: HttpRequest) -> HttpResponse:
    """Keep a class as a law or contract asks."""
    form = PeriodForm(request.POST, sites=queries.classes(by=request.user).sites)
    if not form.is_valid():
        return _page(request, form, status=422)
    site_id, at = UUID(form.cleaned_data["site"]), timezone.now()
    problem = problem_of(lambda: actions.choose(site_id=site_id, choice=form.choice, by=request.user, at=at))
    if problem:
        return _page(request, form, problem, 409)
    toasts.say(request, _("From now on it is kept as long as this asks for."))
    return redirect("keeping:overview")


@require_POST
@requires(Permission.RETENTION_SET)
def end(request: HttpRequest, period_id: UUID) -> HttpResponse:
    """The law or contract asks no more."""
    problem = problem_of(lambda: actions.end(period_id=period_id, by=request.user, at=timezone.now()))
    if problem:
        return _page(request, problem=problem, status=409)
    toasts.say(request, _("Ended. The usual years count again."))
    return redirect("keeping:overview")
