"""The checklist before the first day, and the admission itself."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import may, requires
from daybridge.access.rules import Permission
from daybridge.admissions.actions import admit as actions
from daybridge.admissions.forms_assess import AdmitForm
from daybridge.admissions.queries import admit as queries
from daybridge.kit.errors import DaybridgeError
from daybridge.ui import toasts


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist."""

    label: str
    state: str
    url: str = ""
    more: str = ""


@require_http_methods(["GET", "POST"])
@requires(Permission.ADMIT)
def admit(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What is done and what is missing; then track, first day and counselor."""
    at, problem = timezone.now(), ""
    try:
        page = queries.admit_page(referral_id=referral_id, by=request.user, at=at)
    except ObjectDoesNotExist:
        raise Http404 from None
    form = AdmitForm(request.POST or None, tracks=page.tracks, counselors=page.counselors, initial=_begin(page))
    if request.method == "POST" and page.is_admitted:
        problem = _("This person is admitted already.")
    elif request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            episode = actions.admit(
                referral_id=referral_id, track_id=UUID(clean["track"]), counselor_id=UUID(clean["counselor"]),
                start_on=clean["start_on"], by=request.user, at=at,
            )  # fmt: skip
            toasts.say(request, _("Admitted. Next: the treatment plan."))
            if may(request.user, Permission.PLAN_WRITE):
                return redirect("plans:write", episode.id)
            return redirect("chart:chart", episode.client_id)  # the counselor writes it
        except ObjectDoesNotExist:
            raise Http404 from None
        except DaybridgeError as error:
            problem = str(error)
    context = {"page": page, "form": form, "problem": problem, "steps": _steps(page)}
    return render(request, "admissions/admit.html", context, status=409 if problem else 422 if form.errors else 200)


def _begin(page: queries.AdmitPage) -> dict[str, object]:
    """The one track with a seat, the counselor with the most room, the next weekday; all ready to be changed."""
    free = [row for row in page.tracks if row.free]
    weekend = max(0, page.today.weekday() - 4)
    begin: dict[str, object] = {"start_on": page.today + timedelta(days=3 - weekend if weekend else 0)}
    if len(free) == 1:
        begin["track"] = str(free[0].id)
    if page.counselors and page.counselors[0].has_room:
        begin["counselor"] = str(page.counselors[0].id)
    return begin


def _steps(page: queries.AdmitPage) -> list[Step]:
    here = reverse("admissions:admit", args=[page.referral_id])
    decided = page.level is not None
    found = [
        Step(
            _("Level of care"), "done" if decided else "ahead",
            "" if decided else reverse("admissions:decide", args=[page.referral_id]),
            page.level.title if page.level else _("Not decided yet"),
        ),
    ]  # fmt: skip
    for row in page.consents.rows:
        label = _("Consent: %(title)s") % {"title": row.title}
        url = f"{reverse('consent:sign', args=[page.client_id, row.form])}?next={here}"
        found.append(
            Step(label, "done", more=_("Signed")) if row.is_active else Step(label, "ahead", url, _("To be signed"))
        )
    coverage = ", ".join(page.coverage) or _("Not known")
    found.append(Step(_("Coverage"), "done" if page.coverage else "ahead", more=coverage))
    return _with_current(found)


def _with_current(found: list[Step]) -> list[Step]:
    """The first step that can be done now is the current one."""
    now = next((one for one in found if one.state == "ahead" and one.url), None)
    return [Step(one.label, "current", one.url, one.more) if one is now else one for one in found]


patterns: list[URLPattern] = [path("<uuid:referral_id>/admit/", admit, name="admit")]
