"""Reach: role x care team x site x purpose. Whom a permission covers is read off this one table. Pure.

A permission says what one may do; this says for which clients. Need to know is the default: what is not written reaches
one's own clients only. Hidden records and broken glass come on top (glass.py). Source: 45 CFR 164.502(b), 164.514(d);
42 CFR 2.13(a), 2.12(c)(3).
"""

from enum import StrEnum

from daybridge.access.rules.roles import Role
from daybridge.access.rules.table import GRANTS, Permission


class Reach(StrEnum):
    """Which clients of a site."""

    SITE = "site"
    TEAM = "team"
    OWN = "own"
    PERIOD = "period"


# In the table, and as a sentence below it.
REACH_WORDS: dict[Reach, tuple[str, str]] = {
    Reach.SITE: ("Whole site", "Every client of the site, but for hidden records."),
    Reach.TEAM: ("Own and new", "Clients in whose care team they are or whose groups they lead, and people who are "
                                "still on the way in, whom nobody cares for yet."),
    Reach.OWN: ("Own", "Clients in whose care team they are or whose groups they lead."),
    Reach.PERIOD: ("Audit period", "Clients who were in care on the days their audit is about."),
}  # fmt: skip


class Purpose(StrEnum):
    """What a family of permissions is for."""

    NAMES = "names"
    WAY_IN = "way-in"
    CARE = "care"
    NOTES = "notes"
    WEEK = "week"
    ROLL = "roll"
    PROMISES = "promises"
    DESK = "desk"
    KEEPING = "keeping"


P = Permission
# Every permission that touches a client's record, under what it is for. Those not named touch none.
PURPOSES: dict[Purpose, tuple[str, frozenset[Permission]]] = {
    Purpose.NAMES: ("That somebody is a client", frozenset({P.CLIENT_LIST})),
    Purpose.WAY_IN: ("The way in", frozenset({
        P.REFERRAL_SEE, P.REFERRAL_RECEIVE, P.REFERRAL_WORK, P.REFERRAL_JOIN, P.ASSESS, P.DETERMINATION_DECIDE, P.ADMIT,
    })),
    Purpose.CARE: ("Chart, plan, hours, documents", frozenset({
        P.CHART_READ, P.PLAN_SEE, P.PLAN_WRITE, P.HOURS_SEE, P.DOCUMENT_SEE, P.DOCUMENT_KEEP, P.TEAM_MANAGE,
        P.COUNSELING_NOTE_WRITE,
    })),
    Purpose.NOTES: ("Session notes", frozenset({P.NOTE_SEE, P.NOTE_WRITE, P.NOTE_SIGN})),
    Purpose.WEEK: ("Their week", frozenset({P.WEEK_SEE, P.WEEK_PLACE, P.LIFE_SAY})),
    Purpose.ROLL: ("The roll", frozenset({P.ROLL_SEE, P.ROLL_MARK})),
    Purpose.PROMISES: ("Consents, and what leaves", frozenset({
        P.CONSENT_SEE, P.CONSENT_SIGN, P.DISCLOSE, P.DISCLOSURES_SEE, P.PHONE_ACCESS_GIVE,
    })),
    Purpose.DESK: ("Phone desk and requests", frozenset({P.DESK_ANSWER, P.REQUEST_TAKE, P.REQUEST_WORK})),
    Purpose.KEEPING: ("Guarding and keeping", frozenset({
        P.GLASS_REVIEW, P.REACH_MANAGE, P.BREACH_WORK, P.KEEPING_SEE, P.HOLD_PLACE, P.PURGE_PROPOSE, P.PURGE_APPROVE,
        P.EXPORT_DEIDENTIFIED,
    })),
}  # fmt: skip
PURPOSE_OF = {permission: purpose for purpose, (_words, some) in PURPOSES.items() for permission in some}
TOUCH_NOBODY = frozenset(Permission) - frozenset(PURPOSE_OF)


def _row(usual: Reach, **other: Reach) -> dict[Purpose, Reach]:
    """One row: the usual reach, and the purposes that differ."""
    return {purpose: other.get(purpose.name.lower(), usual) for purpose in Purpose}


# The phone is answered, and requests are taken in, for the whole site: whoever calls must get the same answer.
REACH: dict[Role, dict[Purpose, Reach]] = {
    Role.DIRECTOR: _row(Reach.SITE),
    Role.INTAKE: _row(Reach.SITE),
    Role.COUNSELOR: _row(Reach.TEAM, roll=Reach.OWN, notes=Reach.OWN, desk=Reach.SITE),
    Role.NURSE: _row(Reach.SITE),
    Role.CASE_MANAGER: _row(Reach.TEAM, roll=Reach.OWN, desk=Reach.SITE),
    Role.PEER: _row(Reach.OWN, desk=Reach.SITE),
    Role.BILLER: _row(Reach.SITE),
    Role.FRONT_DESK: _row(Reach.SITE),
    Role.PRIVACY_OFFICER: _row(Reach.SITE),
    Role.ADMINISTRATOR: _row(Reach.OWN),
    Role.TRAINEE: _row(Reach.OWN),
    Role.AUDITOR: _row(Reach.PERIOD),
    Role.SUPPORT: _row(Reach.OWN),
}


def reach_of(role: Role, permission: Permission) -> Reach | None:
    """How far a permission goes for a role; None where it is not granted. One without a purpose reaches one's own."""
    if role not in GRANTS.get(permission, frozenset()):
        return None
    purpose = PURPOSE_OF.get(permission)
    return REACH[role][purpose] if purpose else Reach.OWN


def widest(role: Role, purpose: Purpose) -> Reach | None:
    """What a cell of the table says: the reach, or None where the role holds no permission of the purpose."""
    held = any(role in GRANTS[permission] for permission in PURPOSES[purpose][1])
    return REACH[role][purpose] if held else None
