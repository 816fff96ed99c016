"""How a page answers: out of reach is not there, and a form says with its status whether it was taken."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404


@contextmanager
def or_404() -> Iterator[None]:
    """What is out of reach in this block looks like what does not exist."""
    try:
        yield
    except ObjectDoesNotExist:
        raise Http404 from None


def status_of(problem: str, errors: object = None) -> int:
    """409 when what was asked was refused, 422 when the form was not understood, else 200."""
    if problem:
        return 409
    return 422 if errors else 200
