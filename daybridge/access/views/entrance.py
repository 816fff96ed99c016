"""Ways in: an invitation, the demo's welcome page, and the page a lock leads to."""

from allauth.account.utils import perform_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access import actions, doors, queries
from daybridge.access.forms import AcceptForm, EnterForm
from daybridge.access.gates import public
from daybridge.kit.errors import BadInput, DaybridgeError


@public("the one-time link of an invitation; without it there is nothing to see")
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open the account that a link promises, and sign in."""
    now = timezone.now()
    offer = queries.open_invitation(token=token, at=now)
    form = AcceptForm(request.POST or None, initial={"name": offer.name if offer else ""})
    if form.is_valid():
        try:
            user = actions.accept(token=token, at=now, **form.cleaned_data)
            return perform_login(request, user, redirect_url="/")
        except BadInput as error:
            form.add_error("password", str(error))
        except DaybridgeError as error:
            form.add_error(None, str(error))
    status = 410 if offer is None else 422 if form.errors else 200
    return render(request, "access/invitation.html", {"offer": offer, "form": form}, status=status)


@public("the demo's sign-ins; answers 404 unless this is a demo")
@never_cache
@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """Everybody one can be in the demo."""
    program = queries.demo_program()
    if program is None:
        raise Http404
    return render(request, "access/welcome.html", {"program": program, "sites": queries.demo_accounts()})


@public("signs in as a demo account; the action refuses outside a demo")
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one demo account."""
    form = EnterForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        user = actions.demo_sign_in(user_id=form.cleaned_data["user"], at=timezone.now())
    except (DaybridgeError, ObjectDoesNotExist):
        raise Http404 from None
    request.session.flush()
    return perform_login(request, user, redirect_url="/")


@public("where the idle lock leads; ends the session")
@never_cache
@require_GET
def locked(request: HttpRequest) -> HttpResponse:
    """End the session now and lead to the sign-in, which comes back to `next`."""
    return doors.lock(request)
