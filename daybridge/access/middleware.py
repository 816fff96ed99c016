"""What every request passes: its origin for the ledger, the site's time zone, the idle lock, default deny."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation

from daybridge.access import doors, reach, rowlock
from daybridge.access.models import Site
from daybridge.access.rules import RULES, Permission
from daybridge.audit import ledger

Answer = Callable[[HttpRequest], HttpResponse]
STAMP_EVERY = timedelta(seconds=RULES.number("ACC-3")).total_seconds()


def origin(get_response: Answer) -> Answer:
    """Remember where the request came from, for every line of the ledger it writes."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = ledger.origin.set(get_adapter().get_client_ip(request))
        try:
            return get_response(request)
        finally:
            ledger.origin.reset(token)

    return answer


def remember(get_response: Answer) -> Answer:
    """Ask who is within reach once a request."""

    def answer(request: HttpRequest) -> HttpResponse:
        with reach.remembering():
            return get_response(request)

    return answer


def local_time(get_response: Answer) -> Answer:
    """Show times of the person's site, in the person's language."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.site, language = None, nullcontext()
        if request.user.is_authenticated:
            request.site = Site.objects.filter(id__in=[site for _, site in request.user.places]).first()
            language = translation.override(request.user.language) if request.user.language else language
        with language, timezone.override(ZoneInfo(request.site.timezone) if request.site else None):
            return get_response(request)

    return answer


def idle_lock(get_response: Answer) -> Answer:
    """After some idle minutes, and after a long day, ask for the sign-in again; what was typed stays in the drafts.

    A request with X-Poll is the page's own and no sign of life. The stamp is written every few seconds at most.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        now = timezone.now().timestamp()
        seen = request.session.get("seen", 0)
        began = request.session.setdefault("began", now)
        if (seen and now - seen >= settings.IDLE_LOCK_MINUTES * 60) or now - began >= settings.SESSION_COOKIE_AGE:
            return doors.lock(request)
        if now - seen >= STAMP_EVERY and not request.headers.get("X-Poll"):
            request.session["seen"] = now
            UserSession.objects.create_from_request(request)
        return get_response(request)

    return answer


def default_deny(get_response: Answer) -> Answer:
    """Let a request through only to a view that names its permission or says why it is public."""

    def answer(request: HttpRequest) -> HttpResponse:
        with rowlock.locked():
            return get_response(request)

    def process_view(request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if getattr(view, "public", None) or doors.is_public(request):
            _turn(request, None)
            return None
        if not request.user.is_authenticated:
            return doors.ask_to_sign_in(request, doors.page_of(request))
        permission = getattr(view, "permission", None) or doors.permission_of(request)
        if permission is None or not request.user.sites_with(permission):
            raise Http404
        _turn(request, permission)
        return None

    answer.process_view = process_view
    return answer


def _turn(request: HttpRequest, permission: Permission | None) -> None:
    """The second lock: from here on the database shows this request only whom it may meet."""
    if rowlock.is_on():
        known = request.user.is_authenticated
        rowlock.turn(rowlock.identity_of(request.user, permission) if known else rowlock.NOBODY)
