"""The privacy officer's desk, and what one record shows of its readers and of what left it."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.rights import queries


@require_GET
@requires(Permission.REQUEST_WORK)
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What is due, what left lately, whether the ledger holds, and what the program promises."""
    shown = queries.desk(by=request.user, at=timezone.now())
    return render(request, "rights/desk.html", {"desk": shown, "places": _places(request)})


PLACES = (
    ("access:ledger", _("Ledger"), "scroll-text", Permission.LEDGER_READ),
    ("access:permissions", _("Who may do what"), "shield-check", Permission.PERMISSIONS_SEE),
)


def _places(request: HttpRequest) -> list[dict[str, object]]:
    """Other pages of the privacy officer."""
    return [
        {"url": reverse(name), "label": label, "icon": icon}
        for name, label, icon, permission in PLACES
        if may(request.user, permission)
    ]


@require_GET
@requires(Permission.DISCLOSURES_SEE)
@never_cache
def opened(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Who opened one record, as its person sees it."""
    before = _day(request.GET.get("before", ""))
    try:
        log = queries.access_log(client_id=client_id, by=request.user, at=timezone.now(), before=before)
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "rights/opened.html", {"log": log, "before": before})


@require_GET
@requires(Permission.DISCLOSURES_SEE)
@never_cache
def disclosures(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What left one record, to whom and why."""
    number = page_number(request)
    try:
        left = queries.disclosures(client_id=client_id, by=request.user, at=timezone.now(), page=number)
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "rights/disclosures.html", {"left": left})


def page_number(request: HttpRequest) -> int:
    """The page asked for in the address, 1 for nonsense."""
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
