"""The worklist of requests, one request, and each act on it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.rights import actions, forms, queries, words
from daybridge.rights.views.desk import page_number
from daybridge.ui import toasts
from daybridge.ui.words import of as word_of

TABS = (("open", _("Open")), ("mine", _("Mine")), ("ended", _("Ended")))


@require_GET
@requires(Permission.REQUEST_WORK)
@never_cache
def worklist(request: HttpRequest) -> HttpResponse:
    """Requests by their last day."""
    show = request.GET.get("show", "open")
    show = show if show in dict(TABS) else "open"
    page = queries.worklist(by=request.user, at=timezone.now(), show=show, page=page_number(request))
    tabs = [{"url": f"?show={key}", "label": _(label), "current": key == show} for key, label in TABS]
    return render(request, "rights/requests.html", {"page": page, "tabs": tabs, "show": show})


@require_GET
@requires(Permission.REQUEST_WORK)
@never_cache
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request with what may be done now."""
    return _shown(request, request_id)


def _shown(request: HttpRequest, request_id: UUID, problem: str = "", **bound: Any) -> HttpResponse:
    """The page; a form in `bound` is shown as it was typed."""
    try:
        page = queries.request_page(request_id=request_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    kind = page.asked.kind
    fresh = {
        "answer": forms.AnswerForm(kind=kind), "extend": forms.ExtendForm(), "way": forms.WayForm(),
        "disagree": forms.DisagreeForm(), "assemble": forms.AssembleForm(),
    }  # fmt: skip
    context = {"page": page, "problem": problem, "told": _told(page), "steps": _steps(page), **fresh, **bound}
    has_errors = any(form.errors for form in bound.values())
    return render(request, "rights/request.html", context, status=422 if has_errors else 409 if problem else 200)


def _told(page: queries.RequestPage) -> list[tuple[str, str]]:
    """What was asked for, as pairs of term and words."""
    asked, wants = page.asked, page.asked.wants
    who = dict(words.ASKERS)[asked.asker]
    facts = [
        (_("Asked by"), f"{who}: {asked.asker_name}" if asked.asker_name else str(who)),
        (_("It came"), str(words.CAME[asked.way])), (_("Identity"), str(words.SURE[asked.checked])),
        (_("Not to be told"), str(dict(words.TO_WHOM).get(wants.get("to", ""), ""))),
        (_("Name"), wants.get("recipient")),
        (_("Paid in full"), _("yes") if wants.get("paid_in_full") else ""),
        (_("Reach by"), str(dict(words.MEANS).get(wants.get("means", ""), ""))), (_("Where"), wants.get("where")),
        (_("Avoid"), wants.get("not")), (_("From"), wants.get("since")), (_("Until"), wants.get("until")),
    ]  # fmt: skip
    return [(term, value) for term, value in facts if value]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the time line; `day` on headings only."""

    day: str = ""
    at: str = ""
    words: object = ""
    more: str = ""
    shape: str = ""
    tone: str = "quiet"


def _steps(page: queries.RequestPage) -> list[Moment]:
    """The way of the request, newest first, with a heading for each day."""
    items: list[Moment] = []
    for day, steps in groupby(reversed(page.steps), key=lambda step: timezone.localtime(step.at).date()):
        items.append(Moment(day=date_format(day, "D N j, Y")))
        for step in steps:
            word, clock = word_of(step.state), time_format(timezone.localtime(step.at), "g:i A")
            items.append(Moment("", clock, word.words, step.who, word.shape, word.tone))
    return items


def _act(request: HttpRequest, request_id: UUID, act: Callable[..., object], done: str, **given: Any) -> HttpResponse:
    """Do one act and go back to the page, or show there why it could not be done."""
    try:
        act(request_id=request_id, by=request.user, at=timezone.now(), **given)
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return _shown(request, request_id, str(error))
    toasts.say(request, done)
    return redirect("rights:request", request_id)


@require_POST
@requires(Permission.REQUEST_WORK)
def begin(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take it on."""
    return _act(request, request_id, actions.begin, _("It is yours now."))


@require_POST
@requires(Permission.REQUEST_WORK)
def extend(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """More time, once, with a letter."""
    form = forms.ExtendForm(request.POST)
    if not form.is_valid():
        return _shown(request, request_id, extend=form)
    done = _("The time is longer; the letter that says why is written.")
    return _act(request, request_id, actions.extend, done, reason=form.cleaned_data["reason"])


@require_POST
@requires(Permission.REQUEST_WORK)
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Yes, a part, or no; the letter is written at once."""
    try:
        kind = queries.kind_of(request_id=request_id, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    form = forms.AnswerForm(request.POST, kind=kind)
    if not form.is_valid():
        return _shown(request, request_id, answer=form)
    return _answer(request, request_id, form)


def _answer(request: HttpRequest, request_id: UUID, form: forms.AnswerForm) -> HttpResponse:
    try:
        actions.answer(request_id=request_id, answer=form.answer(), by=request.user, at=timezone.now())
    except DaybridgeError as error:
        return _shown(request, request_id, str(error), answer=form)
    toasts.say(request, _("Answered. The letter is ready to hand over."))
    return redirect("rights:request", request_id)


@require_POST
@requires(Permission.REQUEST_WORK)
def deliver(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """It was handed over."""
    form = forms.WayForm(request.POST)
    if not form.is_valid():
        return _shown(request, request_id, way=form)
    return _act(request, request_id, actions.deliver, _("Handed over."), way=form.cleaned_data["way"])


@require_POST
@requires(Permission.REQUEST_WORK)
def close(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Nothing is left to do."""
    return _act(request, request_id, actions.close, _("Closed."))


@require_POST
@requires(Permission.REQUEST_WORK)
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The person took it back."""
    return _act(request, request_id, actions.withdraw, _("Taken back."))


@require_POST
@requires(Permission.REQUEST_WORK)
def disagree(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Keep the person's statement."""
    form = forms.DisagreeForm(request.POST)
    if not form.is_valid():
        return _shown(request, request_id, disagree=form)
    return _act(request, request_id, actions.disagree, _("Kept with the record."), words=form.cleaned_data["words"])


@require_POST
@requires(Permission.REQUEST_WORK)
def assemble(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Have the record put together."""
    form = forms.AssembleForm(request.POST)
    if not form.is_valid():
        return _shown(request, request_id, assemble=form)
    parts = tuple(form.cleaned_data["leave_out"])
    return _act(request, request_id, actions.assemble, _("The record is being put together."), leave_out=parts)
