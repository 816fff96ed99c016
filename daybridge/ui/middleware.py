"""After a form was taken in, its draft is thrown away."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone

from daybridge.ui import actions


def drafts(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Stands last, inside sign-in and idle lock: a redirect seen here is the view's own answer.

    The cookie tells the browser which copy of its own to drop.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "POST" or not _was_taken_in(request, response):
            return response  # what was refused unread (too large) stays unread
        key = request.POST.get("_draft", "")
        if key and request.user.is_authenticated:
            actions.discard_draft(by=request.user, key=key, at=timezone.now())
            response.set_cookie(
                "draft_done", quote(key, safe=""), max_age=60, samesite="Lax", secure=request.is_secure()
            )
        return response

    return middleware


def _was_taken_in(request: HttpRequest, response: HttpResponse) -> bool:
    """A redirect that does not ask to sign in, or a good answer to htmx."""
    if response.status_code in (302, 303):
        return not response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    return "HX-Request" in request.headers and response.status_code < 400
