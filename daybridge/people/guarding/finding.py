"""Find one record of the whole program by what is typed, whoever may see it. Only guarded acts may ask."""

from dataclasses import dataclass
from datetime import date

from daybridge.access import rowlock
from daybridge.people.models import Client
from daybridge.people.rules import name_key


@dataclass(frozen=True, slots=True)
class Sought:
    """A record number, or a full name with the birth date."""

    number: str = ""
    name: str = ""
    birth_date: date | None = None


def one_record(sought: Sought) -> Client | None:
    """The one standing record that fits exactly; none when nothing or more than one does. The same query either way."""
    key = name_key("", sought.name)
    with rowlock.as_system("a record is looked for by number, or by name and birth date"):
        found = Client.objects.standing().select_related("site")
        if sought.number.strip():
            found = found.filter(record_number=sought.number.strip().upper()[:20])
        else:
            found = found.filter(birth_date=sought.birth_date, name_key=key) if key else found.none()
        pair = list(found[:2])
    return pair[0] if len(pair) == 1 else None
