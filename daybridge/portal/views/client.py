"""The client's own first page, and the phones that show it."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import public
from daybridge.kit.errors import DaybridgeError
from daybridge.portal import actions, links
from daybridge.portal.door import closed, guest, page
from daybridge.portal.forms import GiveForm
from daybridge.portal.queries import home as homes
from daybridge.portal.queries import passes as lists
from daybridge.portal.rules import Holder
from daybridge.scheduling import actions as scheduling
from daybridge.ui import toasts

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


@public(WHY)
@require_GET
@guest("client")
def phones(request: HttpRequest) -> HttpResponse:
    """Where the client's page is open, and the pages of those they chose."""
    return _phones(request)


def _phones(request: HttpRequest, problem: str = "") -> HttpResponse:
    visitor = request.visitor
    found = lists.passes(client_id=visitor.client_id, by=visitor.by, at=timezone.now())
    link = request.session.pop(LINK, "")
    context = {
        "page": found, "here": visitor.pass_id, "by_client": True, "problem": problem, "link": link,
        "qr": links.qr(link) if link else "",
    }  # fmt: skip
    return page(request, "portal/phones.html", context, 409 if problem else 200)


@public(WHY)
@require_POST
@guest("client")
def phone_end(request: HttpRequest, pass_id: UUID) -> HttpResponse:
    """Close one of them; closing the one in hand ends the visit."""
    try:
        actions.end_pass(pass_id=pass_id, by=request.visitor.by, at=timezone.now())
    except (ObjectDoesNotExist, DaybridgeError):
        return closed(request)
    if pass_id == request.visitor.pass_id:
        request.session.flush()
        return redirect("portal:home")
    toasts.say(request, _("The page is closed."))
    return redirect("portal:phones")


@public(WHY)
@require_POST
@guest("client")
def phone_give(request: HttpRequest) -> HttpResponse:
    """A link for another phone of one's own, or for somebody a consent names; shown on the next page, once."""
    form = GiveForm(request.POST)
    if not form.is_valid():
        return closed(request)
    visitor = request.visitor
    try:
        _one, link = actions.give_pass(
            client_id=visitor.client_id, consent_id=form.cleaned_data["consent"], by=visitor.by, at=timezone.now()
        )  # fmt: skip
    except ObjectDoesNotExist:
        return closed(request)
    except DaybridgeError as error:
        return _phones(request, _(str(error)))
    request.session[LINK] = link
    return redirect("portal:phones")
