"""Today."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.watch import queries


@requires(Permission.TODAY_SEE)
def today(request: HttpRequest) -> HttpResponse:
    """Everybody lands on what needs them, most urgent first."""
    if request.site is None:
        raise Http404
    day = queries.today(by=request.user, site=request.site, at=timezone.now())
    return render(request, "watch/today.html", {"today": day})
