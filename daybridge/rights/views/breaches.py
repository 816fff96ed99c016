"""Reports of what may have got out: say so, weigh it, tell people, close it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.rights import documents, forms, queries
from daybridge.rights.actions import breaches as actions
from daybridge.rights.views.desk import page_number
from daybridge.rights.views.papers import paper
from daybridge.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(Permission.BREACH_REPORT)
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """Anybody on the staff says what they noticed."""
    form, problem = forms.ReportForm(request.POST or None, initial={"found_on": timezone.localdate()}), ""
    if form.is_bound and form.is_valid():
        site = getattr(request, "site", None)
        try:
            made = actions.report(
                report=form.report(), site_id=site.id if site else None, token=form.cleaned_data["token"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
            toasts.say(request, _("Thank you. The privacy officer has it."))
            return redirect("rights:breach", made.id) if _works(request) else redirect("watch:today")
        except DaybridgeError as error:
            problem = str(error)
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "rights/report.html", {"form": form, "problem": problem}, status=status)


def _works(request: HttpRequest) -> bool:
    return may(request.user, Permission.BREACH_WORK)


@require_GET
@requires(Permission.BREACH_WORK)
@never_cache
def reports(request: HttpRequest) -> HttpResponse:
    """All reports, open ones first."""
    page = queries.reports(by=request.user, at=timezone.now(), page=page_number(request))
    return render(request, "rights/breaches.html", {"page": page})


@require_GET
@requires(Permission.BREACH_WORK)
@never_cache
def one(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """One report with what is still to do."""
    return _shown(request, breach_id)


def _shown(request: HttpRequest, breach_id: UUID, problem: str = "", **bound: Any) -> HttpResponse:
    try:
        page = queries.breach_page(breach_id=breach_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    fresh = {
        "weigh": forms.WeighForm(), "touch": forms.TouchForm(), "letters": forms.LettersForm(),
        "told": forms.ToldForm(initial={"on": timezone.localdate()}), "way": forms.WayForm(),
    }  # fmt: skip
    context = {"page": page, "problem": problem, **fresh, **bound}
    has_errors = any(form.errors for form in bound.values())
    return render(request, "rights/breach.html", context, status=422 if has_errors else 409 if problem else 200)


def _act(request: HttpRequest, page_id: UUID, act: Callable[..., Any], /, **given: Any) -> Any:
    """The act's result, or the answer that shows why it could not be done."""
    try:
        return act(by=request.user, at=timezone.now(), **given)
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _shown(request, page_id, str(error))


def _back(request: HttpRequest, breach_id: UUID, result: Any, done: str) -> HttpResponse:
    if isinstance(result, HttpResponse):
        return result
    toasts.say(request, done)
    return redirect("rights:breach", breach_id)


@require_POST
@requires(Permission.BREACH_WORK)
def weigh(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """The four questions."""
    form = forms.WeighForm(request.POST)
    if not form.is_valid():
        return _shown(request, breach_id, weigh=form)
    result = _act(request, breach_id, actions.weigh, breach_id=breach_id, weighed=form.weighed())
    return _back(request, breach_id, result, _("Weighed."))


@require_POST
@requires(Permission.BREACH_WORK)
def touch(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Whose records were touched."""
    form = forms.TouchForm(request.POST)
    if not form.is_valid():
        return _shown(request, breach_id, touch=form)
    result = _act(request, breach_id, actions.touch, breach_id=breach_id, record_numbers=form.record_numbers())
    if isinstance(result, HttpResponse):
        return result
    done = ngettext("{n} person was added.", "{n} people were added.", result).format(n=result)
    return _back(request, breach_id, result, done)


@require_POST
@requires(Permission.BREACH_WORK)
def untouch(request: HttpRequest, breach_id: UUID, person_id: UUID) -> HttpResponse:
    """This record was not touched after all."""
    result = _act(request, breach_id, actions.untouch, person_id=person_id)
    return _back(request, breach_id, result, _("Taken off the list."))


@require_POST
@requires(Permission.BREACH_WORK)
def write(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """A letter to everybody who has none yet."""
    form = forms.LettersForm(request.POST)
    if not form.is_valid():
        return _shown(request, breach_id, letters=form)
    words = form.cleaned_data["words"]
    result = _act(request, breach_id, actions.write_letters, breach_id=breach_id, words=words)
    if isinstance(result, HttpResponse):
        return result
    done = ngettext("{n} letter was written.", "{n} letters were written.", result).format(n=result)
    return _back(request, breach_id, result, done)


@require_POST
@requires(Permission.BREACH_WORK)
def print_letters(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """All letters nobody has had yet, one after another, for the post."""
    result = _act(request, breach_id, actions.give_letters, breach_id=breach_id)
    if isinstance(result, HttpResponse):
        return result
    clearances, given = result
    return paper(documents.letters(clearances=clearances, given=given))


@require_POST
@requires(Permission.BREACH_WORK)
def tell(request: HttpRequest, breach_id: UUID, person_id: UUID) -> HttpResponse:
    """This person was told."""
    form = forms.WayForm(request.POST)
    if not form.is_valid():
        return _shown(request, breach_id, way=form)
    result = _act(request, breach_id, actions.tell, person_id=person_id, way=form.cleaned_data["way"])
    return _back(request, breach_id, result, _("Kept: this person was told."))


@require_POST
@requires(Permission.BREACH_WORK)
def told(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """HHS, the press or somebody else was told."""
    form = forms.ToldForm(request.POST)
    if not form.is_valid():
        return _shown(request, breach_id, told=form)
    result = _act(request, breach_id, actions.told, breach_id=breach_id, **form.cleaned_data)
    return _back(request, breach_id, result, _("Kept."))


@require_POST
@requires(Permission.BREACH_WORK)
def close(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Nobody is left to be told."""
    result = _act(request, breach_id, actions.close, breach_id=breach_id)
    return _back(request, breach_id, result, _("Closed."))
