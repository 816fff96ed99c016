"""What was chosen as columns of a consent, and back."""

import hashlib
import json
from dataclasses import fields
from typing import Any

from daybridge.consent import phrases, shown
from daybridge.consent.models import Consent
from daybridge.consent.rules.revoking import DECIDED
from daybridge.consent.rules.words import TPO, TPO_PURPOSES, FormKind, Kind, Purpose, Sensitivity
from daybridge.consent.terms import (
    ANY_TIME,
    CASE_DECIDED,
    FROM_DAY,
    NOTHING,
    ON_DAY,
    WHEN,
    WITH_TREATMENT,
    Terms,
    asked,
)
from daybridge.consent.wording import Form

DISCHARGE = "discharge"
TERMS = tuple(one.name for one in fields(Terms))
LATER = ("code_word", "revocable", "revocable_on")  # what earlier consents do not say
# What the forms that ask nothing are about, in codes.
FIXED: dict[str, dict[str, Any]] = {
    FormKind.PHOTO: {"recipient_name": "check-in", "kinds": [Kind.PHOTO], "purposes": [Purpose.KIOSK]},
    FormKind.COMMUNITY: {"recipient_name": "community", "purposes": [Purpose.COMMUNITY]},
    FormKind.RESEARCH_CONTACT: {"recipient_name": "program staff", "purposes": [Purpose.RESEARCH_CONTACT]},
    TPO: {"purposes": sorted(TPO_PURPOSES)},
}


def of(form: Form, terms: Terms) -> dict[str, Any]:
    """The columns that say what this form with these terms agrees to."""
    if not asked(form.id).chooses:
        return {
            "recipient": form.recipient, "information": list(form.information), "purpose": form.purpose,
            "expires_when": form.expires_when, **FIXED.get(form.id, {}),
        }  # fmt: skip
    said = phrases.fill(terms, form.language, program=shown.program_name(), day=shown.day_in(form.language))
    return {
        "recipient": said["recipient"][:200], "recipient_type": terms.recipient_type, "recipient_name": terms.name,
        "recipient_relation": terms.relation, "members": list(terms.members), "matter": terms.matter,
        "information": list(terms.kinds), "kinds": list(terms.kinds),
        "sensitivities": [Sensitivity.SUD, *terms.sensitivities], "purpose": ", ".join(terms.purposes)[:40],
        "purposes": list(terms.purposes), "period_from": terms.period_from, "period_until": terms.period_until,
        "expires_on": terms.expires_on, "expires_when": said["expiry"][:200],
        "expires_event": _event(terms), "expires_condition": terms.event if terms.ends == WHEN else "",
        "revocable_on": terms.revocable_on, "revocable_event": DECIDED if terms.revocable == CASE_DECIDED else "",
    }  # fmt: skip


def _event(terms: Terms) -> str:
    """What ends it by itself: the end of care, or that the case was decided which it was promised for."""
    if terms.ends == WITH_TREATMENT:
        return DISCHARGE
    return DECIDED if terms.revocable == CASE_DECIDED else ""


def terms_of(consent: Consent) -> Terms:
    """What was chosen for this consent."""
    if not asked(consent.kind).chooses:
        return NOTHING
    return Terms(
        recipient_type=consent.recipient_type, name=consent.recipient_name, relation=consent.recipient_relation,
        members=tuple(consent.members), matter=consent.matter, purposes=tuple(consent.purposes),
        kinds=tuple(consent.kinds), sensitivities=tuple(x for x in consent.sensitivities if x != Sensitivity.SUD),
        period_from=consent.period_from, period_until=consent.period_until, ends=_ends(consent),
        expires_on=consent.expires_on, event=consent.expires_condition, revocable=_revocable(consent),
        revocable_on=consent.revocable_on,
    )  # fmt: skip


def _ends(consent: Consent) -> str:
    if consent.expires_on:
        return ON_DAY
    if consent.expires_condition:
        return WHEN
    return WITH_TREATMENT if consent.expires_event == DISCHARGE else ""


def _revocable(consent: Consent) -> str:
    if not asked(consent.kind).binds:
        return ""
    if consent.revocable_event:
        return CASE_DECIDED
    return FROM_DAY if consent.revocable_on else ANY_TIME


def digest(consent: Consent) -> str:
    """SHA-256 of what was chosen, as the ledger keeps it at signing: a column widened later no longer fits it."""
    told = {"kind": consent.kind, "purposes": list(consent.purposes), "kinds": list(consent.kinds)}
    terms = terms_of(consent)
    chosen = {name: getattr(terms, name) for name in TERMS}
    told |= {name: value for name, value in chosen.items() if name not in LATER or value}
    told |= {"code_word": consent.code_word} if consent.code_word else {}
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()
