"""Invented people with a week, a trouble and a way of coming. Pure: the same generator, the same people."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

GIVEN = {
    "female": ("Rosa", "Mei", "Ruth", "Lucía", "Nadia", "Aaliyah", "Imani", "Gloria", "Joy", "Bev", "Marisol", "Wren",
               "Hannah", "Keisha", "Anh", "Teresa", "Dolores", "Fatima", "Erin", "Yolanda", "Ingrid", "Priscilla"),
    "male": ("Andre", "Jamal", "Kenji", "Tomasz", "Owen", "Sam", "Darius", "Chidi", "Ben", "Peter", "Hollis", "Yusuf",
             "Mateo", "Luis", "Desmond", "Caleb", "Viktor", "Arturo", "Liam", "Terrence", "Nikhil", "Ramón"),
}  # fmt: skip
FAMILY = (
    "Delgado", "Kaminski", "Abernathy", "Moreno", "Petrova", "Grant", "Osei", "Reyes", "Lindqvist", "Keller", "Vega",
    "Halvorsen", "Nguyen", "Whitaker", "Tanaka", "Rivera", "Sorensen", "Cole", "Eze", "Novak", "Baird", "Demir",
    "Ortiz", "Castillo", "Brooks", "Wójcik", "Fischer", "Okafor", "Marsh", "Contreras", "Doyle", "Ibarra", "Larsen",
)  # fmt: skip
STREETS = ("Canal", "Mill", "Summit", "Orchard", "Grove", "Union", "Prospect", "Cedar", "Front", "Chapel")


@dataclass(frozen=True, slots=True)
class Condition:
    """A coded condition as a hospital would send it: SNOMED CT code and our own plain words."""

    code: str
    text: str


SUBSTANCE = (
    (40, Condition("7200002", "Alcohol dependence")),
    (34, Condition("5602001", "Opioid use disorder")),
    (14, Condition("191816009", "Drug dependence")),
    (12, Condition("75544000", "Opioid dependence")),
)
COMPANION = (
    (30, Condition("35489007", "Depressive disorder")),
    (20, Condition("47505003", "Posttraumatic stress disorder")),
    (20, Condition("197480006", "Anxiety disorder")),
    (10, Condition("13746004", "Bipolar disorder")),
    (20, None),
)
MEDICATION = {
    "5602001": "buprenorphine 8 MG / naloxone 2 MG Sublingual Film",
    "75544000": "buprenorphine 8 MG / naloxone 2 MG Sublingual Film",
    "7200002": "naltrexone hydrochloride 50 MG Oral Tablet",
    "35489007": "sertraline 50 MG Oral Tablet",
    "197480006": "buspirone hydrochloride 10 MG Oral Tablet",
}
ALLERGIES = ("Penicillin allergy", "Peanut allergy", "Sulfonamide allergy")
COVERAGE = ((40, "Medicaid"), (22, "Aetna PPO"), (18, "Blue Cross"), (12, "Cigna"), (8, None))
REFERRERS = (
    "Mercy Hospital ED",
    "County drug court",
    "Dr. Amin, primary care",
    "Harbor detox unit",
    "Bridge EAP",
    "VA clinic",
)


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal in somebody's own words, its short form, and two steps toward it."""

    words: str
    short: str
    steps: tuple[str, ...]


GOALS = (
    Aim(
        "Keep my job and my mornings with my kids",
        "Keep my job",
        ("Tells the manager which hours are group hours", "Three mornings a week at home"),
    ),
    Aim(
        "No drinking in the house, a plan for Friday nights",
        "Friday plan",
        ("Friday plan used 4 weeks in a row", "Calls one person before going out"),
    ),
    Aim(
        "Sleep through the night again",
        "Sleep plan",
        ("Lights out at the same time 5 nights a week", "Writes down what keeps me up"),
    ),
    Aim("Be somebody my sister can call", "Call my sister", ("One call a week", "Invites her to a family session")),
    Aim(
        "Finish probation without a new charge",
        "Finish probation",
        ("Every check-in with the officer on time", "A ride planned for each date"),
    ),
    Aim(
        "Get through cravings without using",
        "Urge surfing",
        ("Names three early signs", "Uses the delay plan and tells the group"),
    ),
)


@dataclass(frozen=True, slots=True)
class Persona:
    """One invented person. `reliability` is the chance to come to a session; `commitments` are plan reasons by day."""

    number: int
    given: str
    family: str
    sex: str
    birth_date: date
    language: str
    phone: str
    street: str
    substance: Condition
    companion: Condition | None
    medications: tuple[str, ...]
    allergies: tuple[str, ...]
    coverage: str | None
    referrer: str
    by_packet: bool
    works: str
    reliability: float
    stay_weeks: int
    ending: str
    goals: tuple[Aim, ...]
    use_risk: int
    mental_health: int
    record: str

    @property
    def commitments(self) -> tuple[tuple[str, int, int, int], ...]:
        """(reason, weekday, start, end): jobs by day leave the evenings, evening shifts the mornings."""
        if self.works == "day":
            return tuple(("job", day, 8 * 60, 16 * 60 + 30) for day in range(5))
        if self.works == "evening":
            return tuple(("job", day, 15 * 60, 22 * 60) for day in range(5))
        if self.works == "child-care":
            return tuple(("child-care", day, 15 * 60, 20 * 60) for day in range(5))
        return ()

    @property
    def part_of_day(self) -> str:
        return "evening" if self.works == "day" else "day"


def persona(number: int, rng: Random, today: date) -> Persona:
    """The person of that number; `rng` is used up by a fixed amount of draws for each person."""
    sex = rng.choice(("female", "male"))
    substance = _weighted(rng, SUBSTANCE)
    companion = _weighted(rng, COMPANION)
    medications = [MEDICATION[one.code] for one in (substance, companion) if one and one.code in MEDICATION]
    given, family = rng.choice(GIVEN[sex]), FAMILY[(number * 7 + rng.randrange(3)) % len(FAMILY)]
    return Persona(
        number=number, given=given, family=family, sex=sex,
        birth_date=today - timedelta(days=rng.randrange(19 * 365 + 10, 63 * 365)),
        language="es" if given in {"Lucía", "Mateo", "Ramón"} or rng.random() < 0.08 else "en",
        phone=f"+1212555{100 + number % 100:04d}", street=f"{rng.randrange(2, 980)} {rng.choice(STREETS)} St",
        substance=substance, companion=companion,
        medications=tuple(one for one in medications if rng.random() < 0.7),
        allergies=(rng.choice(ALLERGIES),) if rng.random() < 0.2 else (),
        coverage=_weighted(rng, COVERAGE), referrer=rng.choice(REFERRERS), by_packet=rng.random() < 0.7,
        works=rng.choices(("day", "evening", "child-care", "none"), (40, 18, 20, 22))[0],
        reliability=min(0.99, rng.betavariate(9, 1.6)), stay_weeks=rng.choice((6, 8, 8, 10, 12)),
        ending=rng.choices(("admitted", "unreachable", "elsewhere", "declined"), (82, 7, 6, 5))[0],
        goals=tuple(rng.sample(GOALS, 2)), use_risk=rng.choice((2, 2, 3)), mental_health=rng.choice((1, 1, 2)),
        record=f"{rng.randrange(10**8):08d}",
    )  # fmt: skip


def _weighted(rng: Random, choices):
    return rng.choices([value for _, value in choices], [weight for weight, _ in choices])[0]
