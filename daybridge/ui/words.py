"""A status's words, shape and tone, once for the whole house: statuses are spoken of the same way on every page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TONES = ("ok", "wait", "info", "quiet", "safety")


@dataclass(frozen=True, slots=True)
class Word:
    """What a reader sees: words (lazily translated), lucide shape, tone (one of TONES)."""

    words: str | Promise
    shape: str
    tone: str


WORDS: dict[str, Word] = {
    # a referral on its way in, and where it can end
    "received": Word(_("Received"), "inbox", "wait"),
    "contacted": Word(_("Contacted"), "phone", "info"),
    "screened": Word(_("Screened"), "clipboard-list", "info"),
    "assessed": Word(_("Assessed"), "clipboard-check", "info"),
    "decided": Word(_("Decided"), "scale", "info"),
    "waitlisted": Word(_("Waitlisted"), "hourglass", "wait"),
    "admitted": Word(_("Admitted"), "door-open", "ok"),
    "elsewhere": Word(_("Placed elsewhere"), "map-pin", "quiet"),
    "declined": Word(_("Declined"), "circle-slash", "quiet"),
    "unreachable": Word(_("Not reached"), "phone-missed", "quiet"),
    "joined": Word(_("Joined"), "merge", "quiet"),
    "accepted": Word(_("Accepted"), "circle-check", "ok"),
    # decisions, levels of care, findings
    "recommended": Word(_("Recommended"), "compass", "info"),
    "agreed": Word(_("Agreed"), "circle-check", "ok"),
    "overridden": Word(_("Decided otherwise"), "split", "wait"),
    "supports": Word(_("Speaks for it"), "plus", "ok"),
    "against": Word(_("Speaks against it"), "triangle-alert", "wait"),
    # a stay
    "planned": Word(_("Planned"), "calendar", "info"),
    "open": Word(pgettext_lazy("status", "Open"), "circle-dot", "info"),
    "active": Word(_("Active"), "circle-dot", "ok"),
    "on-leave": Word(_("On leave"), "circle-pause", "wait"),
    "closed": Word(_("Closed"), "circle-slash", "quiet"),
    "ended": Word(_("Ended"), "circle-slash", "quiet"),
    "transferred": Word(_("Transferred"), "arrow-right-left", "quiet"),
    # a session
    "held": Word(pgettext_lazy("session", "Took place"), "circle-check", "ok"),
    "documented": Word(_("Documented"), "file-check", "ok"),
    "cancelled": Word(_("Called off"), "calendar-x", "quiet"),
    "conflict": Word(_("Conflict"), "triangle-alert", "wait"),
    "placed": Word(_("Placed"), "calendar-check", "ok"),
    "unplaced": Word(_("Not placed yet"), "calendar-clock", "wait"),
    "released": Word(_("Released"), "undo-2", "quiet"),
    # a week that is worked out
    "solving": Word(_("Being worked out"), "hourglass", "info"),
    "published": Word(_("In force"), "calendar-check", "ok"),
    "discarded": Word(_("Thrown away"), "circle-slash", "quiet"),
    "stale": Word(_("Out of date"), "triangle-alert", "wait"),
    "undone": Word(_("Taken back"), "undo-2", "quiet"),
    # a place on the roll
    "expected": Word(_("Expected"), "circle", "quiet"),
    "present": Word(_("Present"), "check", "ok"),
    "online": Word(_("Online"), "video", "ok"),
    "late": Word(_("Late"), "clock", "wait"),
    "left": Word(_("Left"), "log-out", "quiet"),
    "left-early": Word(_("Left early"), "log-out", "wait"),
    "excused": Word(_("Excused"), "calendar-x", "quiet"),
    "no-show": Word(_("Missed"), "phone-missed", "wait"),
    "missed": Word(_("Missed"), "phone-missed", "wait"),
    # notes, plans, consents
    "draft": Word(_("Draft"), "pencil-line", "quiet"),
    "signed": Word(_("Signed"), "pen-line", "ok"),
    "co-signed": Word(_("Co-signed"), "pen-line", "ok"),
    "amended": Word(_("Addendum added"), "file-plus", "info"),
    "in-review": Word(_("In review"), "eye", "info"),
    "revised": Word(_("Revised"), "history", "quiet"),
    "superseded": Word(_("Replaced"), "history", "quiet"),
    "met": Word(_("Met"), "circle-check", "ok"),
    "paused": Word(_("Paused"), "circle-pause", "wait"),
    "set-aside": Word(_("Set aside"), "circle-slash", "quiet"),
    "expired": Word(_("Ended by date"), "clock-alert", "wait"),
    "revoked": Word(_("Stopped by the client"), "shield-off", "quiet"),
    "permitted": Word(_("May be shared"), "shield-check", "ok"),
    "refused": Word(_("May not be shared"), "shield-x", "wait"),
    # what people asked for about their record, and reports of what got out
    "in-work": Word(_("In work"), "pencil-line", "info"),
    "extended": Word(_("Takes longer"), "hourglass", "info"),
    "granted": Word(_("Yes"), "circle-check", "ok"),
    "partly": Word(_("Yes to a part"), "circle-check", "info"),
    "delivered": Word(_("Handed over"), "check", "ok"),
    "withdrawn": Word(_("Taken back"), "undo-2", "quiet"),
    "reported": Word(_("Reported"), "siren", "wait"),
    "low-probability": Word(_("Low probability shown"), "shield-check", "ok"),
    "breach": Word(_("A breach"), "shield-alert", "wait"),
    "low": Word(_("Low"), "arrow-down", "ok"),
    "medium": Word(_("Medium"), "minus", "info"),
    "high": Word(_("High"), "arrow-up", "wait"),
    # work done by the machine
    "queued": Word(_("Waiting its turn"), "hourglass", "quiet"),
    "running": Word(_("Running"), "loader", "info"),
    "done": Word(_("Done"), "check", "ok"),
    "failed": Word(_("Stopped"), "circle-x", "wait"),
    # accounts
    "invited": Word(_("Invited"), "send", "info"),
    "locked": Word(_("Locked"), "lock", "wait"),
    "ended-access": Word(_("Access ended"), "circle-slash", "quiet"),
    # keeping and purging
    "proposed": Word(_("Proposed"), "clipboard-list", "wait"),
    "approved": Word(_("Approved"), "circle-check", "info"),
    "purged": Word(_("Purged"), "archive-x", "quiet"),
    "kept": Word(_("Kept"), "archive", "info"),
    "on-hold": Word(_("On hold"), "lock", "wait"),
    # what any row may need to say
    "ready": Word(_("Ready"), "circle-check", "ok"),
    "due": Word(_("Due today"), "hourglass", "wait"),
    "overdue": Word(_("Overdue"), "hourglass", "wait"),
    "waiting": Word(_("Waiting"), "circle-pause", "wait"),
    "sent": Word(_("Sent"), "send", "info"),
    "claimed": Word(_("Claimed"), "send", "info"),
    "paid": Word(_("Paid"), "check", "ok"),
    "denied": Word(_("Denied"), "circle-x", "wait"),
    "not-started": Word(_("Not started"), "circle-dashed", "quiet"),
    "safety": Word(_("Safety"), "octagon-alert", "safety"),
}


def of(status: str) -> Word:
    """The word of `status`; a status nobody gave words yet is shown at rest, in its own letters."""
    key = str(status).lower().replace("_", "-")
    return WORDS.get(key) or Word(capfirst(key.replace("-", " ")), "circle-dashed", "quiet")
