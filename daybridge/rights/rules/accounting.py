"""Which disclosures belong on the list that people may ask for. Pure."""

from dataclasses import dataclass
from datetime import date

from daybridge.rights.rules.book import BOOK

CARE = frozenset({"treatment", "payment", "operations"})
OWN = "client"


@dataclass(frozen=True, slots=True)
class Left:
    """One disclosure: the local day, what for, and whether it went on a consent."""

    on: date
    purpose: str
    on_consent: bool


def years_back(day: date, years: int) -> date:
    """The same day so many years before; February 29 becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def is_listed(left: Left, asked_on: date) -> bool:
    """Whether a disclosure belongs on the list asked for on `asked_on`.

    On a consent: the last three years (Part 2); care, payment and running the program only as RIGHTS-9 says. Without a
    consent: the last six years, unless for these three (HIPAA). What went to the person is not listed.
    Source: RIGHTS-7 to RIGHTS-9; 42 CFR 2.25; 45 CFR 164.528(a).
    """
    if left.purpose == OWN or left.on > asked_on:
        return False
    is_care = left.purpose in CARE
    if left.on_consent and left.on >= years_back(asked_on, BOOK.number("RIGHTS-7")):
        return not is_care or BOOK.rows["RIGHTS-9"].value is True
    return not is_care and left.on >= years_back(asked_on, BOOK.number("RIGHTS-8"))


def first_day(asked_on: date) -> date:
    """The first day any listed disclosure can have."""
    return years_back(asked_on, max(BOOK.number("RIGHTS-7"), BOOK.number("RIGHTS-8")))
