"""The calendar behind a secret address, and a staff member's own addresses."""

from hashlib import sha256
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import public, requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.reminders import actions, queries
from daybridge.ui import toasts

ADDRESS = "reminders.address"


@public("a calendar reads it by an address nobody can guess; it shows one person's own times and can be ended")
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar; the same bytes as long as nothing changed, so that calendars need not read it again."""
    try:
        made = actions.read_feed(token=token, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        raise Http404 from None
    etag = f'"{sha256(made).hexdigest()[:32]}"'
    same = request.headers.get("If-None-Match", "") == etag
    answer = HttpResponseNotModified() if same else HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["ETag"], answer["Cache-Control"] = etag, "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_GET
@requires(Permission.OWN_ACCOUNT)
def mine(request: HttpRequest) -> HttpResponse:
    """A staff member's own calendar addresses; a new one is shown once."""
    link = request.session.pop(ADDRESS, "")
    return render(request, "reminders/mine.html", {"feeds": queries.own_feeds(by=request.user), "link": link})


@require_POST
@requires(Permission.OWN_ACCOUNT)
def give(request: HttpRequest) -> HttpResponse:
    """A new address of one's own."""
    try:
        _feed, link = actions.give_own_feed(by=request.user, at=timezone.now())
        request.session[ADDRESS] = link
    except DaybridgeError as error:
        toasts.say(request, str(error))
    return redirect("reminders:mine")


@require_POST
@requires(Permission.OWN_ACCOUNT)
def end(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """End one of them."""
    try:
        actions.end_feed(feed_id=feed_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    toasts.say(request, _("The address is ended."))
    return redirect("reminders:mine")
