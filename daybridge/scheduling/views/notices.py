"""A member of staff has read what changed in their week."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.scheduling import actions


@require_POST
@requires(Permission.TODAY_SEE)
def seen(request: HttpRequest) -> HttpResponse:
    """Back to Today without them."""
    actions.see_notices(by=request.user, at=timezone.now())
    return redirect("/")
