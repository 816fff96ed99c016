"""Staff accounts: who is here, in which role, and who is invited."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from daybridge.access import actions, queries
from daybridge.access.forms import GrantForm, InviteForm, PlaceForm
from daybridge.access.gates import requires
from daybridge.access.rules import Permission, Role
from daybridge.kit.errors import DaybridgeError
from daybridge.ui import toasts

LINK = "access.new_link"


@requires(Permission.ACCOUNTS_MANAGE)
@never_cache
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, open invitations, and the form to invite."""
    return _people(request, InviteForm(sites=queries.manageable_sites(by=request.user)), 200)


def _people(request: HttpRequest, form: InviteForm, status: int, problem: str = "") -> HttpResponse:
    context = {
        "accounts": queries.accounts(by=request.user),
        "invitations": queries.invitations(by=request.user, at=timezone.now()),
        "form": form,
        "problem": problem,
        "link": request.session.pop(LINK, None),
    }
    return render(request, "access/people.html", context, status=status)


@requires(Permission.ACCOUNTS_MANAGE)
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Invite one person; the next page shows the link, once."""
    form = InviteForm(request.POST, sites=queries.manageable_sites(by=request.user))
    if not form.is_valid():
        return _people(request, form, 422)
    clean = form.cleaned_data
    try:
        invitation, link = actions.invite(
            email=clean["email"], name=clean["name"], site_id=UUID(clean["site"]), role=Role(clean["role"]),
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except DaybridgeError as error:
        form.add_error(None, str(error))
        return _people(request, form, 409)
    request.session[LINK] = {"name": invitation.name, "link": link}
    return redirect("access:people")


@requires(Permission.ACCOUNTS_MANAGE)
@require_POST
def renew(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """A new link for an open or expired invitation."""
    try:
        invitation, link = actions.renew(invitation_id=invitation_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _people(request, InviteForm(sites=queries.manageable_sites(by=request.user)), 409, str(error))
    request.session[LINK] = {"name": invitation.name, "link": link}
    return redirect("access:people")


@requires(Permission.ACCOUNTS_MANAGE)
@require_POST
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    try:
        actions.withdraw(invitation_id=invitation_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _people(request, InviteForm(sites=queries.manageable_sites(by=request.user)), 409, str(error))
    toasts.say(request, _("The invitation is withdrawn; its link no longer works."))
    return redirect("access:people")


@requires(Permission.ACCOUNTS_MANAGE)
@never_cache
@require_GET
def person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One account: its roles, its sessions, its end."""
    return _person(request, user_id, 200)


def _grant_form(request: HttpRequest, data: QueryDict | None) -> GrantForm:
    sites, people = queries.manageable_sites(by=request.user), queries.possible_supervisors(by=request.user)
    return GrantForm(data, sites=sites, people=people)


def _person(
    request: HttpRequest, user_id: UUID, status: int, problem: str = "", form: GrantForm | None = None
) -> HttpResponse:
    try:
        row = queries.account(user_id=user_id, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    form = form or _grant_form(request, None)
    context = {"person": row, "form": form, "problem": problem, "is_self": row.id == request.user.pk}
    return render(request, "access/person.html", context, status=status)


def _done(request: HttpRequest, user_id: UUID, act: Callable[[datetime], object], words: str) -> HttpResponse:
    """Do one act on an account: back to its page with `words`, or the refusal shown in place."""
    try:
        act(timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _person(request, user_id, 409, str(error))
    toasts.say(request, words)
    return redirect("access:person", user_id)


@requires(Permission.ACCOUNTS_MANAGE)
@require_POST
def grant(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Give a role."""
    form = _grant_form(request, request.POST)
    if not form.is_valid():
        return _person(request, user_id, 422, _("Choose a role and a site."), form)
    place = {"user_id": user_id, "site_id": UUID(form.cleaned_data["site"]), "role": Role(form.cleaned_data["role"])}
    act, words = actions.grant, _("The role is given.")
    if request.POST.get("change"):
        act, words = actions.limit, _("The limits are changed.")
    return _done(request, user_id, lambda at: act(**place, limits=form.limits, by=request.user, at=at), words)


@requires(Permission.ACCOUNTS_MANAGE)
@require_POST
def take_away(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Take a role away."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _person(request, user_id, 422, _("Choose a role and a site."))
    site, role, by = form.cleaned_data["site"], Role(form.cleaned_data["role"]), request.user
    return _done(
        request, user_id, lambda at: actions.take_away(user_id=user_id, site_id=site, role=role, by=by, at=at),
        _("The role is taken away."),
    )  # fmt: skip


@requires(Permission.ACCOUNTS_MANAGE)
@require_POST
def close(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Close the account."""
    by = request.user
    return _done(request, user_id, lambda at: actions.close_account(user_id=user_id, by=by, at=at),
                 _("The account is closed and its sessions are ended."))  # fmt: skip


@requires(Permission.ACCOUNTS_MANAGE)
@require_POST
def reopen(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    by = request.user
    return _done(request, user_id, lambda at: actions.reopen_account(user_id=user_id, by=by, at=at),
                 _("The account is open again."))  # fmt: skip


@requires(Permission.ACCOUNTS_MANAGE)
@require_POST
def end_sessions(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """End every session of the account."""
    by = request.user
    return _done(request, user_id, lambda at: actions.end_sessions(user_id=user_id, by=by, at=at),
                 _("All sessions of this account are ended."))  # fmt: skip


@requires(Permission.ACCOUNTS_MANAGE)
@require_POST
def clear_second_step(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Remove the second step of somebody who lost it."""
    by = request.user
    return _done(request, user_id, lambda at: actions.clear_second_step(user_id=user_id, by=by, at=at),
                 _("The second step is removed. The password alone signs in until a new one is set up."))  # fmt: skip
