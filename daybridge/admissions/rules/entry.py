"""What admission here takes. Pure."""

from collections.abc import Set
from datetime import date, timedelta

from daybridge.admissions.rules.referral import ReferralState
from daybridge.kit.errors import Refused

# This program offers intensive outpatient care; every other level is found elsewhere. Source: program rule ADM-11.
OFFERED = frozenset(("2.1",))
ADMITTABLE = frozenset((ReferralState.DECIDED, ReferralState.WAITLISTED))
CONSENTS = frozenset(("treatment", "part2-tpo"))
LATEST_START = timedelta(days=90)


def check_level(state: ReferralState, level: str) -> None:
    """Raise Refused unless `level` ("" for none) was decided for a referral that stands right before admission."""
    if state == ReferralState.ADMITTED:
        raise Refused("This person is admitted already.")
    if state not in ADMITTABLE or not level:
        raise Refused("Decide the level of care first.")
    if level not in OFFERED:
        raise Refused("The level decided on is not offered here.")


def check_consents(in_force: Set[str]) -> None:
    """Raise Refused unless both consents hold. Source: program rule ADM-10; 42 CFR 2.31."""
    if not in_force >= CONSENTS:
        raise Refused("Both consents have to be signed first: to treatment, and to sharing for care.")


def check_start(start_on: date, today: date) -> None:
    """Raise Refused for a first day in the past, or so late that the assessment is too old. Source: ADM-9."""
    if start_on < today:
        raise Refused("The first day cannot lie in the past.")
    if start_on > today + LATEST_START:
        raise Refused("The first day is too far away; admit closer to it.")
