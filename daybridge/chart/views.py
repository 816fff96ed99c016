"""The chart, the list of clients, and finding one's way."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.chart import queries
from daybridge.chart.queries.clients import SHOWN, Wanted
from daybridge.keeping import queries as keeping
from daybridge.people.models import Client
from daybridge.rights import queries as rights

EVERYTHING = 400


@requires(Permission.CLIENT_LIST)
def clients(request: HttpRequest) -> HttpResponse:
    """The list of clients; words, filter and page live in the address."""
    shown = request.GET.get("show", "in-care")
    wanted = Wanted(
        request.GET.get("q", "")[:100], shown if shown in SHOWN else "in-care", _number(request.GET.get("page"))
    )
    page = queries.clients(by=request.user, wanted=wanted, at=timezone.now())
    labels = {"in-care": _("In care"), "mine": _("Mine"), "everyone": _("Everyone")}
    tabs = [{"url": f"?show={key}", "label": labels[key], "current": key == wanted.shown} for key in SHOWN]
    may_open = bool(request.user.sites_with(Permission.GLASS_BREAK))
    context = {"page": page, "wanted": wanted, "tabs": tabs, "may_open_in_need": may_open}
    return render(request, "chart/clients.html", context)


@requires(Permission.CHART_READ)
def chart(request: HttpRequest, client_id) -> HttpResponse:
    """One client's record on one page."""
    limit = EVERYTHING if "all" in request.GET else 40
    try:
        record = queries.chart(client_id=client_id, by=request.user, at=timezone.now(), limit=limit)
    except Client.DoesNotExist:
        raise Http404 from None
    context = {"chart": record, "everything": limit == EVERYTHING, "ways": _ways(request, record.id)}
    context["is_held"] = keeping.held(client_id=client_id, by=request.user)
    context["wish"] = rights.contact_wish(client_id=client_id, by=request.user)
    return render(request, "chart/chart.html", context)


# More pages of one record: address, words, who may.
WAYS = (
    ("people:team", gettext_lazy("Care team"), Permission.CHART_READ),
    ("people:documents", gettext_lazy("Documents"), Permission.DOCUMENT_SEE),
    ("release:ways", gettext_lazy("Give out"), Permission.DISCLOSE),
    ("portal:passes", gettext_lazy("On a phone"), Permission.PHONE_ACCESS_GIVE),
    ("rights:take", gettext_lazy("Requests"), Permission.REQUEST_TAKE),
    ("rights:disclosures", gettext_lazy("What left"), Permission.DISCLOSURES_SEE),
    ("rights:opened", gettext_lazy("Who opened it"), Permission.DISCLOSURES_SEE),
    ("notes:counseling", gettext_lazy("Your own notes"), Permission.COUNSELING_NOTE_WRITE),
)


def _ways(request: HttpRequest, client_id: UUID) -> list[tuple[str, str]]:
    return [
        (reverse(name, args=[client_id]), str(label))
        for name, label, permission in WAYS
        if request.user.sites_with(permission)
    ]


@requires(Permission.FIND)
def find(request: HttpRequest) -> HttpResponse:
    """What was found, as a page or, for the palette, as its piece."""
    words = request.GET.get("q", "")[:100]
    context = {"words": words, "hits": queries.find(words=words, by=request.user, at=timezone.now())}
    return render(request, "chart/_found.html" if request.htmx else "chart/find.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else 1
