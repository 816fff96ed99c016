"""The program's codes in the words of whoever reads their record. Machines get the code itself."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from daybridge.consent import phrases
from daybridge.consent.rules.words import Kind
from daybridge.rights.words import KINDS, PURPOSES


class Code(str):
    """A code of the program: people read its words, files for machines keep it as it is."""

    __slots__ = ()


SAID: dict[str, str | Promise] = {
    # a referral, a stay, a seat
    "received": _("received"), "contacted": _("contacted"), "screened": _("screened"), "assessed": _("assessed"),
    "decided": _("decided"), "waitlisted": _("on the waiting list"), "admitted": _("admitted"),
    "elsewhere": _("found care elsewhere"), "declined": _("declined"), "unreachable": _("not reached"),
    "pending": _("about to begin"), "active": _("in force"), "on-leave": _("on leave"), "discharged": _("ended"),
    "packet": _("electronic referral"), "form": _("referral form"), "phone": _("by phone"), "web": _("on the web"),
    "booked": _("booked"), "released": _("given up"), "planned": _("planned"), "open": _("open"),
    "cancelled": _("called off"), "closed": _("closed"),
    # a plan, a note, a consent
    "draft": _("draft"), "in-review": _("in review"), "revised": _("revised"), "signed": _("signed"),
    "refused": _("said no"), "expired": _("over"), "revoked": _("taken back"),
    "group": _("group"), "individual": _("individual"), "family": _("family"), "education": _("education"),
    # the roll, the line of a note
    "expected": _("expected"), "present": _("came"), "left": _("left early"), "excused": _("excused"),
    "no-show": _("did not come"), "quiet": _("quiet"), "took-part": _("took part"), "led": _("led"),
    "mixed": _("mixed"), "tense": _("tense"),
    # a request, a wish
    "in-work": _("being worked on"), "delivered": _("handed over"), "extended": _("takes longer"),
    "granted": _("yes"), "partly": _("yes to a part"), "denied": _("no"), "withdrawn": _("withdrawn"),
    "mail": _("by mail"), "email": _("by email"), "page": _("on your own page"), "in-person": _("in person"),
    # who cares for you, what keeps you busy, what a referral brought
    "primary counselor": _("primary counselor"), "cover": _("covers"), "nurse": _("nurse"),
    "prescriber": _("prescriber"), "case manager": _("case manager"), "peer": _("peer"), "trainee": _("trainee"),
    "job": _("work"), "school": _("school"), "child-care": _("child care"), "transport": _("the ride here"),
    "court": _("court or probation"), "worship": _("worship"), "other": _("something else"),
    "condition": _("health problem"), "medication": _("medicine"), "allergy": _("allergy"),
    "coverage": _("health plan"), "encounter": _("earlier care"),
    "female": _("female"), "male": _("male"), "unknown": _("not known"), "none": _("none"), "yes": _("yes"),
    "no": _("no"),
}  # fmt: skip


def said(code: str) -> str:
    """A code in words of the active language: of a state, a kind of record, a purpose, a kind of request."""
    kind, _colon, labels = code.partition(":")
    if kind in list(Kind):
        language = get_language() or "en"
        about = ", ".join(phrases.sensitivity(one, language) for one in labels.split("+") if one)
        words = phrases.kind(kind, language, phrases.YOU)
        return f"{words} ({about})" if about else words
    return str(SAID.get(code) or PURPOSES.get(code) or KINDS.get(code, code))
