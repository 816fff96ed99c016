"""When something may have got out: the four factors, what follows from them, and who is told by when. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daybridge.kit.errors import Refused
from daybridge.rights.rules.book import BOOK

LONGEST = 4000


class BreachState(StrEnum):
    """Where a report of a possible breach stands."""

    REPORTED = "reported"
    LOW = "low-probability"
    BREACH = "breach"
    CLOSED = "closed"


# New facts may turn a low probability into a breach; a breach is never talked down again.
BREACH_MOVES: Mapping[BreachState, frozenset[BreachState]] = {
    BreachState.REPORTED: frozenset((BreachState.LOW, BreachState.BREACH)),
    BreachState.LOW: frozenset((BreachState.BREACH, BreachState.CLOSED)),
    BreachState.BREACH: frozenset((BreachState.CLOSED,)),
    BreachState.CLOSED: frozenset(),
}


class Rating(StrEnum):
    """How much one factor speaks for harm."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the four questions, with what low and high mean."""

    id: str
    title: str
    ask: str
    low: str
    high: str


FACTORS = (
    Factor("what", "What got out", "What was it, and how easily could somebody be known by it?",
           "Only a number or a first name, nothing about care", "Names together with care, diagnosis or money"),
    Factor("who", "Who got it", "Who used it or received it?",
           "Somebody bound to secrecy, such as another clinic", "A stranger, the press, an employer, a court"),
    Factor("seen", "Whether it was seen", "Was it really opened or read?",
           "It came back unopened, or the machine shows no access", "It was opened, copied or passed on"),
    Factor("mended", "How far it was mended", "What was done to make it harmless?",
           "Given back or destroyed, with a written promise", "Nothing could be done"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody noticed: `happened_on` when it is known, `found_on` is the first day anybody here could know."""

    what: str
    found_on: date
    happened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """The four factors by id: rating and words; `note` says what was concluded."""

    ratings: Mapping[str, Rating]
    words: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The last days: for each person, for HHS, and for the press (None: the press need not be told)."""

    people: date
    hhs: date
    media: date | None


def check_report(report: Report, today: date) -> None:
    """Raise Refused for a report without words or with days that cannot be."""
    if len(report.what.strip()) < 10:
        raise Refused("Say in a sentence or two what happened.")
    if len(report.what) > LONGEST:
        raise Refused("Keep it to {most} characters; more can be told in person.", most=LONGEST)
    if report.found_on > today:
        raise Refused("The day it was found is in the future.")
    if report.happened_on and report.happened_on > report.found_on:
        raise Refused("It cannot have been found before it happened.")


def result(weighed: Weighed) -> BreachState:
    """LOW only when every factor is low, or all but one and that one medium; a breach in every other case.

    A breach is presumed until a low probability is shown. Source: 45 CFR 164.402(2); 42 CFR 2.16(b).
    """
    check_weighed(weighed)
    ratings = sorted(weighed.ratings.values(), key=list(Rating).index)
    is_low = ratings[-1] in (Rating.LOW, Rating.MEDIUM) and ratings[-2] is Rating.LOW
    return BreachState.LOW if is_low else BreachState.BREACH


def check_weighed(weighed: Weighed) -> None:
    """Raise Refused unless all four factors are rated with words."""
    for factor in FACTORS:
        if weighed.ratings.get(factor.id) not in set(Rating):
            raise Refused("All four questions have to be answered.")
        if len(weighed.words.get(factor.id, "").strip()) < 3:
            raise Refused("Say in a few words why, for each of the four questions.")
        if len(weighed.words[factor.id]) > LONGEST:
            raise Refused("Keep each answer to {most} characters.", most=LONGEST)


def clocks(found_on: date, people: int) -> Clocks:
    """The last days for telling, from the day it was found and how many people it touched.

    Source: RIGHTS-18 to RIGHTS-20; 45 CFR 164.404, 164.406, 164.408.
    """
    each = found_on + timedelta(days=BOOK.number("RIGHTS-18"))
    if people >= BOOK.number("RIGHTS-19"):
        return Clocks(each, each, each)
    year_end = date(found_on.year, 12, 31)
    return Clocks(each, year_end + timedelta(days=BOOK.number("RIGHTS-20")), None)


TOLD = ("hhs", "media", "police", "insurer", "other")


def check_told(whom: str, on: date, *, found_on: date, today: date) -> None:
    """Raise Refused for a notice to nobody we know, or on a day that cannot be."""
    if whom not in TOLD:
        raise Refused("Say who was told.")
    if on > today:
        raise Refused("The day of the notice is in the future.")
    if on < found_on:
        raise Refused("Nobody can have been told before it was found.")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is done of a breach: people touched, of them told, and whom else was told."""

    state: BreachState
    people: int
    told: int
    others: frozenset[str]


def missing(standing: Standing) -> tuple[str, ...]:
    """What is still to do before a breach may be closed, as codes: people, untold, hhs, media."""
    if standing.state is not BreachState.BREACH:
        return ()
    open_ends = [] if standing.people else ["people"]
    if standing.told < standing.people:
        open_ends.append("untold")
    if "hhs" not in standing.others:
        open_ends.append("hhs")
    if standing.people >= BOOK.number("RIGHTS-19") and "media" not in standing.others:
        open_ends.append("media")
    return tuple(open_ends)


MISSING_WORDS = {
    "people": "Say whose records were touched.",
    "untold": "Somebody whose record was touched has not been told yet.",
    "hhs": "HHS has not been told yet.",
    "media": "The press has not been told yet.",
}


def check_closing(standing: Standing) -> None:
    """Raise Refused while a report is not weighed, or somebody who must be told has not been."""
    if standing.state is BreachState.REPORTED:
        raise Refused("Answer the four questions first.")
    left = missing(standing)
    if left:
        raise Refused(" ".join(MISSING_WORDS[code] for code in left))
