"""The tablet board of one session, and the hours of the program's week."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.attendance import actions, drawings, figures, queries, shown
from daybridge.attendance.forms import AskedForm, MarkForm, UndoForm
from daybridge.kit.errors import DaybridgeError
from daybridge.ui import toasts


@require_GET
@never_cache
@requires(Permission.ROLL_SEE)
def roll(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The board: one card for each person."""
    return _board(request, session_id)


def _board(request: HttpRequest, session_id: UUID, problem: str = "") -> HttpResponse:
    now = timezone.now()
    try:
        found = queries.roll(session_id=session_id, by=request.user, at=now)
    except ObjectDoesNotExist:
        raise Http404 from None
    cards = [shown.card(row) for row in found.rows]
    context = {"roll": found, "cards": cards, "reasons": shown.reasons(), "now": now, "problem": problem}
    return render(request, "attendance/roll.html", context, status=409 if problem else 200)


@require_GET
@never_cache
@requires(Permission.ROLL_SEE)
def clock(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The head of the board that asks for itself again: the time, and how many are here."""
    try:
        standing = queries.standing(session_id=session_id, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "attendance/_clock.html", {"standing": standing, "now": timezone.now()})


@require_POST
@requires(Permission.ROLL_MARK)
def start(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Start the check-in, or let in who was booked since."""
    try:
        actions.open_roll(session_id=session_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _board(request, session_id, str(error))
    return redirect("attendance:roll", session_id)


@require_POST
@requires(Permission.ROLL_MARK)
def mark(request: HttpRequest, session_id: UUID, line_id: UUID) -> HttpResponse:
    """Mark one line; htmx gets the card back with its undo, a plain form the whole board."""
    form, problem = MarkForm(request.POST), ""
    try:
        before = queries.row(line_id=line_id, by=request.user)
        if form.is_valid():
            at = timezone.now()
            actions.mark(line_id=line_id, to=form.mark, by=request.user, at=at, detail=form.detail)
        else:
            problem = _("Choose a mark.")
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        problem = str(error)
    if not request.htmx:
        return _board(request, session_id, problem) if problem else _undoable(request, session_id, before)
    return _card(request, session_id, before, problem)


def _undoable(request: HttpRequest, session_id: UUID, before: queries.Row) -> HttpResponse:
    after = queries.row(line_id=before.id, by=request.user)
    toasts.say(request, shown.said(after), undo=shown.undo(session_id, before, after))
    return redirect("attendance:roll", session_id)


def _card(request: HttpRequest, session_id: UUID, before: queries.Row, problem: str) -> HttpResponse:
    after = queries.row(line_id=before.id, by=request.user)
    if not problem:
        toasts.say(request, shown.said(after), undo=shown.undo(session_id, before, after))
    context = {
        "card": shown.card(after), "session_id": session_id, "problem": problem, "reasons": shown.reasons(),
        "standing": queries.standing(session_id=session_id, by=request.user), "is_swapped": True,
    }  # fmt: skip
    return render(request, "attendance/_swapped.html", context, status=409 if problem else 200)


@require_POST
@requires(Permission.ROLL_MARK)
def all_here(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Everybody still expected is here; the exceptions are corrected one by one."""
    at = timezone.now()
    try:
        count = actions.all_here(session_id=session_id, by=request.user, at=at)
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _board(request, session_id, str(error))
    words = ngettext("{n} person marked here", "{n} people marked here", count).format(n=count)
    back = f"{reverse('attendance:take_back', args=[session_id])}?{urlencode({'since': at.isoformat()})}"
    toasts.say(request, words, undo=back if count else "")
    return redirect("attendance:roll", session_id)


@require_POST
@requires(Permission.ROLL_MARK)
def take_back(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Undo one "everyone here"."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _board(request, session_id, _("There is nothing to undo."))
    since = form.cleaned_data["since"]
    try:
        actions.take_back(session_id=session_id, since=since, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _board(request, session_id, str(error))
    return redirect("attendance:roll", session_id)


@require_POST
@requires(Permission.ROLL_MARK)
def close(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """End the session; whoever may write its note goes on to it."""
    try:
        actions.close_roll(session_id=session_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _board(request, session_id, str(error))
    may_write = bool(request.user.sites_with(Permission.NOTE_WRITE))
    return redirect("notes:session" if may_write else "attendance:roll", session_id)


@require_GET
@requires(Permission.HOURS_SEE)
def hours(request: HttpRequest) -> HttpResponse:
    """Who will fall short this week, and eight weeks of delivered against prescribed."""
    form, at = AskedForm(request.GET), timezone.now()
    form.is_valid()
    wanted = form.cleaned_data.get("show", "")
    asked = queries.Asked(form.cleaned_data.get("first"), form.cleaned_data.get("page") or 1, wanted == "short")
    page = queries.hours_page(by=request.user, asked=asked, at=at)
    drawing = drawings.delivered_against_prescribed(page.weeks)
    picture = figures.want(figure=drawing, by=request.user, at=at)
    tabs = [
        {"url": f"?first={page.first}", "label": _("Everyone"), "count": page.everyone, "current": wanted != "short"},
        {"url": f"?first={page.first}&show=short", "label": _("Will fall short"), "count": page.short,
         "current": wanted == "short"},
    ]  # fmt: skip
    context = {
        "page": page, "people": shown.people(page), "facts": shown.facts(page), "figure": picture, "drawing": drawing,
        "rows": drawings.numbers(page.weeks), "tabs": tabs,
    }  # fmt: skip
    return render(request, "attendance/hours.html", context)


@require_GET
@never_cache
@requires(Permission.HOURS_SEE)
def figure(request: HttpRequest, figure_hash: str) -> HttpResponse:
    """A figure as it stands; while it is being drawn the piece asks again."""
    try:
        found = figures.standing(figure_hash=figure_hash)
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "attendance/_figure.html", {"figure": found})
