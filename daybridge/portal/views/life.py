"""The client's own week: when they cannot come, told on their phone."""

from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import public
from daybridge.kit.errors import DaybridgeError
from daybridge.plans import actions, queries
from daybridge.plans.forms_life import CLIENT_WORDS, LifeForm, TimesForm, initial_of, painter, sent, times_of
from daybridge.portal.door import guest, page
from daybridge.portal.views.client import WHY
from daybridge.ui import toasts


@public(WHY)
@require_http_methods(["GET", "POST"])
@guest("client")
def life(request: HttpRequest) -> HttpResponse:
    """Paint or type the week; the counselor sees it and finds new times."""
    found = _found(request)
    if found is None:
        return page(request, "portal/life.html", {"found": None})
    if request.method == "GET":
        form = LifeForm(days=found.days, initial=initial_of(found.life, found.since))
        return _shown(request, found, form, times_of(found.life))
    told = sent(request.POST, found.days)
    if "add" in request.POST or not told.is_valid():
        return _shown(request, found, told.form, told.rows, status=422 if told.form.is_bound else 200)
    try:
        actions.say_life(
            episode_id=found.episode_id, life=told.life, since=told.form.cleaned_data["since"], by=request.visitor.by,
            at=timezone.now(),
        )  # fmt: skip
    except DaybridgeError as error:
        return _shown(request, found, told.form, told.rows, str(error), 409)
    toasts.say(request, _("Thank you. Your counselor will see it."))
    return redirect("portal:life")


def _found(request: HttpRequest) -> queries.LifePage | None:
    try:
        since = date.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        since = None
    try:
        return queries.my_page(since=since, by=request.visitor.by, at=timezone.now())
    except ObjectDoesNotExist:
        return None


def _shown(
    request: HttpRequest, found: queries.LifePage, form: LifeForm, rows: list[TimesForm], problem: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {"found": found, "form": form, "rows": rows, "problem": _(problem) if problem else "",
               "paint": painter(found.life, CLIENT_WORDS)}  # fmt: skip
    return page(request, "portal/life.html", context, status)
