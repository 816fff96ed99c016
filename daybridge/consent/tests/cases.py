"""Random histories and requests, drawn so that about half of what is asked may leave. Seeded: the same every day."""

from dataclasses import replace as replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from daybridge.consent.rules import (
    CLASSES,
    ConsentState,
    FormKind,
    Given,
    Happening,
    History,
    Kind,
    Period,
    Person,
    Purpose,
    Recipient,
    Request,
    Restriction,
    Ruling,
)
from daybridge.consent.rules.grounds import (
    AbuseReport,
    Audit,
    CourtOrder,
    Crime,
    Deidentified,
    Emergency,
    PublicHealth,
    Research,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NAMES = (
    "Elena Delgado", "elena  delgado", "Elena De1gado", "Elena Delgardo", "Dr. Anna Meier", "Dr. Anna Maier",
    "Blue Shield", "Blue Shie1d", "Health Bridge", "County Court", "St. Mary's Hospital",
)  # fmt: skip
RELATIONS = ("", "", "mother", "Mother", "aunt", "treating-provider", "payer", "operations-helper", "court", "employer")
SIGNED_BY = (("parent",), ("self", "parent"), ("guardian",), ("representative",), ("self", "guardian"))
TYPES = ("", "person", "organization", "class", "intermediary", "authority")
EVENTS = ("", "", "", "discharge", "study-end")
CELLS = (*Kind, *Kind, "tests:hiv", "diagnoses:mental-health", "diagnoses:hiv+minors", "notes:reproductive",
         "browser-history", "plan:unheard")  # fmt: skip
KINDS, PURPOSES, STATES = tuple(Kind), tuple(Purpose), tuple(ConsentState)
FORMS = (*FormKind, FormKind.TPO, FormKind.NAMED, FormKind.FAMILY)
ASKED = (*Purpose, "marketing", "")
SENSITIVE = ("sud", "mental-health", "hiv", "reproductive", "minors")
GROUND_PURPOSES = (
    "legal-order",
    "emergency",
    "audit",
    "research",
    "deidentified",
    "public-health",
    "abuse-report",
    "crime",
)


def some(rng: Random, choices: tuple, most: int) -> tuple:
    """Half of the choices, or a quarter when `most` is small, in a row; cheap, for this is called a million times."""
    bits = rng.getrandbits(len(choices))
    if most * 2 < len(choices):
        bits &= rng.getrandbits(len(choices))
    return tuple(one for place, one in enumerate(choices) if bits >> place & 1)


def instant(rng: Random) -> datetime:
    return NOON + timedelta(minutes=rng.randint(-6000, 3000))


def day(rng: Random) -> date:
    return NOON.date() + timedelta(days=rng.randint(-6, 6))


def period(rng: Random) -> Period:
    if rng.random() < 0.85:
        return Period()
    return Period(rng.choice((None, day(rng))), rng.choice((None, day(rng))))


def recipient(rng: Random) -> Recipient:
    via = rng.choice(("", "", "", "", "Health Bridge", "Health Brigde"))
    return Recipient(rng.choice(TYPES), rng.choice(NAMES), rng.choice(RELATIONS), rng.choice(("", "", "a", "b")), via)


def given(rng: Random, number: int) -> Given:
    kind = rng.choice(FORMS)
    return Given(
        id=f"c{number}", kind=kind, state=often(rng, ConsentState.ACTIVE, rng.choice(STATES)),
        signed_at=often(rng, NOON - timedelta(minutes=rng.randint(0, 9000)), rng.choice((None, instant(rng)))),
        recipient=held_by(rng, kind), members=some(rng, NAMES, 2) if rng.random() < 0.5 else (),
        kinds=often(rng, kinds(rng, kind), some(rng, KINDS, 8)),
        purposes=often(rng, purposes(rng, kind), some(rng, PURPOSES, 3)),
        sensitivities=often(rng, SENSITIVE, some(rng, SENSITIVE, 5)), period=period(rng),
        expires_on=often(rng, None, day(rng)), expires_event=rng.choice(EVENTS),
        expires_condition=rng.choice(("", "", "", "case closed")), ended_at=often(rng, None, instant(rng)),
        signed_by=often(rng, ("self",), rng.choice(SIGNED_BY)), is_intact=rng.random() < 0.97,
    )  # fmt: skip


def kinds(rng: Random, form: str) -> tuple[str, ...]:
    """What such a form usually lists; nothing where its own words say it."""
    if form in (FormKind.TPO, FormKind.COUNSELING_NOTES, FormKind.PHOTO, FormKind.COMMUNITY, FormKind.RESEARCH_CONTACT):
        return ()
    return tuple(one for one in some(rng, KINDS, 16) if one != Kind.COUNSELING_NOTES)


def purposes(rng: Random, form: str) -> tuple[str, ...]:
    if form in (FormKind.NAMED, FormKind.CLASS, FormKind.COUNSELING_NOTES):
        return some(rng, ("treatment", "payment", "operations", "family", "referrer", "at-request"), 4)
    return some(rng, ("treatment", "payment", "operations"), 3) if form == FormKind.INTERMEDIARY else ()


def held_by(rng: Random, kind: str) -> Recipient:
    if kind == FormKind.CLASS:
        return Recipient("class", "some class", rng.choice(("", *CLASSES)))
    if kind == FormKind.INTERMEDIARY:
        return Recipient("intermediary", rng.choice(("Health Bridge", "Health Brigde")))
    name = often(rng, rng.choice(NAMES), "")
    return Recipient(rng.choice(TYPES), name, rng.choice(RELATIONS), rng.choice(("", "", "", "a", "b")))


def person(rng: Random) -> Person | None:
    if rng.random() < 0.6:
        return None
    born = date(rng.choice((1980, 2008, 2010, 2012, 2014)), rng.choice((2, 3)), rng.randint(1, 28))
    return Person(
        birth_date=rng.choice((None, born, born)), state=rng.choice(("", "CT", "WA", "NE", "IL")),
        incapable_since=day(rng) if rng.random() < 0.1 else None, died_on=day(rng) if rng.random() < 0.05 else None,
    )  # fmt: skip


def restriction(rng: Random, number: int) -> Restriction:
    who = rng.choice((Recipient("", ""), Recipient("", "", rng.choice(RELATIONS)), Recipient("", rng.choice(NAMES))))
    return Restriction(
        id=f"r{number}", agreed_at=instant(rng), kinds=some(rng, CELLS, 3), recipient=who,
        purposes=some(rng, PURPOSES, 2), ended_at=instant(rng) if rng.random() < 0.4 else None,
    )  # fmt: skip


def history(rng: Random) -> History:
    consents = tuple(given(rng, number) for number in range(rng.choice((0, 1, 1, 2, 3, 5))))
    ids = [one.id for one in consents]
    rulings = tuple(Ruling(*rng.sample(ids, 2), instant(rng)) for _ in range(rng.randint(0, 2)) if len(ids) > 1)
    return History(
        consents=consents, rulings=rulings, person=person(rng),
        restrictions=tuple(restriction(rng, number) for number in range(rng.choice((0, 0, 0, 1, 2)))),
        happened=tuple(Happening(rng.choice(("discharge", "study-end", "case closed")), instant(rng))
                       for _ in range(rng.choice((0, 0, 0, 1)))),
        latest=instant(rng) if rng.random() < 0.2 else None,
    )  # fmt: skip


def request(rng: Random, of: History) -> Request:
    """Mostly about a consent of the history, so that most questions are close calls."""
    purpose, to = rng.choice(ASKED), recipient(rng)
    if of.consents and rng.random() < 0.7:
        near = rng.choice(of.consents)
        purpose, to = (
            often(rng, rng.choice(MEANT.get(near.kind) or near.purposes or ("at-request",)), purpose),
            meant(rng, near),
        )
    if purpose == "client":
        relation = rng.choice(("", "self", "guardian", "parent", "representative"))
        to = rng.choice((to, Recipient("client", "the client", relation)))
    if purpose in GROUND_PURPOSES:
        to = Recipient(rng.choice(("authority", "authority", "person")), rng.choice(NAMES))
    return Request(
        recipient=to if rng.random() > 0.02 else Recipient("", " "), purpose=purpose, kinds=some(rng, CELLS, 8),
        what="a letter", period=rng.choice((None, None, period(rng))), ground=ground(rng, purpose, to),
    )  # fmt: skip


MEANT = {
    "part2-tpo": ("treatment", "payment", "operations"), "family": ("family",),
    "legal-proceeding": ("legal-proceeding",), "court-referral": ("referrer",),
    "photo-kiosk": ("kiosk",), "community": ("community",),
    "research-contact": ("research-contact",),
}  # fmt: skip


def meant(rng: Random, near: Given) -> Recipient:
    """Whom a consent means, often; else somebody like them, or anybody."""
    held = near.recipient
    if near.kind == FormKind.TPO:
        return Recipient(
            "organization", rng.choice(NAMES), rng.choice(("treating-provider", "payer", "operations-helper", ""))
        )
    if near.kind == FormKind.CLASS:
        return Recipient("organization", rng.choice(NAMES), often(rng, held.relation, rng.choice(RELATIONS)))
    if near.kind == FormKind.INTERMEDIARY:
        member = rng.choice(near.members or NAMES)
        return rng.choice((held, Recipient("", member, rng.choice(("", "treating-provider")), "", held.name)))
    return often(rng, held, recipient(rng))


def often(rng: Random, value, other):
    return value if rng.random() < 0.95 else other


def ground(rng: Random, purpose: str, to: Recipient):
    wanted = often(rng, purpose, rng.choice(GROUND_PURPOSES))
    clean = Deidentified(
        method=often(rng, rng.choice(("safe-harbor", "expert")), ""), left=often(rng, (), ("name", "dates")),
        knows_better=often(rng, False, True), expert=often(rng, "her finding", " "),
    )  # fmt: skip
    made = {
        "emergency": lambda: Emergency(
            who=often(rng, to.name, "Nurse Cole"), affiliation=often(rng, "St. Mary's Hospital", ""),
            discloser=often(rng, "P. Raman", " "), when=often(rng, NOON - timedelta(days=5), NOON + timedelta(days=9)),
            why=often(rng, "not breathing well", ""), could_ask=often(rng, False, True),
        ),
        "legal-order": lambda: CourtOrder(
            has_order=often(rng, True, False), has_subpoena=rng.random() < 0.5, document=often(rng, "d1", ""),
            court=often(rng, "County Court", ""), number=often(rng, "7-26", " "),
            dated=often(rng, date(2026, 1, 5), None), until=rng.choice((None, None, day(rng))),
            recipient=often(rng, to.name, "somebody"), kinds=some(rng, CELLS, 24),
            found_good_cause=often(rng, True, False),
        ),
        "audit": lambda: Audit(
            entitled=often(rng, "payer", "neighbor"), has_promise=often(rng, True, False),
            oversees_author=rng.random() < 0.5,
        ),
        "research": lambda: Research(
            basis=often(rng, "hipaa", "habit"), approved_on=often(rng, date(2026, 1, 5), day(rng)),
            until=rng.choice((None, day(rng))), has_promise=often(rng, True, False),
        ),
        "deidentified": lambda: clean,
        "public-health": lambda: PublicHealth(deidentified=often(rng, clean, None)),
        "abuse-report": lambda: AbuseReport(law=often(rng, "a law", ""), is_first=often(rng, True, False)),
        "crime": lambda: Crime(where=often(rng, "premises", "elsewhere"), incident=often(rng, "a window", "")),
    }.get(wanted)  # fmt: skip
    return made() if made else None


def cases(seed: int, many: int):
    """That many questions, two about each history: (history, request, instant)."""
    rng = Random(seed)
    for _ in range(many // 2):
        known = history(rng)
        yield known, request(rng, known), instant(rng)
        yield known, request(rng, known), instant(rng)
