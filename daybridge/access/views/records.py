"""The permission table and the ledger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from daybridge.access import actions, queries
from daybridge.access.forms import LedgerForm, SignForm
from daybridge.access.gates import may, requires
from daybridge.access.rules import REACH_WORDS, ROLES, Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.ui import toasts


@requires(Permission.PERMISSIONS_SEE)
@require_GET
def permissions(request: HttpRequest) -> HttpResponse:
    """Roles and permissions, as they hold now."""
    return _permissions(request, SignForm(initial={"table": queries.signature().hash}), 200)


def _permissions(request: HttpRequest, form: SignForm, status: int) -> HttpResponse:
    context = {
        "groups": queries.permission_groups(), "roles": list(ROLES.values()), "now": timezone.now(),
        "reach": queries.reach_table(), "reaches": list(REACH_WORDS.values()), "signature": queries.signature(),
        "form": form, "may_sign": may(request.user, Permission.PERMISSIONS_SIGN),
    }  # fmt: skip
    return render(request, "access/permissions.html", context, status=status)


@requires(Permission.PERMISSIONS_SIGN)
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """Sign the table that was read."""
    form = SignForm(request.POST)
    if not form.is_valid():
        return _permissions(request, form, 422)
    table, typed = form.cleaned_data["table"], form.cleaned_data["name"]
    try:
        actions.sign_table(seen=table, typed=typed, by=request.user, at=timezone.now())
    except DaybridgeError as error:
        form = SignForm({"table": queries.signature().hash, "name": typed})
        form.add_error("name", str(error))
        return _permissions(request, form, 409)
    toasts.say(request, _("The table is signed."))
    return redirect("access:permissions")


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
    standing = queries.standing(by=request.user)
    context = {"page": page, "form": form, "filters": filters, "standing": standing}
    return render(request, "access/ledger.html", context, status=422 if form.errors else 200)


@requires(Permission.LEDGER_READ)
@never_cache
@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    """Walk one step along the chain; the piece asks for the next until the proof stands. htmx gets the piece."""
    template, status = "access/_proof.html" if request.headers.get("HX-Request") else "access/proof.html", 200
    try:
        context = {"step": actions.prove(so_far=request.POST.get("so_far", ""), by=request.user, at=timezone.now())}
    except DaybridgeError as error:
        context, status = {"problem": str(error)}, 409
    return render(request, template, context, status=status)


@requires(Permission.LEDGER_READ)
@never_cache
@require_GET
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint, to keep elsewhere; it names no client."""
    found = queries.checkpoint(by=request.user, at=timezone.now())
    if found is None:
        toasts.say(request, _("There is no checkpoint yet. Each proof of the chain makes one."))
        return redirect("access:ledger")
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(found.content, content_type="application/json", headers=headers)
