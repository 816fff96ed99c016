"""Templates: what can be opened, how it would stand here, and opening it."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.periods import week_start
from daybridge.program import actions, queries
from daybridge.program.forms import OpeningForm
from daybridge.program.rules import clock
from daybridge.program.rules import templates as known
from daybridge.program.views import pages
from daybridge.program.words import MISSING, WEEKDAYS
from daybridge.ui import toasts


@require_GET
@requires(Permission.PROGRAM_WRITE)
def templates(request: HttpRequest) -> HttpResponse:
    """The programs that can be opened."""
    site_id, days = pages.site_of(request), dict(WEEKDAYS)
    rows = [
        (one, ", ".join(str(days[day])[:3] for day in sorted({slot.weekday for slot in one.slots})))
        for one in queries.template_list()
    ]
    context = {
        "rows": rows, "site_id": site_id, "sections": pages.sections(request, site_id, "program:templates"),
    }  # fmt: skip
    return render(request, "program/templates.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def template(request: HttpRequest, template_id: str) -> HttpResponse:
    """How a template would stand at a site, and opening it."""
    found, site_id = known().get(template_id), pages.site_of(request)
    if found is None:
        raise Http404
    monday = week_start(pages.today_at(request.site.timezone)) + timedelta(days=7)
    usual = {"name": found.track.name, "seats": found.track.seats, "since": monday}
    form = OpeningForm(pages.sent(request), initial=usual)
    opened = []

    def act(now: datetime) -> None:
        opening = form.opening(template_id)
        opened.append(actions.open_from_template(site_id=site_id, opening=opening, by=request.user, at=now))

    status = pages.tried(request, form, act)
    if status == pages.DONE:
        track, plan = opened[0].track, opened[0].plan
        n = len(plan.standing)
        toasts.say(request, ngettext("%(n)d group meets every week.", "%(n)d groups meet every week.", n) % {"n": n})
        return redirect("program:track", track.id)
    return _preview(request, form, template_id, monday, status)


def _preview(request: HttpRequest, form: OpeningForm, template_id: str, monday: date, status: int) -> HttpResponse:
    site_id, days = pages.site_of(request), dict(WEEKDAYS)
    try:
        page = queries.preview(site_id=site_id, template=known()[template_id], since=monday, by=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    rows = [
        (
            days[day],
            [
                (one, f"{clock(one.slot.start)} to {clock(one.slot.span.end)}", [MISSING[why] for why in one.missing])
                for one in laid
            ],
        )
        for day, laid in page.days
    ]
    context = {
        "page": page, "template": page.plan.template, "days": rows, "form": form,
        "hours": f"{page.plan.minutes / 60:g}", "asked": f"{page.asked_minutes / 60:g}",
        "back": pages.at("program:templates", site_id),
    }  # fmt: skip
    return render(request, "program/template.html", context, status=status)
