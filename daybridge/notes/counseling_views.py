"""The page of one's own counseling notes about a client."""

from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.kit.errors import DaybridgeError, NotAllowed
from daybridge.notes import counseling
from daybridge.ui import toasts


class CounselingForm(forms.Form):
    """One more note for oneself."""

    words = forms.CharField(
        label=gettext_lazy("For you alone"), widget=forms.Textarea(attrs={"rows": 8}), max_length=counseling.LONGEST,
        help_text=gettext_lazy(
            "What was said and what you make of it. Not here: medicine, times, tests, diagnosis, plan and progress; "
            "those belong in the record."
        ),
    )  # fmt: skip


@requires(Permission.COUNSELING_NOTE_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def counseling_notes(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Read one's own, write one more."""
    form, status, now = CounselingForm(request.POST or None), 200, timezone.now()
    try:
        if form.is_valid():
            counseling.write(client_id=client_id, words=form.cleaned_data["words"], by=request.user, at=now)
            toasts.say(request, _("Kept, for you alone."))
            return redirect("notes:counseling", client_id)
        found = counseling.own(client_id=client_id, by=request.user, at=now)
    except (ObjectDoesNotExist, NotAllowed):
        raise Http404 from None
    except DaybridgeError as error:
        form.add_error("words", str(error))
        status, found = 409, counseling.own(client_id=client_id, by=request.user, at=now)
    context = {"form": form, "found": found}
    return render(request, "notes/counseling.html", context, status=422 if form.errors and status == 200 else status)
