"""What the room's views share: the site that is asked for, its day, addresses that keep it, and how a form is sent."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.program import queries
from daybridge.program.rules import Step
from daybridge.program.words import STEPS

SECTIONS = (
    ("program:overview", _("Tracks and groups")), ("program:library", _("Library")),
    ("program:calendar", _("Days off and windows")), ("program:templates", _("Templates")),
)  # fmt: skip
DONE = 302


def overview_of(request: HttpRequest) -> queries.Overview:
    """The overview of the site that is asked for, else of the page's own, else of another whose program one sees."""
    site_id = site_of(request)
    try:
        return queries.overview(site_id=site_id, on=today_at(request.site.timezone), by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None


def site_of(request: HttpRequest) -> UUID:
    """The site that is asked for, else the page's own, else another whose program one sees. Http404 for nonsense."""
    reach = request.user.sites_with(Permission.PROGRAM_SEE)
    usual = request.site.id if request.site.id in reach else min(reach)
    try:
        return UUID(request.GET["site"]) if "site" in request.GET else usual
    except ValueError:
        raise Http404 from None


def sections(request: HttpRequest, site_id: UUID, current: str) -> list[dict]:
    """The tabs of the program's pages: one for each part of it."""
    writes = bool(request.user.sites_with(Permission.PROGRAM_WRITE))
    return [
        {"label": label, "url": at(name, site_id), "current": name == current}
        for name, label in SECTIONS
        if writes or name != "program:templates"
    ]


def tried(request: HttpRequest, form: forms.Form, act: Callable[[datetime], object]) -> int:
    """Do what a sent form asks for: 302 when it is done, 200 not sent, 422 misshapen, 409 refused."""
    if request.method != "POST":
        return 200
    if not form.is_valid():
        return 422
    try:
        act(timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        form.add_error(None, str(error))
        return 409
    return DONE


def refusal(act: Callable[[datetime], object]) -> str:
    """Do an act of one button; the sentence of its refusal, "" when it is done."""
    try:
        act(timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return str(error)
    return ""


def today_at(zone: str) -> date:
    return timezone.now().astimezone(ZoneInfo(zone)).date()


def sent(request: HttpRequest, act: str = "") -> object:
    """What was sent, to the form of this act of a page that has several."""
    is_meant = request.method == "POST" and (not act or request.POST.get("act") == act)
    return request.POST if is_meant else None


def at(name: str, site_id: UUID) -> str:
    return f"{reverse(name)}?site={site_id}"


def labels(choices: list, keys: object) -> list[str | Promise]:
    """The words of the chosen keys, in the order of the choices."""
    return [label for key, label in choices if key in keys]


def where(step: Step, site_id: UUID) -> str:
    name = STEPS[step][1]
    if step is Step.POSTS:
        return f"{at(name, site_id)}#staff"
    return at(name, site_id) if name.startswith("program:") else reverse(name)
