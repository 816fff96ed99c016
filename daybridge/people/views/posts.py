"""What a colleague does and when, what they hold, when they are away: one page for each member of staff."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.people import actions, queries, rules
from daybridge.people.forms import PostForm, initial
from daybridge.people.forms_staff import ColleagueForm, LeaveForm, LicenceForm, WhichForm
from daybridge.ui import toasts

Run = Callable[[queries.PostPage, Any, dict[str, Any]], object]


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def post(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Title, credential, languages, caseload and working hours of one person."""
    page = _page(request, user_id)
    if request.method == "GET":
        return _shown(request, page, 200)
    form = PostForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, 422, form=form)
    try:
        actions.employ(
            user_id=user_id, site_id=page.site_id, post=form.post(), by=request.user, at=timezone.now()
        )  # fmt: skip
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        form.add_error(None, str(error))
        return _shown(request, page, 409, form=form)
    toasts.say(request, _("Kept: what %(name)s does, and when.") % {"name": page.name})
    return redirect(f"{reverse('program:overview')}?site={page.site_id}")


def _page(request: HttpRequest, user_id: UUID) -> queries.PostPage:
    try:
        return queries.post(user_id=user_id, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None


def _shown(request: HttpRequest, page: queries.PostPage, status: int, **given: forms.Form) -> HttpResponse:
    context = {
        "page": page, "form": PostForm(initial=initial(page.post)), "credentials": rules.CREDENTIALS,
        "licence": LicenceForm(), "leave": LeaveForm(), **_colleagues(page), **given,
    }  # fmt: skip
    return render(request, "people/post.html", context, status=status)


def _colleagues(page: queries.PostPage, data: Any = None) -> dict[str, ColleagueForm]:
    """Who supervises them, and who is named to step in."""
    named = {one for one, _name in page.stand_ins}
    free = [one for one in page.others if one[0] not in named]
    return {
        "supervisor": ColleagueForm(
            data, others=page.others, nobody=_("Nobody"), label=_("Supervisor"), prefix="supervisor",
            initial={"colleague": page.supervisor},
        ),
        "stand_in": ColleagueForm(
            data, others=free, nobody=_("Choose somebody"), label=_("Steps in for them"), prefix="stand-in"
        ),
    }  # fmt: skip


def _said(request: HttpRequest, user_id: UUID, shape: str, run: Run, done: str | Promise) -> HttpResponse:
    """One small form of the page: judged, acted on, and back to the page."""
    page = _page(request, user_id)
    if page.staff_id is None:
        raise Http404
    form = _bound(shape, page, request.POST)
    if not form.is_valid():
        return _shown(request, page, 422, **{shape: form})
    try:
        run(page, form, {"by": request.user, "at": timezone.now()})
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        form.add_error(None, str(error))
        return _shown(request, page, 409, **{shape: form})
    toasts.say(request, str(done))
    return redirect("people:post", user_id)


def _bound(shape: str, page: queries.PostPage, data: Any) -> Any:
    plain = {"licence": LicenceForm, "leave": LeaveForm, "which": WhichForm}
    return plain[shape](data) if shape in plain else _colleagues(page, data)[shape]


@require_POST
@requires(Permission.PROGRAM_WRITE)
def licence(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Enter a credential, or the renewed one."""

    def run(page: queries.PostPage, form: LicenceForm, who: dict[str, Any]) -> object:
        return actions.hold_credential(staff_id=page.staff_id, held=form.licence(), **who)

    return _said(request, user_id, "licence", run, gettext_lazy("The credential is kept."))


@require_POST
@requires(Permission.PROGRAM_WRITE)
def licence_drop(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Take a credential out."""

    def run(page: queries.PostPage, form: WhichForm, who: dict[str, Any]) -> object:
        return actions.drop_credential(staff_id=page.staff_id, credential_id=form.cleaned_data["which"], **who)

    return _said(request, user_id, "which", run, gettext_lazy("The credential is taken out."))


@require_POST
@requires(Permission.PROGRAM_WRITE)
def away(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Say that they are away."""

    def run(page: queries.PostPage, form: LeaveForm, who: dict[str, Any]) -> object:
        return actions.say_leave(staff_id=page.staff_id, kind=form.cleaned_data["kind"], **form.times(page.zone), **who)

    return _said(request, user_id, "leave", run, gettext_lazy("Kept. Nothing new is placed with them in that time."))


@require_POST
@requires(Permission.PROGRAM_WRITE)
def back(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Say that they are there after all."""

    def run(page: queries.PostPage, form: WhichForm, who: dict[str, Any]) -> object:
        return actions.take_back_leave(staff_id=page.staff_id, leave_id=form.cleaned_data["which"], **who)

    return _said(request, user_id, "which", run, gettext_lazy("They are there after all."))


@require_POST
@requires(Permission.PROGRAM_WRITE)
def supervisor(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Say who supervises them."""

    def run(page: queries.PostPage, form: ColleagueForm, who: dict[str, Any]) -> object:
        return actions.supervise(staff_id=page.staff_id, supervisor_id=form.cleaned_data["colleague"], **who)

    return _said(request, user_id, "supervisor", run, gettext_lazy("Kept."))


@require_POST
@requires(Permission.PROGRAM_WRITE)
def stand_in(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Name somebody who steps in for them."""

    def run(page: queries.PostPage, form: ColleagueForm, who: dict[str, Any]) -> object:
        return actions.name_stand_in(staff_id=form.cleaned_data["colleague"], stands_in_for_id=page.staff_id, **who)

    return _said(request, user_id, "stand_in", run, gettext_lazy("Kept."))


@require_POST
@requires(Permission.PROGRAM_WRITE)
def stand_in_end(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Take a named stand-in back."""

    def run(page: queries.PostPage, form: WhichForm, who: dict[str, Any]) -> object:
        return actions.unname_stand_in(staff_id=form.cleaned_data["which"], stands_in_for_id=page.staff_id, **who)

    return _said(request, user_id, "which", run, gettext_lazy("Kept."))
