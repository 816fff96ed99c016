"""The rules that ask for a level: each has a least intensive level (in the rulebook) and says what else will do.

Every rule joins at most two facts and only ever asks for more when a fact grows worse; so the recommendation does too.
Readiness, motivation, medication, obligations and transport appear in none of them, on purpose.
"""

from daybridge.level_of_care.rules.case import Case
from daybridge.level_of_care.rules.levels import rank
from daybridge.level_of_care.rules.shape import Rule, at_least, is_hard_home


def _worst(case: Case) -> int:
    return max(case.withdrawal or 0, case.biomedical or 0, case.mental_health or 0)


def _level_between(level: str | None, low: str, high: str) -> bool:
    return level is not None and rank(low) <= rank(level) <= rank(high)


WITHDRAWAL_FIRST = "Complete withdrawal management in that setting; admission here follows."
DANGER = (
    Rule(
        id="LOC-1",
        text="There is immediate danger to this person or to somebody else.",
        applies=lambda c, s: c.imminent_danger is True,
        first="Get emergency help now (911, or 988 for crisis support) and stay with the person until help is there.",
    ),
    Rule(
        id="LOC-2",
        text="The person needs somebody there day and night.",
        applies=lambda c, s: c.needs_24h_supervision is True,
        also=("3.7",),
        first="Find a place with supervision day and night and hand over in person.",
    ),
    Rule(
        id="LOC-3",
        text="The person needs somebody there day and night, and nurses for a serious need.",
        applies=lambda c, s: c.needs_24h_supervision is True and _worst(c) >= s.serious,
        also=("4",),
        covers=("LOC-2",),
    ),
    Rule(
        id="LOC-4",
        text="The person needs somebody there day and night, and hospital care for a severe or unstable need.",
        applies=lambda c, s: (
            c.needs_24h_supervision is True
            and (
                _worst(c) >= s.severe
                or c.unstable_medical_condition is True
                or c.psychosis_or_mania_blocks_groups is True
            )
        ),
        covers=("LOC-2", "LOC-3"),
    ),
)
WITHDRAWAL = (
    Rule(
        id="LOC-5",
        text="Withdrawal has to be managed in a hospital.",
        applies=lambda c, s: c.withdrawal_management == "hospital",
        first=WITHDRAWAL_FIRST,
    ),
    Rule(
        id="LOC-6",
        text="Withdrawal has to be managed where nurses are there day and night.",
        applies=lambda c, s: c.withdrawal_management == "residential",
        also=("4",),
        first=WITHDRAWAL_FIRST,
    ),
    Rule(
        id="LOC-7",
        text="Withdrawal needs a prescriber's care while the person lives at home.",
        applies=lambda c, s: c.withdrawal_management == "ambulatory" or at_least(c.withdrawal, s.moderate),
        first="A prescriber starts withdrawal care (1.7 or 2.7) before, or on the day of, the first group.",
    ),
    Rule(
        id="LOC-8",
        text="The risk in withdrawal is serious: daily medical contact is needed.",
        applies=lambda c, s: at_least(c.withdrawal, s.serious),
        also=("3.7",),
        covers=("LOC-7",),
        first="A prescriber sees the person today and decides where withdrawal is managed; admission waits for it.",
    ),
    Rule(
        id="LOC-9",
        text="The risk in withdrawal is severe: nurses are needed day and night.",
        applies=lambda c, s: at_least(c.withdrawal, s.severe),
        also=("4",),
        covers=("LOC-7", "LOC-8"),
    ),
    Rule(
        id="LOC-29",
        text="The risk in withdrawal is serious and the home is not a safe place for it.",
        applies=lambda c, s: (
            at_least(c.withdrawal, s.serious) and (c.safe_home is False or at_least(c.environment, s.severe))
        ),
        also=("4",),
        covers=("LOC-8",),
    ),
)
MEDICAL = (
    Rule(
        id="LOC-10",
        text="A medical condition is unstable.",
        applies=lambda c, s: c.unstable_medical_condition is True,
        also=("4",),
        first="The medical condition is made stable, and a medical provider says so in writing.",
    ),
    Rule(
        id="LOC-11",
        text="A medical condition is unstable and severe.",
        applies=lambda c, s: c.unstable_medical_condition is True and at_least(c.biomedical, s.severe),
        covers=("LOC-10", "LOC-13"),
    ),
    Rule(
        id="LOC-12",
        text="A serious medical condition needs medical care beside the program.",
        applies=lambda c, s: at_least(c.biomedical, s.serious),
    ),
    Rule(
        id="LOC-13",
        text="A medical condition is severe: nurses are needed day and night.",
        applies=lambda c, s: at_least(c.biomedical, s.severe),
        also=("4",),
        covers=("LOC-12",),
        first="A medical provider examines the person and treats the condition.",
    ),
    Rule(
        id="LOC-30",
        text="Eating needs support at meals and medical monitoring.",
        applies=lambda c, s: c.meal_support_needed is True,
        also=("2.5",),
        first="A place in an eating-disorder program or track with supported meals and medical monitoring.",
    ),
    Rule(
        id="LOC-31",
        text="Eating needs support at meals, and the body already shows it.",
        applies=lambda c, s: c.meal_support_needed is True and at_least(c.biomedical, s.moderate),
        also=("3.7",),
        covers=("LOC-30",),
    ),
)
MIND = (
    Rule(
        id="LOC-14",
        text="Psychosis or mania keeps the person from taking part in ordinary groups now.",
        applies=lambda c, s: c.psychosis_or_mania_blocks_groups is True,
        also=("3.7", "4"),
        without=("3.1",),
        first="A psychiatric evaluation, and treatment until the person can take part in groups.",
    ),
    Rule(
        id="LOC-15",
        text="Psychosis or mania comes with severe symptoms.",
        applies=lambda c, s: c.psychosis_or_mania_blocks_groups is True and at_least(c.mental_health, s.severe),
        covers=("LOC-14", "LOC-19"),
    ),
    Rule(
        id="LOC-16",
        text="Psychosis or mania keeps the person from groups, and the home cannot hold them safely.",
        applies=lambda c, s: c.psychosis_or_mania_blocks_groups is True and is_hard_home(c, s),
        also=("4",),
        covers=("LOC-14",),
    ),
    Rule(
        id="LOC-17",
        text="Mental-health symptoms are moderate.",
        applies=lambda c, s: at_least(c.mental_health, s.moderate),
        also=("1.5",),
    ),
    Rule(
        id="LOC-18",
        text="Mental-health symptoms are serious: several contacts a week are needed.",
        applies=lambda c, s: at_least(c.mental_health, s.serious),
        also=("2.5",),
        covers=("LOC-17",),
    ),
    Rule(
        id="LOC-19",
        text="Mental-health symptoms are severe: psychiatric care day and night is needed.",
        applies=lambda c, s: at_least(c.mental_health, s.severe),
        also=("4",),
        covers=("LOC-17", "LOC-18"),
    ),
)
USE = (
    Rule(
        id="LOC-20",
        text="Use, or the harm from it, is moderately likely without several contacts a week.",
        applies=lambda c, s: at_least(c.use_risk, s.moderate),
        also=("1.5",),
    ),
    Rule(
        id="LOC-21",
        text="Use, or the harm from it, is likely without several contacts a week.",
        applies=lambda c, s: at_least(c.use_risk, s.serious),
        also=("2.5",),
        covers=("LOC-20",),
    ),
    Rule(
        id="LOC-22",
        text="Use with severe harm is likely without contact nearly every day.",
        applies=lambda c, s: at_least(c.use_risk, s.severe),
        also=("3.1", "3.5"),
        covers=("LOC-20", "LOC-21"),
    ),
    Rule(
        id="LOC-23",
        text="Use risk and mental-health symptoms make each other worse.",
        applies=lambda c, s: at_least(c.use_risk, s.moderate) and at_least(c.mental_health, s.moderate),
        also=("2.5",),
    ),
    Rule(
        id="LOC-24",
        text="Serious use risk and serious mental-health symptoms call for contact nearly every day.",
        applies=lambda c, s: at_least(c.use_risk, s.serious) and at_least(c.mental_health, s.serious),
        covers=("LOC-23",),
    ),
)
HOME = (
    Rule(
        id="LOC-25",
        text="Use is likely and the home makes it likelier: contact nearly every day is needed.",
        applies=lambda c, s: at_least(c.use_risk, s.serious) and is_hard_home(c, s),
        also=("3.1",),
    ),
    Rule(
        id="LOC-26",
        text="Use with severe harm is likely, and the home makes it likelier.",
        applies=lambda c, s: at_least(c.use_risk, s.severe) and is_hard_home(c, s),
        also=("3.1",),
        covers=("LOC-25",),
    ),
    Rule(
        id="LOC-27",
        text="The home is not safe or stands in the way of recovery: a recovery residence should go with the program.",
        applies=is_hard_home,
        also=("3.1",),
    ),
    Rule(
        id="LOC-28",
        text="Recovery cannot hold in the present home.",
        applies=lambda c, s: at_least(c.environment, s.severe),
        also=("2.1", "2.5"),
        covers=("LOC-27",),
    ),
)
HISTORY = (
    Rule(
        id="LOC-32",
        text="The person steps down from more intensive care.",
        applies=lambda c, s: _level_between(c.stepping_down_from, "2.5", "emergency"),
    ),
    Rule(
        id="LOC-33",
        text="Weekly visits did not bring progress.",
        applies=lambda c, s: _level_between(c.no_progress_at, "1.5", "1.7"),
    ),
    Rule(
        id="LOC-34",
        text="Intensive outpatient care did not bring progress.",
        applies=lambda c, s: c.no_progress_at == "2.1",
        also=("2.1",),
    ),
    Rule(
        id="LOC-35",
        text="Care on most days, or a low-intensity residence, did not bring progress.",
        applies=lambda c, s: _level_between(c.no_progress_at, "2.5", "3.1"),
        also=("3.1",),
    ),
    Rule(
        id="LOC-36",
        text="Residential care did not bring progress.",
        applies=lambda c, s: _level_between(c.no_progress_at, "3.5", "emergency"),
        also=("3.5",),
    ),
)
BASELINE = Rule(id="LOC-0", text="Nothing known so far calls for more than weekly visits.", applies=lambda c, s: True)
RULES = (BASELINE, *DANGER, *WITHDRAWAL, *MEDICAL, *MIND, *USE, *HOME, *HISTORY)
MEDICAL_CARE_BESIDE = frozenset(("LOC-7", "LOC-12"))

DAILY_AND_MEDICAL = Rule(
    id="LOC-40",
    text="A program on most days and medical care are both needed.",
    applies=lambda c, s: False,
)
DAILY_AND_HOUSING = Rule(
    id="LOC-41",
    text="A program on most days and another place to live are both needed.",
    applies=lambda c, s: False,
)
