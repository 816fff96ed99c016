"""Grounds the law gives without a consent: the facts each one needs before anything may leave. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from daybridge.consent.rules.words import Purpose


class Lack(NamedTuple):
    """What is missing or stands against it, in a sentence, and its source."""

    reason: str
    source: str


# The identifiers of 45 CFR 164.514(b)(2)(i)(A)-(R), by short names.
SAFE_HARBOR = (
    "name", "small-area", "dates", "phone", "fax", "email", "social-security", "record-number", "plan-number",
    "account", "licence", "vehicle", "device", "url", "ip-address", "biometric", "photo", "other-unique",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """A real medical emergency: who gets it and from where, who tells, when, why; and why nobody could ask."""

    purpose: ClassVar[Purpose] = Purpose.EMERGENCY
    who: str = ""
    affiliation: str = ""
    discloser: str = ""
    when: datetime | None = None
    why: str = ""
    could_ask: bool = True

    def lacks(self, at: datetime) -> Iterator[Lack]:
        if not self.who.strip() or not self.affiliation.strip():
            yield Lack("Write down who gets it and which hospital or service they are with.", "42 CFR 2.51(c)(1)")
        if not self.discloser.strip():
            yield Lack("Write down who tells it.", "42 CFR 2.51(c)(2)")
        if self.when is None or self.when > at:
            yield Lack("Write down when it is told.", "42 CFR 2.51(c)(3)")
        if not self.why.strip():
            yield Lack("Write down what the emergency is.", "42 CFR 2.51(c)(4)")
        if self.could_ask:
            yield Lack("The client can be asked, so this needs their consent.", "42 CFR 2.51(a)(1)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtOrder:
    """A court's order under subpart E. `document` is where it is attached; `kinds` are what it names; `recipient` to
    whom. A subpoena without an order opens nothing."""

    purpose: ClassVar[Purpose] = Purpose.LEGAL_ORDER
    has_order: bool = False
    has_subpoena: bool = False
    document: str = ""
    court: str = ""
    number: str = ""
    dated: date | None = None
    until: date | None = None
    recipient: str = ""
    kinds: tuple[str, ...] = ()
    found_good_cause: bool = False

    def lacks(self, at: datetime) -> Iterator[Lack]:
        if not self.has_order:
            alone = "A subpoena alone is not enough" if self.has_subpoena else "There is no court order"
            yield Lack(f"{alone}: a court order under 42 CFR Part 2 is needed.", "42 CFR 2.61")
            return
        if not self.document.strip():
            yield Lack("Attach the order itself.", "42 CFR 2.61")
        if not self.court.strip() or not self.number.strip():
            yield Lack("Name the court and the number of the order.", "42 CFR 2.64")
        if self.dated is None or self.dated > at.date():
            yield Lack("The order has no date, or one that is still to come.", "42 CFR 2.64")
        if self.until is not None and self.until < at.date():
            yield Lack("The order's time is over.", "42 CFR 2.64(e)")
        if not self.found_good_cause:
            yield Lack("The order does not say that the court found good cause after a hearing.", "42 CFR 2.64(d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A look at the program by somebody entitled to it, with their written promise."""

    purpose: ClassVar[Purpose] = Purpose.AUDIT
    entitled: str = ""
    has_promise: bool = False
    oversees_author: bool = False
    ENTITLED: ClassVar[frozenset[str]] = frozenset(
        ("agency", "payer", "quality-organization", "accrediting-body", "program")
    )

    def lacks(self, at: datetime) -> Iterator[Lack]:
        if self.entitled not in self.ENTITLED:
            yield Lack(
                "Say by what right they look: agency, payer, quality organization, accrediting body.",
                "42 CFR 2.53(a)",
            )
        if not self.has_promise:
            yield Lack(
                "Their written promise to protect, not pass on and return or destroy is missing.",
                "42 CFR 2.53(a)-(b)",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Research:
    """A study that a board let through, and the researcher's promise."""

    purpose: ClassVar[Purpose] = Purpose.RESEARCH
    basis: str = ""
    approved_on: date | None = None
    until: date | None = None
    has_promise: bool = False
    BASES: ClassVar[frozenset[str]] = frozenset(("hipaa", "common-rule", "fda"))

    def lacks(self, at: datetime) -> Iterator[Lack]:
        if self.basis not in self.BASES:
            yield Lack("Say under which rule the study was approved: hipaa, common-rule or fda.", "42 CFR 2.52(a)")
        if self.approved_on is None or self.approved_on > at.date():
            yield Lack("The study is not approved yet.", "42 CFR 2.52(a)")
        if self.until is not None and self.until < at.date():
            yield Lack("The study's approval is over.", "42 CFR 2.52(a)")
        if not self.has_promise:
            yield Lack(
                "The researcher's promise not to identify anybody, and to return or destroy, is missing.",
                "42 CFR 2.52(b)",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Deidentified:
    """Information from which nobody can be known: `left` are the safe-harbor identifiers still in it."""

    purpose: ClassVar[Purpose] = Purpose.DEIDENTIFIED
    method: str = ""
    left: tuple[str, ...] = ()
    knows_better: bool = False
    expert: str = ""

    def lacks(self, at: datetime) -> Iterator[Lack]:
        if self.method not in ("safe-harbor", "expert"):
            yield Lack("Say how the names were taken out: safe-harbor or expert.", "45 CFR 164.514(b)")
        if self.method == "safe-harbor" and self.left:
            yield Lack(f"It still holds what can name somebody: {', '.join(self.left)}.", "45 CFR 164.514(b)(2)(i)")
        if self.method == "safe-harbor" and self.knows_better:
            yield Lack("We know that somebody could still be known from it.", "45 CFR 164.514(b)(2)(ii)")
        if self.method == "expert" and not self.expert.strip():
            yield Lack("The expert's written finding is missing.", "45 CFR 164.514(b)(1)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicHealth:
    """A report to a public health authority: de-identified only."""

    purpose: ClassVar[Purpose] = Purpose.PUBLIC_HEALTH
    deidentified: Deidentified | None = None

    def lacks(self, at: datetime) -> Iterator[Lack]:
        if self.deidentified is None:
            yield Lack("Public health gets only what names nobody.", "42 CFR 2.54")
        else:
            yield from self.deidentified.lacks(at)


@dataclass(frozen=True, slots=True, kw_only=True)
class AbuseReport:
    """The first report of suspected child abuse or neglect that a state's law asks for; not the record after it."""

    purpose: ClassVar[Purpose] = Purpose.ABUSE_REPORT
    law: str = ""
    is_first: bool = False

    def lacks(self, at: datetime) -> Iterator[Lack]:
        if not self.law.strip():
            yield Lack("Name the state law that asks for the report.", "42 CFR 2.12(c)(6)")
        if not self.is_first:
            yield Lack(
                "Only the first report may be made; what follows needs a consent or a court order.",
                "42 CFR 2.12(c)(6)",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Crime:
    """A crime, or a threat of one, on the premises or against staff."""

    purpose: ClassVar[Purpose] = Purpose.CRIME
    where: str = ""
    incident: str = ""
    PLACES: ClassVar[frozenset[str]] = frozenset(("premises", "against-staff"))

    def lacks(self, at: datetime) -> Iterator[Lack]:
        if self.where not in self.PLACES:
            yield Lack("Only a crime on the premises or against staff may be told.", "42 CFR 2.12(c)(5)")
        if not self.incident.strip():
            yield Lack("Say what happened.", "42 CFR 2.12(c)(5)")


Ground = Emergency | CourtOrder | Audit | Research | Deidentified | PublicHealth | AbuseReport | Crime
GROUNDS: tuple[type[Ground], ...] = (
    Emergency, CourtOrder, Audit, Research, Deidentified, PublicHealth, AbuseReport, Crime,
)  # fmt: skip
