"""Which consents stand, the words to sign, copies, and what is due."""

from daybridge.consent.queries.clashes import Clash, clashes
from daybridge.consent.queries.copies import Copy, Signed, copy, intact
from daybridge.consent.queries.pages import (
    Choice,
    Draft,
    Page,
    choice,
    draft,
    draft_page,
    language_of,
    page,
    paper_page,
)
from daybridge.consent.queries.renewals import Renewal, renewals_due
from daybridge.consent.queries.shared import Line, Shared, Speaks, shared
from daybridge.consent.queries.standing import TITLES, FormRow, Standing, in_force, standing

__all__ = [
    "TITLES", "Choice", "Clash", "Copy", "Draft", "FormRow", "Line", "Page", "Renewal", "Shared", "Signed", "Speaks",
    "Standing", "choice", "clashes", "copy", "draft", "draft_page", "in_force", "intact", "language_of", "page",
    "paper_page", "renewals_due", "shared", "standing",
]  # fmt: skip
