"""How people are named on screens. Pure."""

from datetime import date


def age_on(birth_date: date, day: date) -> int:
    """Completed years of age on a day."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday


def short_name(called: str, family: str) -> str:
    """First name and initial, for boards and shared screens: "Rosa D."."""
    return f"{called} {family[:1]}." if family else called
