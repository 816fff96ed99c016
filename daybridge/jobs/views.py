"""The administrator's page of background work, and the piece that shows one job's progress."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.jobs import actions, queries
from daybridge.kit.errors import DaybridgeError
from daybridge.ui import toasts


@requires(Permission.JOBS_SEE)
@never_cache
@vary_on_headers("HX-Request")
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """The whole page, or for a poll only what changes."""
    return _page(request, "jobs/_now.html" if request.htmx else "jobs/list.html")


@requires(Permission.JOBS_SEE)
@require_POST
def restart(request: HttpRequest, job_id: UUID) -> HttpResponse:
    try:
        actions.restart(job_id=job_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _page(request, "jobs/list.html", problem=str(error), status=409)
    toasts.say(request, _("The work waits for its turn again."))
    return redirect("jobs:list")


@requires(Permission.OWN_ACCOUNT)
@never_cache
@require_GET
def progress(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The piece that asks for itself again until the job has ended."""
    try:
        job = queries.progress(job_id=job_id, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "jobs/_progress.html", {"job": job})


def _page(request: HttpRequest, template: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    overview = queries.overview(by=request.user, at=timezone.now())
    return render(request, template, {"jobs": overview, "problem": problem}, status=status)
