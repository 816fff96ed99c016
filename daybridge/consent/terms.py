"""What a person chose before signing: who may know what, what for, about which time and until when. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from daybridge.consent.rules.book import RULES
from daybridge.consent.rules.words import CLASSES, FormKind, Kind, Purpose, RecipientType, Sensitivity
from daybridge.consent.wording import one_line
from daybridge.kit.errors import BadInput, Problem

LONGEST_NAME, LONGEST_RELATION = 200, 60
MOST_MEMBERS = 20
ON_DAY, WHEN, WITH_TREATMENT = "day", "event", "treatment"
ENDS = (ON_DAY, WHEN, WITH_TREATMENT)
# From when on somebody may take it back: only a form that is for a court asks this (42 CFR 2.35).
ANY_TIME, FROM_DAY, CASE_DECIDED = "any", "day", "case"
BOXES = (Sensitivity.MENTAL_HEALTH, Sensitivity.REPRODUCTIVE, Sensitivity.HIV)
_CARE = (
    Kind.PRESENCE, Kind.SCHEDULE, Kind.ATTENDANCE, Kind.PLAN, Kind.LEVEL_OF_CARE, Kind.DIAGNOSES, Kind.MEDICATION,
    Kind.TESTS, Kind.MEASURES, Kind.NOTES, Kind.REFERRAL, Kind.DEMOGRAPHICS, Kind.BILLING, Kind.DOCUMENTS,
)  # fmt: skip
_CLOSE = (Kind.PRESENCE, Kind.SCHEDULE, Kind.ATTENDANCE, Kind.PLAN, Kind.MEDICATION, Kind.DIAGNOSES, Kind.BILLING)
_ANY = (Purpose.TREATMENT, Purpose.PAYMENT, Purpose.REFERRER, Purpose.AT_REQUEST)
_PROGRESS = (Kind.PRESENCE, Kind.SCHEDULE, Kind.ATTENDANCE, Kind.PLAN, Kind.LEVEL_OF_CARE, Kind.TESTS)
_SOMEBODY = (RecipientType.PERSON, RecipientType.ORGANIZATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one form asks the client to choose. One purpose or one kind is no choice: the form's words fix it."""

    recipients: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    lists_members: bool = False
    names_matter: bool = False
    ends: tuple[str, ...] = ENDS
    binds: tuple[str, ...] = ()

    @property
    def chooses(self) -> bool:
        """Whether anything is chosen before the words can be read."""
        return bool(self.recipients)

    @property
    def chooses_kinds(self) -> bool:
        return len(self.kinds) > 1

    @property
    def chooses_purpose(self) -> bool:
        return len(self.purposes) > 1

    @property
    def may_call(self) -> bool:
        """Whether somebody may ring and ask: then a code word helps."""
        return RecipientType.PERSON in self.recipients and self.chooses_kinds and not self.names_matter

    @property
    def names_class(self) -> bool:
        return self.recipients == (RecipientType.CLASS,)


# Forms that are not here ask nothing: their words say all.
ASKS: Mapping[str, Asked] = MappingProxyType(
    {
        FormKind.FAMILY: Asked(recipients=(RecipientType.PERSON,), purposes=(Purpose.FAMILY,), kinds=_CLOSE),
        FormKind.NAMED: Asked(recipients=_SOMEBODY, purposes=_ANY, kinds=_CARE),
        FormKind.CLASS: Asked(recipients=(RecipientType.CLASS,), purposes=(*_ANY, Purpose.OPERATIONS), kinds=_CARE),
        FormKind.INTERMEDIARY: Asked(
            recipients=(RecipientType.INTERMEDIARY,), purposes=(Purpose.TREATMENT,), kinds=_CARE, lists_members=True
        ),
        FormKind.COURT_REFERRAL: Asked(
            recipients=(RecipientType.AUTHORITY, *_SOMEBODY), purposes=(Purpose.REFERRER,), kinds=_PROGRESS,
            names_matter=True, ends=(ON_DAY, WHEN), binds=(ANY_TIME, FROM_DAY, CASE_DECIDED),
        ),
        FormKind.COUNSELING_NOTES: Asked(
            recipients=_SOMEBODY, purposes=(Purpose.TREATMENT, Purpose.AT_REQUEST), kinds=(Kind.COUNSELING_NOTES,)
        ),
        FormKind.LEGAL_PROCEEDING: Asked(
            recipients=(RecipientType.AUTHORITY, *_SOMEBODY), purposes=(Purpose.LEGAL_PROCEEDING,), kinds=_CARE,
            names_matter=True,
        ),
    }
)  # fmt: skip
_NOTHING = Asked()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was chosen. Kinds, sensitivities, purposes and a class's `relation` are codes; names are as typed.

    `code_word` is what a caller must say before anything is told on the phone, if the client wants one.
    `ends` is ON_DAY (then `expires_on` holds), WHEN (then `event`, in the person's words), WITH_TREATMENT, or "".
    `revocable` says from when on it may be taken back: ANY_TIME, FROM_DAY (then `revocable_on`), CASE_DECIDED, or ""
    for a form that does not ask.
    """

    recipient_type: str = ""
    name: str = ""
    relation: str = ""
    members: tuple[str, ...] = ()
    matter: str = ""
    purposes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sensitivities: tuple[str, ...] = ()
    period_from: date | None = None
    period_until: date | None = None
    ends: str = ""
    expires_on: date | None = None
    event: str = ""
    revocable: str = ""
    revocable_on: date | None = None
    code_word: str = field(default="", compare=False, repr=False)


NOTHING = Terms()


def asked(form: str) -> Asked:
    """What this form asks to be chosen."""
    return ASKS.get(form, _NOTHING)


def complete(form: str, terms: Terms, today: date) -> Terms:
    """`terms` with what the form itself fixes, tidied; whatever is shared also tells that the person comes here.

    Raises BadInput with a full sentence for each fault, by field. Source: CON-24; 42 CFR 2.31(a).
    """
    wants = asked(form)
    if not wants.chooses:
        return NOTHING
    tidy = _tidied(wants, terms)
    found = tuple(_faults(wants, tidy, today))
    if found:
        raise BadInput(found[0].message, found)
    return tidy


def _tidied(wants: Asked, terms: Terms) -> Terms:
    kinds = terms.kinds if wants.chooses_kinds else wants.kinds
    ordered = tuple(kind for kind in wants.kinds if kind in kinds or (kinds and kind == Kind.PRESENCE))
    unknown = tuple(kind for kind in kinds if kind not in wants.kinds)
    return replace(
        terms,
        recipient_type=terms.recipient_type if len(wants.recipients) > 1 else wants.recipients[0],
        name=one_line(terms.name), relation=one_line(terms.relation), event=one_line(terms.event),
        matter=one_line(terms.matter) if wants.names_matter else "",
        members=tuple(filter(None, map(one_line, terms.members))) if wants.lists_members else (),
        kinds=ordered + unknown, purposes=terms.purposes if wants.chooses_purpose else wants.purposes,
        expires_on=terms.expires_on if terms.ends == ON_DAY else None,
        revocable=terms.revocable if wants.binds else "",
        revocable_on=terms.revocable_on if wants.binds and terms.revocable == FROM_DAY else None,
    )  # fmt: skip


def _faults(wants: Asked, terms: Terms, today: date) -> Iterator[Problem]:
    yield from _who(wants, terms)
    yield from _what(wants, terms)
    yield from _how_long(wants, terms, today)
    if wants.binds:
        yield from _how_bound(wants, terms, today)


def _who(wants: Asked, terms: Terms) -> Iterator[Problem]:
    if wants.names_class:
        if terms.relation not in CLASSES:
            yield Problem("relation", "Choose who may receive it.")
        return
    if terms.recipient_type not in wants.recipients:
        yield Problem("recipient_type", "Say whether it is a person or an office.")
    if len(terms.name) < 2:
        yield Problem("name", "Write the full name of who may receive it.")
    if wants.names_matter and len(terms.matter) < 3:
        yield Problem("matter", "Say which case it is for. One page is for one case.")
    yield from _too_long(terms)


def _too_long(terms: Terms) -> Iterator[Problem]:
    long = {"name": terms.name, "relation": terms.relation, "matter": terms.matter, "event": terms.event}
    for name, value in (long | {"code_word": terms.code_word}).items():
        if len(value) > (LONGEST_RELATION if name in ("relation", "code_word") else LONGEST_NAME):
            yield Problem(name, "Use fewer letters here.")
    if len(terms.members) > MOST_MEMBERS or any(len(one) > LONGEST_NAME for one in terms.members):
        yield Problem("members", "Name at most 20, each in at most 200 letters.")


def _what(wants: Asked, terms: Terms) -> Iterator[Problem]:
    if not terms.kinds:
        yield Problem("kinds", "Tick at least one thing that may be shared.")
    elif not set(terms.kinds) <= set(wants.kinds):
        yield Problem("kinds", "This form cannot share that.")
    if not terms.purposes or not set(terms.purposes) <= set(wants.purposes):
        yield Problem("purposes", "Choose what it is for.")
    if not set(terms.sensitivities) <= set(BOXES):
        yield Problem("sensitivities", "Choose only from the list.")


def _how_long(wants: Asked, terms: Terms, today: date) -> Iterator[Problem]:
    start, end = terms.period_from, terms.period_until
    if start and end and end < start:
        yield Problem("period_until", "The time it is about ends before it begins.")
    if terms.ends not in wants.ends:
        yield Problem("ends", "Choose when this ends.")
    elif terms.ends == ON_DAY and (terms.expires_on is None or terms.expires_on < today):
        yield Problem("expires_on", "Choose a last day that is today or later.")
    elif terms.expires_on and (terms.expires_on - today).days > RULES.number("CON-23"):
        yield Problem("expires_on", "Choose a last day within three years. You can say yes again then.")
    elif terms.ends == WHEN and len(terms.event) < 3:
        yield Problem("event", "Say what has to happen for this to end.")


def _how_bound(wants: Asked, terms: Terms, today: date) -> Iterator[Problem]:
    """From when on it may be taken back; never later than it ends. Source: CON-34; 42 CFR 2.35(c)."""
    day = terms.revocable_on
    if terms.revocable not in wants.binds:
        yield Problem("revocable", "Choose when this can be taken back.")
    elif terms.revocable == FROM_DAY and (day is None or day < today):
        yield Problem("revocable_on", "Choose a day that is today or later.")
    elif day and (day - today).days > RULES.number("CON-23"):
        yield Problem("revocable_on", "Choose a day within three years.")
    elif day and terms.expires_on and day > terms.expires_on:
        yield Problem("revocable_on", "Choose a day before this ends.")
