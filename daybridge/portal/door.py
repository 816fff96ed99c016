"""The door of the pages on a phone: who is let in, and the one closed page for everybody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from daybridge.access import rowlock
from daybridge.portal import actions
from daybridge.portal.models import Pass
from daybridge.portal.queries import visitors
from daybridge.portal.rules import Holder, Phone, longest

KEY = "pass"
LEAVE_FOR = "https://www.weather.gov/"
View = Callable[..., HttpResponse]


def guest(*holders: str) -> Callable[[View], View]:
    """Let in whoever has an open page of these kinds as `request.visitor`; everybody else sees the closed page."""

    def mark(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            found = visitor_of(request)
            if found is None or found.holder not in holders:
                return closed(request)
            request.visitor = found
            with rowlock.as_guest(found.by), translation.override(found.language), timezone.override(found.zone):
                return view(request, *args, **kwargs)

        return never_cache(answer)

    return mark


def visitor_of(request: HttpRequest) -> visitors.Visitor | None:
    """The visitor of this session. Staff are never guests: whoever signs in leaves the page on the phone."""
    held, now = request.session.get(KEY), timezone.now()
    if not held:
        return None
    with rowlock.as_system("whose pass this is"):
        found = None if request.user.is_authenticated else visitors.visitor(pass_id=UUID(held), at=now)
        if found:
            actions.see(pass_id=found.pass_id, seen_at=found.seen_at, at=now)
            return found
    del request.session[KEY]
    return None


def let_in(request: HttpRequest, one: Pass) -> None:
    """Begin a visit in a session of its own; a member of staff who opens a link is signed out first."""
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    request.session.flush()
    request.session[KEY] = str(one.id)
    request.session.set_expiry(longest() if one.phone == Phone.OWN else 0)


def closed(request: HttpRequest, status: int = 404) -> HttpResponse:
    """The same page whatever the reason; it neither confirms nor denies anything."""
    answer = render(request, "portal/closed.html", {"nav": [], "leave_url": LEAVE_FOR}, status=status)
    answer["Cache-Control"] = "no-store, private"
    return answer


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page for the visitor, with help and the way out around it."""
    found = request.visitor
    around = {
        "nav": [], "program_phone": found.phone, "leave_url": reverse("portal:leave"), "visitor": found,
        "today_url": reverse("portal:home"), "is_outsider": found.holder == Holder.OUTSIDER,
    }  # fmt: skip
    return render(request, template, around | context, status=status)
