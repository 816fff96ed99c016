"""The board, its lanes as lists, and moving a card."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.admissions import queries
from daybridge.admissions.actions import work
from daybridge.admissions.forms import MoveForm
from daybridge.admissions.queries.board import SHOWS
from daybridge.admissions.queries.cards import Card
from daybridge.admissions.rules import MOVES, ReferralState
from daybridge.admissions.views.acts import Slip, slip
from daybridge.admissions.views.slips import drawn, ended, mover_words
from daybridge.kit.errors import DaybridgeError
from daybridge.ui import toasts, words


@dataclass(frozen=True, slots=True)
class Tab:
    """One way of looking at the board."""

    url: str
    label: str
    current: bool
    count: int


@require_GET
@requires(Permission.REFERRAL_SEE)
def board(request: HttpRequest) -> HttpResponse:
    """The board; `?show=mine` and `?show=waiting` narrow it, `?lane=received&page=2` is one lane as a list."""
    wanted = request.GET.get("lane", "")
    if wanted in set(ReferralState):
        return _lane(request, ReferralState(wanted))
    return draw_board(request)


def draw_board(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    """The board page, with a sentence on top when something could not be done."""
    show = request.GET.get("show", "everyone")
    show = show if show in SHOWS else "everyone"
    found = queries.board(show=show, by=request.user, at=timezone.now())
    may_work = may(request.user, Permission.REFERRAL_WORK)
    words, token = mover_words() if may_work else None, get_token(request)
    context = {
        "board": found, "problem": problem, "show": show, "tabs": _tabs(found.counts, show),
        "lanes": [(lane, drawn(_slips(lane.cards, request), token, words)) for lane in found.lanes],
        "ended": [(lane, ended(_slips(lane.cards, request))) for lane in found.ended],
        "may_receive": may(request.user, Permission.REFERRAL_RECEIVE),
    }  # fmt: skip
    return render(request, "admissions/board.html", context, status=status)


def _slips(cards: Iterable[Card], request: HttpRequest) -> list[Slip]:
    return [slip(card, request.user) for card in cards]


def _tabs(counts: dict[str, int], show: str) -> list[Tab]:
    labels = {"everyone": _("Everyone"), "mine": _("Mine"), "waiting": _("Waiting on us")}
    home = reverse("admissions:board")
    return [
        Tab(home if name == "everyone" else f"{home}?show={name}", label, name == show, counts[name])
        for name, label in labels.items()
    ]


def _lane(request: HttpRequest, state: ReferralState) -> HttpResponse:
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and len(page) < 9 else 1
    found = queries.lane(state=state, page=number, by=request.user, at=timezone.now())
    context = {"page": found, "state": state, "slips": _slips(found.object_list, request)}
    return render(request, "admissions/lane.html", context)


@require_POST
@requires(Permission.REFERRAL_WORK)
def move(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Move one referral; a plain redirect back, or the board with the reason it could not be (409)."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return draw_board(request, _("Choose where to move the referral."), 422)
    try:
        work.move(referral_id=referral_id, to=form.step(), by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return draw_board(request, str(error), 409)
    to = ReferralState(form.cleaned_data["to"])
    said = _("Moved to “%s”.") % words.of(to).words
    toasts.say(request, said, undo=_undo(referral_id, request.POST.get("was", ""), to))
    if request.POST.get("back") == "page":
        return redirect("admissions:referral", referral_id)
    return redirect("admissions:board")


def _undo(referral_id: UUID, was: str, to: ReferralState) -> str:
    """Where a POST takes the move back; "" when the table of moves has no way back."""
    if was not in MOVES[to]:
        return ""
    return f"{reverse('admissions:move', args=[referral_id])}?to={was}"


@require_GET
@requires(Permission.REFERRAL_WORK)
def moves(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The menu of one card, fetched when it is opened."""
    try:
        card = queries.movable(referral_id=referral_id, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "admissions/_moves.html", {"card": card, "back": "board"})


patterns = [
    path("", board, name="board"),
    path("<uuid:referral_id>/moves/", moves, name="moves"),
    path("<uuid:referral_id>/move/", move, name="move"),
]
