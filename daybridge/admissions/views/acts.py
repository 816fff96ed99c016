"""Where the one next act of a card leads, for the person who looks at it."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daybridge.access.gates import may
from daybridge.access.rules import Permission
from daybridge.admissions.queries.cards import Card
from daybridge.ui.addresses import address


@dataclass(frozen=True, slots=True)
class Button:
    """A link, or a POST to `url` with `to` when `to` is given."""

    label: str | Promise
    url: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A card with its button."""

    card: Card
    button: Button
    is_theirs: bool = True


# act code: words, permission, route, which id the route takes, fragment
WAYS: dict[str, tuple[Promise, Permission, str, str, str]] = {
    "settle-danger": (_("Safety first"), Permission.REFERRAL_WORK, "admissions:referral", "id", "#safety"),
    "settle-match": (_("Compare"), Permission.REFERRAL_JOIN, "admissions:compare", "id", ""),
    "call": (_("Call now"), Permission.REFERRAL_WORK, "admissions:referral", "id", "#call"),
    "call-again": (_("Call again"), Permission.REFERRAL_WORK, "admissions:referral", "id", "#call"),
    "find-contact": (_("Find a number"), Permission.REFERRAL_WORK, "admissions:referral", "id", "#call"),
    "stay-in-touch": (_("Check in"), Permission.REFERRAL_WORK, "admissions:referral", "id", "#call"),
    "reopen": (_("Open again"), Permission.REFERRAL_WORK, "admissions:referral", "id", "#call"),
    "screen": (_("Screen"), Permission.REFERRAL_WORK, "admissions:screen", "id", ""),
    "assess": (_("Assess"), Permission.ASSESS, "admissions:assess", "id", ""),
    "decide": (_("Decide"), Permission.DETERMINATION_DECIDE, "admissions:decide", "id", ""),
    "sign-consents": (_("Sign forms"), Permission.CONSENT_SIGN, "consent:forms", "client_id", ""),
    "admit": (_("Admit"), Permission.ADMIT, "admissions:admit", "id", ""),
    "open-chart": (_("Open chart"), Permission.CHART_READ, "chart:chart", "client_id", ""),
}


def slip(card: Card, user: Any) -> Slip:
    """The card with the button this person may press; "Open" when the next act is somebody else's."""
    if card.act.code == "waitlist" and may(user, Permission.REFERRAL_WORK):
        return Slip(card, Button(_("Waitlist"), address("admissions:move", card.id), "waitlisted"))
    label, permission, route, key, fragment = WAYS.get(card.act.code, WAYS["call"])
    if card.act.code not in WAYS or not may(user, permission):
        return Slip(card, Button(_("Open"), address("admissions:referral", card.id)), is_theirs=False)
    return Slip(card, Button(label, address(route, getattr(card, key)) + fragment))
