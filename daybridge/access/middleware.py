"""What every request passes: its origin for the ledger, the site's time zone, the idle lock, default deny."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation

from daybridge.access import doors
from daybridge.access.models import Program, Site
from daybridge.audit import ledger

Answer = Callable[[HttpRequest], HttpResponse]


def origin(get_response: Answer) -> Answer:
    """Remember where the request came from, for every line of the ledger it writes."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = ledger.origin.set(request.META.get("REMOTE_ADDR", ""))
        try:
            return get_response(request)
        finally:
            ledger.origin.reset(token)

    return answer


def local_time(get_response: Answer) -> Answer:
    """Show times of the person's site, in the person's language."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.site = None
        if request.user.is_authenticated:
            places = [site for _, site in request.user.places]
            request.site = Site.objects.filter(id__in=places).first()
            if "language" not in request.session and request.user.language:
                translation.activate(request.user.language)
        with timezone.override(ZoneInfo(request.site.timezone) if request.site else None):
            return get_response(request)

    return answer


def idle_lock(get_response: Answer) -> Answer:
    """After some idle minutes ask for the sign-in again; what was typed stays in the drafts."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        now = timezone.now().timestamp()
        idle = now - request.session.get("seen", now)
        if idle > settings.IDLE_LOCK_MINUTES * 60 and not request.path.startswith(doors.SIGN_IN_PATHS):
            return doors.lock(request)
        if not request.headers.get("X-Poll"):
            request.session["seen"] = now
        return get_response(request)

    return answer


def default_deny(get_response: Answer) -> Answer:
    """Let a request through only to a view that names its permission or says why it is public."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if getattr(view, "public", None) or doors.is_public(request):
            return None
        if not request.user.is_authenticated:
            if request.headers.get("Accept", "").startswith("application/json"):
                return JsonResponse({"error": "signed out"}, status=401)
            return redirect_to_login(request.get_full_path())
        permission = getattr(view, "permission", None) or doors.permission_of(request)
        if permission is None or not request.user.sites_with(permission):
            raise Http404
        return None

    answer.process_view = process_view
    return answer


def demo_program() -> Program | None:
    """The demo program, when this installation is one; made only by `daybridge demo`."""
    return Program.objects.filter(is_demo=True).first()
