"""The phone desk: one question, one answer, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from daybridge.access.gates import requires
from daybridge.access.rules import Permission
from daybridge.consent import actions
from daybridge.consent.forms import CallForm
from daybridge.consent.queries import desk as queries


@require_http_methods(["GET", "POST"])
@requires(Permission.DESK_ANSWER)
def desk(request: HttpRequest) -> HttpResponse:
    """What may be said to a caller; htmx gets the answer alone, a plain form the page with it."""
    typed = CallForm(request.POST or None)
    said, status = None, 200
    if request.method == "POST":
        if typed.is_valid():
            call = typed.call()
            said = queries.said(call=call, answer=actions.answer(call=call, by=request.user, at=timezone.now()))
        else:
            status = 422
    page = "consent/_desk_answer.html" if request.headers.get("HX-Request") else "consent/desk.html"
    return render(request, page, {"form": typed, "said": said}, status=status)
