"""One weekly group, and its end."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError
from daybridge.program import actions, queries
from daybridge.program.forms import EndForm
from daybridge.program.views import pages
from daybridge.program.words import WEEKDAYS
from daybridge.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(Permission.PROGRAM_WRITE)
def end_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One weekly group, and the day from which it no longer meets."""
    form, status = EndForm(pages.sent(request), initial={"until": pages.today_at(request.site.timezone)}), 200
    try:
        row = queries.group(group_id=group_id, by=request.user)
        if request.method == "POST":
            status = 422
            if form.is_valid():
                actions.end_group(
                    group_id=group_id, until=form.cleaned_data["until"], by=request.user, at=timezone.now()
                )  # fmt: skip
                toasts.say(request, _("The group ends. Sessions already laid are called off in the week."))
                return redirect(pages.at("program:overview", row.site_id))
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        form.add_error(None, str(error))
        status = 409
    context = {"row": row, "day": dict(WEEKDAYS)[row.weekday], "form": form}
    return render(request, "program/group.html", context, status=status)
