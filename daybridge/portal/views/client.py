"""The client's own first page, and the phones that show it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import public
from daybridge.portal.door import guest, page
from daybridge.portal.queries import home as homes
from daybridge.portal.rules import Holder
from daybridge.scheduling import actions as scheduling

LINK = "portal.my_link"
WHY = "a client's own page on their own phone, opened by a one-time link; the door lets nobody else in"


@dataclass(frozen=True, slots=True)
class Tile:
    """One way on from the first page; `waits` when it asks for something."""

    url: str
    icon: str
    words: str | Promise
    more: str | Promise
    waits: bool = False


WAYS = (
    ("life", "calendar-clock", gettext_lazy("When I can come"), gettext_lazy("Job, school, kids: show us your week")),
    ("reminders", "bell", gettext_lazy("Reminders"), gettext_lazy("A note before you come, and your calendar")),
    ("sharing", "share-2", gettext_lazy("Who may know what"), gettext_lazy("See it, stop it, share")),
    ("opened", "eye", gettext_lazy("Who opened my record"), gettext_lazy("Each person and why")),
    ("requests", "clipboard-list", gettext_lazy("Ask for something"), gettext_lazy("My record, a change, a complaint")),
    ("letters", "mail", gettext_lazy("My letters"), gettext_lazy("Papers we wrote for you")),
    ("notice", "scale", gettext_lazy("My rights"), gettext_lazy("How we keep it private")),
    ("phones", "smartphone", gettext_lazy("My phones"), gettext_lazy("Where my page is open")),
)


@public(WHY)
@require_GET
@guest("client", "outsider")
def home(request: HttpRequest) -> HttpResponse:
    """What is next, what waits, who to reach; somebody whom a client chose is led to what they may see."""
    if request.visitor.holder is Holder.OUTSIDER:
        return redirect("portal:shared")
    found = homes.home(by=request.visitor.by, at=timezone.now())
    waits = [Tile(one.url, "pen-line", one.words, one.more, True) for one in found.waits]
    ways = [Tile(reverse(f"portal:{name}"), icon, words, more) for name, icon, words, more in WAYS]
    return page(request, "portal/home.html", {"home": found, "is_home": True, "tiles": waits + ways})


@public(WHY)
@require_POST
@guest("client")
def week_seen(request: HttpRequest) -> HttpResponse:
    """The client has read what changed in their week."""
    scheduling.see_notices(by=request.visitor.by, at=timezone.now())
    return redirect("portal:home")
