"""Pages of giving something out: on which ground, what, and what was given."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.consent.rules import Purpose
from daybridge.kit.errors import DaybridgeError
from daybridge.release import actions, queries
from daybridge.release.forms import AgreedForm, LawForm
from daybridge.release.rules import LAW


@require_GET
@requires(Permission.DISCLOSE)
@never_cache
def ways(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """On which ground?"""
    try:
        page = queries.ways(client_id=client_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "release/ways.html", {"page": page})


@require_http_methods(["GET", "POST"])
@requires(Permission.DISCLOSE)
@never_cache
def agreed(request: HttpRequest, client_id: UUID, consent_id: UUID) -> HttpResponse:
    """What to give on one consent."""
    try:
        page = queries.agreed(client_id=client_id, consent_id=consent_id, by=request.user, at=timezone.now())
        form = AgreedForm(request.POST or None, agreed=page)
        return _answer(request, client_id, form, {"client": page.client, "title": page.title, "about": page.about})
    except ObjectDoesNotExist:
        raise Http404 from None


@require_http_methods(["GET", "POST"])
@requires(Permission.DISCLOSE)
@never_cache
def law(request: HttpRequest, client_id: UUID, purpose: str) -> HttpResponse:
    """What to give because the law lets us; the facts it asks for are written down at once."""
    if purpose not in set(LAW):
        raise Http404
    why = Purpose(purpose)
    try:
        name = queries.name_of(client_id=client_id, by=request.user)
        kinds = queries.law_kinds(why)
        form = LawForm(request.POST or None, request.FILES or None, purpose=why, kinds=kinds, teller=request.user.name)
        title, about = queries.LAW_WORDS[why]
        return _answer(request, client_id, form, {"client": name, "title": title, "about": about})
    except ObjectDoesNotExist:
        raise Http404 from None


def _answer(request: HttpRequest, client_id: UUID, form: AgreedForm | LawForm, words: dict) -> HttpResponse:
    """The form; what the gate would say (`act` is "look"); or what it said, when nothing may leave."""
    by, now, seen, problem = request.user, timezone.now(), None, ""
    if form.is_valid():
        try:
            ask = form.ask(now)
            if request.POST.get("act") == "look":
                seen = queries.weighed(client_id=client_id, ask=ask, by=by, at=now)
            else:
                order = form.cleaned_data.get("order")
                paper = actions.give(client_id=client_id, ask=ask, order=order, by=by, at=now)
                return redirect("release:given", client_id, paper.id)
        except DaybridgeError as error:
            problem = str(error)
    status = 409 if problem else 422 if form.errors else 200
    context = {"form": form, "seen": seen, "problem": problem, "client_id": client_id, **words}
    return render(request, "release/give.html", context, status=status)


@require_GET
@requires(Permission.DISCLOSE)
@never_cache
def given(request: HttpRequest, client_id: UUID, document_id: UUID) -> HttpResponse:
    """What was given, and the paper to hand over."""
    try:
        page = queries.released(document_id=document_id, client_id=client_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    return render(request, "release/given.html", {"page": page})
