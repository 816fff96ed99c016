"""What every staff page shows around its content: where one is and where one may go."""

from dataclasses import dataclass
from functools import cache, partial

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from daybridge.access.gates import may
from daybridge.access.models import Program, User
from daybridge.access.rules import Permission
from daybridge.people import guarding


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    url: str
    label: str | Promise
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Something every page says at its top while it is so, and the act that ends it."""

    words: str
    url: str
    act: str | Promise


PLACES = (
    ("watch:today", _("Today"), "sun", Permission.TODAY_SEE),
    ("chart:clients", _("Clients"), "users", Permission.CLIENT_LIST),
    ("admissions:board", _("Admissions"), "door-open", Permission.REFERRAL_SEE),
    ("scheduling:week", _("Week"), "calendar-days", Permission.WEEK_SEE),
    ("notes:list", _("Notes"), "file-pen-line", Permission.NOTE_SEE),
    ("consent:desk", _("Phone"), "phone", Permission.DESK_ANSWER),
    ("attendance:hours", _("Hours"), "hourglass", Permission.HOURS_SEE),
    ("program:overview", _("Program"), "layout-grid", Permission.PROGRAM_SEE),
    ("access:people", _("Staff"), "id-card", Permission.ACCOUNTS_MANAGE),
    ("jobs:list", _("Jobs"), "list-checks", Permission.JOBS_SEE),
    ("rights:desk", _("Privacy"), "shield", Permission.REQUEST_WORK),
    ("people:openings", _("Guarding"), "eye-off", Permission.GLASS_REVIEW),
    ("access:ledger", _("Ledger"), "scroll-text", Permission.LEDGER_READ),
    ("keeping:overview", _("Keeping"), "archive", Permission.KEEPING_SEE),
    ("access:permissions", _("Permissions"), "shield-check", Permission.PERMISSIONS_SEE),
)


def shell(request: HttpRequest) -> dict[str, object]:
    """`nav`, `where` and `can` for the page around the page; nothing for people who are not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        program = Program.objects.first()
        phone = program.phone if program else ""
        return {"nav": [], "where": "", "who": {}, "is_demo": bool(program and program.is_demo), "program_phone": phone}
    nav = [_place(request, *row[:3]) for row in PLACES if may(user, row[3])]
    site = getattr(request, "site", None)
    return {
        "nav": nav,
        "bands": partial(_bands, user),
        "where": site.name if site else "",
        "program_phone": site.phone if site else "",
        "who": {"name": user.name, "url": reverse("access:account")},
        "idle_seconds": settings.IDLE_LOCK_MINUTES * 60 - 10,
        "idle_minutes": settings.IDLE_LOCK_MINUTES,
        "lock_url": reverse("access:locked"),
    }


def _bands(user: User) -> list[Band]:
    """Records that are open in need: every page says so while they are, and closes them."""
    words = _("Record %(number)s is open in need until %(time)s, to read. The privacy officer sees it.")
    return [
        Band(
            words % {"number": one.record_number, "time": date_format(localtime(one.ends_at), "g:i A")},
            reverse("people:end_glass", args=[one.id]), _("Close it now"),
        )
        for one in guarding.open_now(by=user, at=timezone.now())
    ]  # fmt: skip


_address = cache(reverse)


def _place(request: HttpRequest, name: str, label: str | Promise, icon: str) -> Place:
    url = _address(name)
    room = name.partition(":")[0]
    current = bool(request.resolver_match and request.resolver_match.namespace == room) and (
        request.path == url if room in {"chart", "access", "people", "consent"} else True
    )
    return Place(url, label, icon, current)
