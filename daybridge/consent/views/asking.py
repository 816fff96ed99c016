"""What the views of this room share: the language of the page, the way back, the answer's status."""

from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from daybridge.consent import queries, wording


def language(request: HttpRequest, client_id: UUID) -> str:
    """The language asked for, else the client's own."""
    chosen = request.GET.get("lang", "")
    return chosen if chosen in wording.LANGUAGES else queries.language_of(client_id=client_id, by=request.user)


def back(request: HttpRequest) -> str:
    """Where the staff member came from, when it is an address of ours."""
    target = request.GET.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else ""


def onward(request: HttpRequest, **more: str) -> str:
    """The query of the next page: what is added, and the way back."""
    query = request.GET.copy()
    query.clear()
    query.update(more)
    if back(request):
        query["next"] = back(request)
    return query.urlencode(safe="/")


def status(problem: str, typed: forms.Form) -> int:
    """409 for a refusal, 422 for a form with faults, else 200."""
    return 409 if problem else 422 if typed.errors else 200
