"""The library: every topic, its outline for who leads and its handout for who comes, on screen and on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.program import actions, documents, queries
from daybridge.program.rules import library as entries
from daybridge.program.views import pages
from daybridge.program.words import CATEGORIES, LANGUAGES, STEP_KINDS
from daybridge.ui import toasts


@require_GET
@requires(Permission.PROGRAM_SEE)
def library(request: HttpRequest) -> HttpResponse:
    """All topics by category, and those whose words hold what is asked for."""
    site_id, names = pages.site_of(request), dict(CATEGORIES)
    asked, kind = request.GET.get("q", "")[:100], request.GET.get("kind", "")
    page = queries.shelves(asked=asked, category=kind if kind in names else "", by=request.user)
    here = f"{request.path}?q={asked}"
    context = {
        "page": page, "sections": pages.sections(request, site_id, "program:library"),
        "shelves": [(names[category], rows) for category, rows in page.shelves],
        "kinds": [{"label": _("All"), "url": here, "current": not page.category}]
        + [
            {"label": names[one], "url": f"{here}&kind={one}", "current": one == page.category, "count": n}
            for one, n in page.counts if n
        ],
        "add_url": pages.at("program:add_topic", site_id),
    }  # fmt: skip
    return render(request, "program/library.html", context)


@require_GET
@requires(Permission.PROGRAM_SEE)
def entry(request: HttpRequest, entry_id: str) -> HttpResponse:
    """One topic: what to do, step by step, and the handout."""
    page = _entry(request, entry_id)
    names, kinds = dict(CATEGORIES), STEP_KINDS[page.language]
    context = {
        "page": page, "steps": [(kinds[one.kind], one) for one in page.steps], "kind": names[page.entry.category],
        "languages": [
            {"label": label, "url": f"{request.path}?lang={code}", "current": code == page.language}
            for code, label in LANGUAGES
        ],
    }  # fmt: skip
    return render(request, "program/entry.html", context)


@require_POST
@requires(Permission.PROGRAM_WRITE)
def take_entry(request: HttpRequest, entry_id: str) -> HttpResponse:
    """Take a topic of the library into the program."""
    if entry_id not in entries():
        raise Http404
    actions.found_library_topics(ids=[entry_id], by=request.user, at=timezone.now())
    toasts.say(request, _("Groups can be about it from now on."))
    return redirect("program:entry", entry_id)


@require_GET
@requires(Permission.PROGRAM_SEE)
def handout(request: HttpRequest, entry_id: str) -> HttpResponse:
    """The handout as a PDF, to print for a group."""
    page = _entry(request, entry_id)
    return _pdf(documents.handout(page=page, place=_place(request)), f"{entry_id}-{page.language}.pdf")


@require_GET
@requires(Permission.PROGRAM_SEE)
def outline(request: HttpRequest, entry_id: str) -> HttpResponse:
    """The outline as a PDF, for who leads."""
    page = _entry(request, entry_id)
    return _pdf(documents.outline(page=page, place=_place(request)), f"{entry_id}-outline-{page.language}.pdf")


def _entry(request: HttpRequest, entry_id: str) -> queries.EntryPage:
    language = request.GET.get("lang", "en")
    if language not in dict(LANGUAGES):
        raise Http404
    try:
        return queries.entry(entry_id=entry_id, language=language, by=request.user)
    except KeyError:
        raise Http404 from None


def _place(request: HttpRequest) -> documents.Place:
    return documents.Place(request.site.name, request.site.phone)


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
