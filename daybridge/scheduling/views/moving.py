"""Move one session: the form, and what dragging and the keyboard send."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.scheduling import actions, queries
from daybridge.scheduling.forms import MoveForm
from daybridge.scheduling.queries.moving import MovePage
from daybridge.ui import toasts
from daybridge.ui.answers import or_404, status_of


@require_http_methods(["GET", "POST"])
@requires(Permission.WEEK_PLACE)
def move(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Where a session could go; a POST moves it, and says every reason when it cannot."""
    with or_404():
        page = queries.moving(session_id=session_id, by=request.user, at=timezone.now())
    form, problem = _form(request, page), ""
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.move_session(session_id=session_id, to=form.where(), by=request.user, at=timezone.now())
        except DaybridgeError as error:
            problem = str(error)
        else:
            toasts.say(
                request, _("Moved. Whoever it touches is told."), undo=reverse("scheduling:undo", args=[done.id])
            )
            return redirect(f"{reverse('scheduling:week')}?first={page.first}&site={page.site_id}")
    context = {"page": page, "form": form, "problem": problem}
    return render(request, "scheduling/move.html", context, status=status_of(problem, form.errors))


def _form(request: HttpRequest, page: MovePage) -> MoveForm:
    days = [(value, date_format(day, "l, M j")) for value, day in page.days]
    lists = {"days": days, "rooms": page.rooms, "people": page.people}
    if request.method == "POST":
        return MoveForm(request.POST, **lists)
    now = {
        "day": page.starts_at.date().isoformat(), "start": page.starts_at.time(), "minutes": page.minutes,
        "room": str(page.room_id), "lead": str(page.lead_id),
    }  # fmt: skip
    return MoveForm(initial=now, **lists)
