"""How a referral comes to us, and what we answer. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from daybridge.kit.errors import Problem
from daybridge.people.rules import NewPerson

SOURCES = ("packet", "form", "phone", "web")
RECEIVED, DUPLICATE, POSSIBLE_MATCH, REJECTED = "received", "duplicate", "possible-match", "rejected"

# Words for the codes we meet most, where the sender's own put the condition before the person.
_PLAIN_WORDS = {
    "5602001": "Opioid use disorder",
    "7200002": "Alcohol use disorder",
    "26416006": "Drug use disorder",
    "6525002": "Drug use disorder",
    "361055000": "Drug use",
    "228379006": "Drug use",
    "191816009": "Drug use disorder",
    "15167005": "Alcohol use disorder",
    "66590003": "Alcohol use disorder",
    "55680006": "Overdose",
    "370143000": "Major depression",
    "449868002": "Smokes tobacco daily",
}
_SEMANTIC_TAG = re.compile(r"\s*\((disorder|finding|situation|person|observable entity|procedure)\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """A referral told in words. `token` is the form's own id: the same form posted twice is one referral."""

    person: NewPerson
    source: str = "form"
    referrer: str = ""
    concern: str = ""
    best_time: str = ""
    may_leave_message: bool | None = None
    token: UUID | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Who the referral is about, as far as an answer says it."""

    name: str
    birth_date: date | None
    sex: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a packet; `kind` is substance-use, mental-health or other."""

    code: str
    system: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a file or form. `status`: received, duplicate, possible-match or rejected (then: problems)."""

    status: str
    file: str = ""
    referral: UUID | None = None
    client: Known | None = None
    conditions: tuple[Condition, ...] = ()
    medications: int = 0
    allergies: int = 0
    coverage: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def taken(self) -> bool:
        return self.status in (RECEIVED, POSSIBLE_MATCH)


def plain_words(code: str, text: str) -> str:
    """A condition in words that put the person first; the sender's own text where we have none."""
    return _PLAIN_WORDS.get(code) or _SEMANTIC_TAG.sub("", text)


def concern_of(conditions: tuple[Condition, ...]) -> str:
    """One line for the card: substance use first, then mental health; each once, at most three."""
    ranked = [one for kind in ("substance-use", "mental-health") for one in conditions if one.kind == kind]
    words = list(dict.fromkeys(plain_words(one.code, one.text) for one in ranked))
    return ", ".join(word for word in words if word)[:300] if len(words) <= 3 else ", ".join(words[:3])[:300]
