"""What kinds, ways and grounds are called on pages. Staff read these; letters have words of their own."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daybridge.rights.rules.requests import GROUNDS, Kind

KINDS: dict[str, str | Promise] = {
    Kind.ACCESS: _("A copy of the record"),
    Kind.AMENDMENT: _("A correction"),
    Kind.ACCOUNTING: _("What left the record"),
    Kind.RESTRICTION: _("Not to share something"),
    Kind.CONTACT: _("To be reached another way"),
    Kind.COMPLAINT: _("A complaint"),
    Kind.INTERMEDIARIES: _("Who got it through a go-between"),
}
ABOUT: dict[str, str | Promise] = {
    Kind.ACCESS: _("Everything we keep about the person, to read, to take along, and as files."),
    Kind.AMENDMENT: _("Something in the record is wrong or is missing."),
    Kind.ACCOUNTING: _("The list of whom we told what, and why."),
    Kind.RESTRICTION: _("Somebody should not be told something: a health plan, a person, an office."),
    Kind.CONTACT: _("Another phone, another address, not at home. No reason has to be given."),
    Kind.COMPLAINT: _("Something went wrong with privacy. Nobody is treated worse for saying so."),
    Kind.INTERMEDIARIES: _("Whom a health information exchange or another go-between passed the record to."),
}
SHAPES = {
    Kind.ACCESS: "folder-open", Kind.AMENDMENT: "pencil-line", Kind.ACCOUNTING: "list-checks",
    Kind.RESTRICTION: "shield-off", Kind.CONTACT: "phone", Kind.COMPLAINT: "message-square-warning",
    Kind.INTERMEDIARIES: "share-2",
}  # fmt: skip
WAYS_IN = (("in-person", _("In person")), ("phone", _("By phone")), ("letter", _("By letter")))
CAME: dict[str, str | Promise] = {**dict(WAYS_IN), "page": _("On their own page")}
ASKERS = (
    ("self", _("The person themself")), ("parent", _("A parent")), ("guardian", _("A guardian")),
    ("representative", _("Somebody who speaks for the person by law")),
)  # fmt: skip
CHECKED = (("known", _("We know the person")), ("photo-id", _("Photo ID")), ("signature", _("Signature compared")))
SURE: dict[str, str | Promise] = {**dict(CHECKED), "own-page": _("Signed in on their own page")}
MEANS = (
    ("phone", _("By phone")), ("mail", _("By mail")), ("email", _("By email")), ("page", _("On their own page")),
    ("in-person", _("Only in person, here")),
)  # fmt: skip
TO_WHOM = (
    ("health-plan", _("A health plan")), ("person", _("A person")), ("organization", _("An office or company")),
    ("everyone", _("Everybody outside")),
)  # fmt: skip
WAYS_OUT = (
    ("paper", _("On paper, here")), ("screen", _("On a screen, here")), ("phone", _("On their own phone")),
    ("mail", _("By mail")),
)  # fmt: skip
TOLD = (
    ("hhs", _("HHS")), ("media", _("The press")), ("police", _("The police")), ("insurer", _("Our insurer")),
    ("other", _("Somebody else")),
)  # fmt: skip
RATINGS = (("low", _("Low")), ("medium", _("Medium")), ("high", _("High")))
PURPOSES: dict[str, str | Promise] = {
    "treatment": _("Care"), "payment": _("Payment"), "operations": _("Running the program"), "family": _("Family"),
    "referrer": _("Word to whoever referred"), "at-request": _("The person asked for it"), "client": _("The person"),
    "legal-proceeding": _("A court case"), "legal-order": _("A court order"), "emergency": _("An emergency"),
    "audit": _("An audit"), "research": _("Research"), "deidentified": _("Without names"),
    "public-health": _("Public health"), "abuse-report": _("A report the law asks for"), "crime": _("A crime here"),
    "kiosk": _("Photo and check-in"), "community": _("Community"), "research-contact": _("Asked about research"),
}  # fmt: skip


def grounds(kind: str) -> list[tuple[str, str]]:
    """The grounds for a no to this kind, to choose from, with their source."""
    return [(code, f"{ground.title} ({ground.source})") for code, ground in GROUNDS.get(Kind(kind), {}).items()]


def purpose(code: str) -> str:
    """What something was for; the code itself where we have no words."""
    return str(PURPOSES.get(code, code))


YES_NO: dict[str, str | Promise] = {"granted": _("Yes"), "partly": _("Yes to a part"), "denied": _("No")}
ANSWERS: dict[str, dict[str, str | Promise]] = {
    Kind.COMPLAINT: {"granted": _("It was so"), "partly": _("A part was so"), "denied": _("We did not find it so")},
    Kind.ACCOUNTING: {"granted": _("Here is the list")},
    Kind.INTERMEDIARIES: {"granted": _("Here is the list")},
}
NOTICE_HOW = (("paper", _("On paper")), ("screen", _("On this screen")), ("email", _("By email")))
