"""What makes the recommended level work, and what speaks against it. Nothing here ever changes the level."""

from collections.abc import Callable
from dataclasses import dataclass

from daybridge.level_of_care.rules.case import Case
from daybridge.level_of_care.rules.levels import is_outpatient, rank
from daybridge.level_of_care.rules.shape import Scale, at_least, is_hard_home

OPIOIDS = ("opioid", "heroin", "fentanyl", "oxycodone", "hydrocodone", "methadone")


@dataclass(frozen=True, slots=True)
class Support:
    """One support: a stable code and what to do."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Offer:
    code: str
    text: str
    applies: Callable[[Case, Scale], bool]


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing that speaks against the recommended level; judged with that level."""

    id: str
    text: str
    applies: Callable[[Case, Scale, str], bool]


def _has(duty: str) -> Callable[[Case, Scale], bool]:
    return lambda case, scale: duty in case.obligations


def _is_opioid(case: Case) -> bool:
    return any(word in concern.casefold() for concern in case.concerns for word in OPIOIDS)


OFFERS = (
    Offer(
        "motivational-enhancement",
        "Start where the person is: motivational sessions and goals the person chooses.",
        lambda c, s: c.motivation in ("low", "some") or at_least(c.readiness, s.moderate),
    ),
    Offer(
        "moud-continues",
        "Medication for opioid use disorder goes on unchanged; the program works with its prescriber.",
        lambda c, s: c.on_moud is True,
    ),
    Offer(
        "offer-moud",
        "Offer medication for opioid use disorder, the same day where the person wants it.",
        lambda c, s: c.on_moud is not True and _is_opioid(c),
    ),
    Offer(
        "withdrawal-monitoring",
        "Follow withdrawal with a scale at each visit until it has passed.",
        lambda c, s: at_least(c.withdrawal, 1) or c.withdrawal_management not in (None, "none"),
    ),
    Offer(
        "medical-coordination",
        "Share a plan with the person's medical provider.",
        lambda c, s: at_least(c.biomedical, s.moderate) or c.unstable_medical_condition is True,
    ),
    Offer(
        "co-occurring-care",
        "Treat mental health and substance use together, with one plan and one team.",
        lambda c, s: c.co_occurring is True or at_least(c.mental_health, s.moderate),
    ),
    Offer(
        "safety-plan",
        "Make a safety plan, with safe storage of means and closer contact.",
        lambda c, s: at_least(c.mental_health, s.serious) or c.imminent_danger is True,
    ),
    Offer(
        "eating-support",
        "A dietitian, supported meals and regular vital signs.",
        lambda c, s: c.meal_support_needed is True,
    ),
    Offer("recovery-residence", "Look for a place in a recovery residence (level II or III).", is_hard_home),
    Offer(
        "family-and-peer-support",
        "Family sessions where they are wanted, a peer, and mutual-help meetings.",
        lambda c, s: c.supportive_home is False or at_least(c.environment, s.moderate),
    ),
    Offer(
        "transport-or-telehealth",
        "Rides, bus passes, or telehealth groups.",
        lambda c, s: c.transport is False,
    ),
    Offer("work-schedule", "Groups around working hours (evening track) and a letter about leave.", _has("work")),
    Offer("school-schedule", "Groups around school hours and a word with the school if wanted.", _has("school")),
    Offer("child-care", "Child care during groups, or groups in school hours.", _has("child-care")),
    Offer("elder-care", "Respite care for the relative, or telehealth groups.", _has("elder-care")),
    Offer("court-coordination", "Agree with the person what the court hears; plan around hearings.", _has("court")),
)

CAUTIONS = (
    Caution(
        "LOC-50",
        "Nights and weekends are spent in a home that is not safe or does not help.",
        lambda c, s, level: is_outpatient(level) and is_hard_home(c, s),
    ),
    Caution(
        "LOC-51",
        "Serious symptoms may need help outside program hours.",
        lambda c, s, level: is_outpatient(level) and at_least(c.mental_health, s.serious),
    ),
    Caution(
        "LOC-52",
        "Use is likely outside program hours.",
        lambda c, s, level: is_outpatient(level) and at_least(c.use_risk, s.serious),
    ),
    Caution(
        "LOC-53",
        "The withdrawal rating and “no withdrawal management” do not fit together; a prescriber should look again.",
        lambda c, s, level: at_least(c.withdrawal, s.moderate) and c.withdrawal_management == "none",
    ),
    Caution(
        "LOC-55",
        "The person wants a less intensive level.",
        lambda c, s, level: c.wants_level is not None and rank(c.wants_level) < rank(level),
    ),
    Caution(
        "LOC-56",
        "The person wants a more intensive level.",
        lambda c, s, level: c.wants_level is not None and rank(c.wants_level) > rank(level),
    ),
    Caution(
        "LOC-57",
        "This level, or a more intensive one, did not bring progress before.",
        lambda c, s, level: c.no_progress_at is not None and rank(c.no_progress_at) >= rank(level),
    ),
    Caution(
        "LOC-58",
        "All ratings are low now: review early whether weekly visits are enough.",
        lambda c, s, level: rank(level) >= rank("2.1") and _highest(c) < s.moderate,
    ),
    Caution(
        "LOC-59",
        "Living in interrupts work, school or care for others; plan for it.",
        lambda c, s, level: not is_outpatient(level) and bool(c.obligations),
    ),
)


def _highest(case: Case) -> int:
    known = (case.withdrawal, case.biomedical, case.mental_health, case.use_risk, case.environment)
    return max((4 if rating is None else rating) for rating in known)


def supports(case: Case, scale: Scale) -> tuple[Support, ...]:
    """Every support the facts ask for, in a fixed order."""
    return tuple(Support(offer.code, offer.text) for offer in OFFERS if offer.applies(case, scale))


def cautions(case: Case, scale: Scale, level: str) -> tuple[Caution, ...]:
    """Everything that speaks against `level` for this person."""
    return tuple(caution for caution in CAUTIONS if caution.applies(case, scale, level))
