"""The permission table and the ledger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from daybridge.access import actions, queries
from daybridge.access.forms import LedgerForm
from daybridge.access.gates import requires
from daybridge.access.rules import ROLES, Permission


@requires(Permission.PERMISSIONS_SEE)
@require_GET
def permissions(request: HttpRequest) -> HttpResponse:
    """Roles and permissions, as they hold now."""
    context = {"rows": queries.permission_table(), "roles": list(ROLES.values()), "now": timezone.now()}
    return render(request, "access/permissions.html", context)


@requires(Permission.LEDGER_READ)
@never_cache
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """Newest entries first; the address says what is shown."""
    verbs, actors = queries.verbs(by=request.user)
    form = LedgerForm(request.GET or None, verbs=verbs, actors=actors)
    filters = queries.Filters(**form.cleaned_data) if form.is_valid() else queries.Filters()
    number = request.GET.get("page", "1")
    page = queries.read_ledger(filters=filters, number=number, by=request.user, at=timezone.now())
    context = {"page": page, "form": form, "filters": filters}
    return render(request, "access/ledger.html", context, status=422 if form.errors else 200)


@requires(Permission.LEDGER_READ)
@never_cache
@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    """Walk the chain and say whether it holds; htmx gets the piece, a plain form a page."""
    proof = actions.prove(by=request.user, at=timezone.now())
    template = "access/_proof.html" if request.headers.get("HX-Request") else "access/proof.html"
    return render(request, template, {"proof": proof})
