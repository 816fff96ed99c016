"""What the room's views share: the site that is asked for, its day, and addresses that keep it."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from daybridge.access.rules import Permission
from daybridge.program import queries
from daybridge.program.rules import Step
from daybridge.program.words import STEPS


def overview_of(request: HttpRequest) -> queries.Overview:
    """The overview of the site that is asked for, else of the page's own, else of another whose program one sees."""
    reach = request.user.sites_with(Permission.PROGRAM_SEE)
    usual = request.site.id if request.site.id in reach else min(reach)
    try:
        site_id = UUID(request.GET["site"]) if "site" in request.GET else usual
        return queries.overview(site_id=site_id, on=today_at(request.site.timezone), by=request.user)
    except (ValueError, ObjectDoesNotExist):
        raise Http404 from None


def today_at(zone: str) -> date:
    return timezone.now().astimezone(ZoneInfo(zone)).date()


def sent(request: HttpRequest) -> object:
    return request.POST if request.method == "POST" else None


def at(name: str, site_id: UUID) -> str:
    return f"{reverse(name)}?site={site_id}"


def where(step: Step, site_id: UUID) -> str:
    name = STEPS[step][1]
    if step is Step.POSTS:
        return f"{at(name, site_id)}#staff"
    return at(name, site_id) if name.startswith("program:") else reverse(name)
