"""Whom a track or a topic is for, and whether somebody belongs there. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from daybridge.kit.rulebook import Rulebook
from daybridge.program.rules.groups import BOOK


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a group is for; an empty part means everybody."""

    population: str = ""
    gender: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Attendee:
    """What of a person decides where they belong; nothing known shuts no door."""

    birth_date: date | None = None
    sex: str = "unknown"
    languages: Sequence[str] = ()


def narrowed(track: Audience, topic: Audience) -> Audience:
    """Whom a group of a topic in a track is for: the topic's own word goes before the track's."""
    return Audience(
        topic.population or track.population, topic.gender or track.gender, topic.language or track.language
    )


def fits(audience: Audience, who: Attendee, on: date, book: Rulebook = BOOK) -> tuple[str, ...]:
    """What stands against `who` in a group for `audience` on a day: "age", "gender", "language"; () when nothing does.

    Ages apart are a hard rule. A gender is only held against somebody the record says is of the other one; for anybody
    else a person decides. A language is a wish: a group in another one is worse, not impossible.
    Source: PROGRAM-5, PROGRAM-6.
    """
    found = (
        ("age", not _is_of_age(audience.population, who.birth_date, on, book)),
        ("gender", {"women": "male", "men": "female"}.get(audience.gender) == who.sex),
        ("language", bool(audience.language and who.languages and audience.language not in who.languages)),
    )
    return tuple(code for code, is_against in found if is_against)


def age(born: date, on: date) -> int:
    """Whole years; somebody born on February 29 is a year older on March 1."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _is_of_age(population: str, born: date | None, on: date, book: Rulebook) -> bool:
    if born is None or not population:
        return True
    years, adult = age(born, on), book.number("PROGRAM-5")
    if population == "adolescent":
        return years < adult
    return years >= adult and (population != "young adult" or years <= book.number("PROGRAM-6"))
