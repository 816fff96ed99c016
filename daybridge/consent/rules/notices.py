"""What travels along with a disclosure made by consent: a statement of 42 CFR 2.32, and what the consent says. Pure."""

from collections.abc import Sequence

from daybridge.consent.rules.book import RULES
from daybridge.consent.rules.facts import Given, Period, Recipient
from daybridge.consent.rules.scopes import kinds_of, purposes_of
from daybridge.consent.rules.words import FormKind

LONG_NOTICE = str(RULES.rows["CON-30"].value)
SHORT_NOTICE = str(RULES.rows["CON-31"].value)
OFFICIAL = " It may be used only for official duties in that matter (42 CFR 2.35(d))."
_SHORT_FOR = frozenset(str(RULES.rows["CON-32"].value).split())


def for_recipient(recipient: Recipient, relied: Sequence[Given]) -> str:
    """The id of the statement that travels along, "" where no consent was relied on; the words are in notices.toml.

    A recipient of whom the type is not said is what the consent says. Source: CON-6; 42 CFR 2.32.
    """
    if not relied:
        return ""
    sort = recipient.type or relied[0].recipient.type
    return SHORT_NOTICE if sort in _SHORT_FOR else LONG_NOTICE


def scope(given: Given) -> str:
    """A clear explanation of one consent's scope, in a sentence. Source: 42 CFR 2.32(b)."""
    signed = f"{given.signed_at:%Y-%m-%d}" if given.signed_at else ""
    to = given.recipient.name or "those who treat the client, those who pay, and those who help run the program"
    kinds, purposes = ", ".join(sorted(kinds_of(given))), ", ".join(sorted(purposes_of(given)))
    told = (
        f"By a consent of {signed} the client lets {kinds} go to {to} for {purposes}{_days(given.period)}{_end(given)}."
    )
    return told + (OFFICIAL if given.kind == FormKind.COURT_REFERRAL else "")


def _days(period: Period) -> str:
    first = f", from {period.start}" if period.start else ""
    return first + (f", up to {period.end}" if period.end else "")


def _end(given: Given) -> str:
    end = str(given.expires_on or "") or given.expires_event or given.expires_condition
    return f"; it ends {end}" if end else "; it holds until taken back"
