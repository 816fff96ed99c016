"""Seats and waiting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.scheduling import queries
from daybridge.scheduling.views.asking import first_day, site_id, site_tabs
from daybridge.ui.answers import or_404


@require_GET
@requires(Permission.WEEK_SEE)
def capacity(request: HttpRequest) -> HttpResponse:
    """Free seats for four weeks, who reaches hours, who waits."""
    site = site_id(request)
    with or_404():
        page = queries.capacity(site_id=site, first=first_day(request), by=request.user, at=timezone.now())
    url = reverse("scheduling:capacity")
    tabs = site_tabs(page.sites, site, lambda one: f"{url}?site={one}")
    fills = [(date_format(one.first, "M j"), one.percent) for one in page.fills]
    context = {"page": page, "fills": fills, "tabs": tabs,
               "may_place": may(request.user, Permission.WEEK_PLACE)}  # fmt: skip
    return render(request, "scheduling/capacity.html", context)
