"""Two people's acts that waited for each other: PostgreSQL turns one away, and it is done again."""

import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

TRIES = 3
DEADLOCK, SERIALIZATION = "40P01", "40001"
log = logging.getLogger(__name__)


def again(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A view makes one action call in one transaction; what was turned away left nothing, so it may be asked again."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, problem: Exception) -> HttpResponse | None:
        for _ in range(TRIES):
            if not turned_away(problem):
                break
            log.info("%s was turned away by a standoff and is asked again", request.resolver_match.view_name)
            try:
                return _ask(request)
            except OperationalError as once_more:
                problem = once_more
        return None

    answer.process_exception = process_exception
    return answer


def turned_away(problem: Exception | None) -> bool:
    """Whether the database ended this transaction only because of another one."""
    return isinstance(problem, OperationalError) and getattr(problem.__cause__, "sqlstate", "") in {
        DEADLOCK, SERIALIZATION,
    }  # fmt: skip


def _ask(request: HttpRequest) -> HttpResponse:
    for file in request.FILES.values():
        file.seek(0)
    view, arguments, named = request.resolver_match
    return view(request, *arguments, **named)
