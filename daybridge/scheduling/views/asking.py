"""What every page of the week is asked: which week, which site; and where its arrows lead."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from daybridge.scheduling.forms import WeekForm

WEEK = timedelta(days=7)
HOURS = [f"{(hour - 1) % 12 + 1} {'am' if hour < 12 else 'pm'}" for hour in range(8, 21)]


def first_day(request: HttpRequest) -> date:
    """The week asked for, from the query or the form; this week without one."""
    today = timezone.now().astimezone(ZoneInfo(request.site.timezone)).date()
    return WeekForm(request.POST or request.GET).week(today, request.site.first_weekday)


def site_id(request: HttpRequest) -> UUID:
    """The site asked for; the caller's own without one."""
    form = WeekForm(request.POST or request.GET)
    return (form.cleaned_data["site"] if form.is_valid() else None) or request.site.id


def site_tabs(sites: Iterable[tuple[UUID, str]], current: UUID, link: Callable[[UUID], str]) -> list[dict[str, Any]]:
    """A tab for each site, when there is more than one."""
    tabs = [{"label": name, "url": link(one), "current": one == current} for one, name in sites]
    return tabs if len(tabs) > 1 else []


def around(url: str, first: date, more: str = "") -> dict[str, str]:
    """Links to the weeks before and after."""
    return {
        "before_url": f"{url}?first={first - WEEK}{more}", "after_url": f"{url}?first={first + WEEK}{more}",
        "now_url": f"{url}?{more.lstrip('&')}",
    }  # fmt: skip
