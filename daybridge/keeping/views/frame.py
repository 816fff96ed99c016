"""What the pages share: the tabs, and an answer with its problem in place."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daybridge.kit.errors import DaybridgeError


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the room."""

    label: str | Promise
    url: str
    current: bool
    count: int = 0


PAGES = (
    ("keeping:overview", _("How long")),
    ("keeping:due", _("Due and purges")),
    ("keeping:holds", _("Legal holds")),
    ("keeping:export", _("Export without names")),
)


def tabs(request: HttpRequest) -> list[Tab]:
    """The four pages; the current one is the one whose address begins this one's."""
    here = request.resolver_match.view_name
    inside = "keeping:due" if here.startswith("keeping:purge") else here
    return [Tab(label, reverse(name), inside.startswith(name)) for name, label in PAGES]


def problem_of(act: Callable[[], object]) -> str:
    """Do one act; its refusal as a sentence, "" when it was done; 404 out of reach."""
    try:
        act()
    except ObjectDoesNotExist:
        raise Http404 from None
    except DaybridgeError as error:
        return str(error)
    return ""
