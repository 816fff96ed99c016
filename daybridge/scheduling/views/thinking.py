"""What if: ask, wait for the worker, read the two weeks side by side; and why somebody's hours are short."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.forms import WhatIfForm
from daybridge.scheduling.thinking.answers import Question
from daybridge.scheduling.views.asking import first_day, site_id, site_tabs
from daybridge.ui.answers import or_404, status_of


@require_http_methods(["GET", "POST"])
@requires(Permission.WEEK_PLACE)
def what_if(request: HttpRequest) -> HttpResponse:
    """Choose a change; a POST has it thought through."""
    with or_404():
        page = queries.asking(site_id=site_id(request), by=request.user)
    form = WhatIfForm(request.POST or None, tracks=page.tracks, counselors=page.counselors)
    problem = ""
    if request.method == "POST" and form.is_valid():
        question = Question(page.site_id, first_day(request), *form.asked())
        try:
            return redirect("scheduling:thought", actions.think(question=question, by=request.user, at=timezone.now()))
        except DaybridgeError as error:
            problem = str(error)
    url = reverse("scheduling:what_if")
    tabs = site_tabs(page.sites, page.site_id, lambda one: f"{url}?site={one}")
    context = {"page": page, "form": form, "problem": problem, "tabs": tabs, "first": first_day(request)}
    return render(request, "scheduling/what_if.html", context, status=status_of(problem, form.errors))


@require_POST
@requires(Permission.WEEK_PLACE)
def why(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Ask why somebody's hours are not reached this week, and what would help."""
    question = Question(site_id(request), first_day(request), "why", str(episode_id))
    try:
        return redirect("scheduling:thought", actions.think(question=question, by=request.user, at=timezone.now()))
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None


@never_cache
@vary_on_headers("HX-Request")
@require_GET
@requires(Permission.WEEK_PLACE)
def thought(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """How far the worker is, then the answer; asks for itself until it is there."""
    with or_404():
        page = queries.outcome(job_id=job_id, by=request.user)
    template = "scheduling/_thought.html" if request.htmx else "scheduling/thought.html"
    return render(request, template, {"page": page})
