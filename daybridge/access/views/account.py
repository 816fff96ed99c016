"""One's own account."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access import actions, queries
from daybridge.access.forms import SelfForm, SessionForm
from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.ui import toasts


@requires(Permission.OWN_ACCOUNT)
@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name, language, password, second step, passkeys, sessions."""
    form = SelfForm(request.POST or None, initial={"name": request.user.name, "language": request.user.language})
    if form.is_valid():
        actions.describe_self(by=request.user, at=timezone.now(), **form.cleaned_data)
        toasts.say(request, _("Saved."))
        return redirect("access:account")
    context = {"form": form, "account": queries.own_account(by=request.user)}
    return render(request, "access/account.html", context, status=422 if form.errors else 200)


@requires(Permission.OWN_ACCOUNT)
@never_cache
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    rows = queries.own_sessions(by=request.user, current_key=request.session.session_key or "")
    return render(request, "access/sessions.html", {"sessions": rows})


@requires(Permission.OWN_ACCOUNT)
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one session."""
    form = SessionForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.end_own_session(session_id=form.cleaned_data["session"], by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    toasts.say(request, _("That session is ended."))
    return redirect("access:sessions")


@requires(Permission.OWN_ACCOUNT)
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    key = request.session.session_key or ""
    actions.end_other_sessions(current_key=key, by=request.user, at=timezone.now())
    toasts.say(request, _("All other sessions are ended."))
    return redirect("access:sessions")
