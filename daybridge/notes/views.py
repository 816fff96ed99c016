"""Pages of notes: the list, one session's note, signing it, adding to it."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError, Stale
from daybridge.notes import actions, queries
from daybridge.notes.forms import AddForm, ListForm, NoteForm
from daybridge.ui import toasts


@require_GET
@requires(Permission.NOTE_SEE)
def notes(request: HttpRequest) -> HttpResponse:
    """Notes to finish first, then signed ones."""
    form = ListForm(request.GET)
    form.is_valid()
    shown = form.cleaned_data.get("show") or "mine"
    page = queries.note_list(by=request.user, mine=shown, page=form.cleaned_data.get("page") or 1, at=timezone.now())
    tabs = [
        {"url": f"?show={key}", "label": label, "current": key == shown}
        for key, label in (("mine", _("Sessions I led")), ("all", _("Everybody's")))
    ]
    return render(request, "notes/list.html", {"page": page, "tabs": tabs})


@require_http_methods(["GET", "POST"])
@never_cache
@requires(Permission.NOTE_SEE)
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The note of a session: to write, or to read once it is signed. POST keeps a draft."""
    if request.method == "GET":
        return _shown(request, NoteForm(_page(request, session_id)))
    return _take_in(request, session_id, actions.save)


@require_POST
@requires(Permission.NOTE_SIGN)
def sign(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Keep what is typed and sign it for everybody who was there."""
    return _take_in(request, session_id, actions.save_and_sign)


def _take_in(request: HttpRequest, session_id: UUID, act) -> HttpResponse:
    form = NoteForm(_page(request, session_id), request.POST)
    if not form.is_valid():
        return _shown(request, form, status=422)
    try:
        note = act(session_id=session_id, words=form.words, by=request.user, at=timezone.now())
    except Stale as error:
        return _shown(request, NoteForm(_page(request, session_id), request.POST), problem=error, status=409)
    except DaybridgeError as error:
        return _shown(request, form, problem=error, status=409)
    if note.signed_at:
        count = form.meter.written
        toasts.say(request, ngettext("Signed for {n} person", "Signed for {n} people", count).format(n=count))
    return redirect("notes:session", session_id)


def _page(request: HttpRequest, session_id: UUID) -> queries.NotePage:
    try:
        return queries.note_page(session_id=session_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None


def _shown(
    request: HttpRequest, form: NoteForm, *, problem: DaybridgeError | None = None, status: int = 200
) -> HttpResponse:
    """The page; after a conflict what others saved stands beside what was typed, and saving again replaces it."""
    is_conflict = isinstance(problem, Stale)
    posted = form.shared["version"].value()
    context = {
        "page": form.page, "form": form, "lines": form.lines, "meter": form.meter,
        "problem": str(problem or ""), "is_conflict": is_conflict, "add": AddForm(),
        "version": form.page.version if is_conflict else posted,
    }  # fmt: skip
    template = "notes/signed.html" if form.page.is_signed else "notes/session.html"
    return render(request, template, context, status=status)


@require_POST
@requires(Permission.NOTE_WRITE)
def meter(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """How far the note is as typed, and which lines read alike; keeps nothing."""
    form = NoteForm(_page(request, session_id), request.POST)
    return render(request, "notes/_meter.html", {"meter": form.meter, "page": form.page, "lines": form.lines})


@require_POST
@requires(Permission.NOTE_SIGN)
def add(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Add words to the signed note."""
    page, form = _page(request, session_id), AddForm(request.POST)
    if page.note_id is None:
        raise Http404
    problem = ""
    if form.is_valid():
        try:
            actions.add(note_id=page.note_id, words=form.cleaned_data["words"], by=request.user, at=timezone.now())
            toasts.say(request, _("Added to the note."))
            return redirect(f"{reverse('notes:session', args=[session_id])}")
        except DaybridgeError as error:
            problem = str(error)
    context = {"page": page, "lines": NoteForm(page).lines, "add": form, "problem": problem}
    return render(request, "notes/signed.html", context, status=409 if problem else 422)
