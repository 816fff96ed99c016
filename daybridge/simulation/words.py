"""Sentences for notes and excuses. Pure."""

from random import Random

EXCUSES = ("child was sick", "court date", "shift moved", "car would not start", "doctor's visit")
SHARED = {
    "Process Group": (
        "Each person said how the week went and one thing that was hard. Stayed with two stories about Friday night.",
        "Talked about trust at home. People asked each other for what helps instead of advice.",
    ),
    "Relapse Prevention": (
        "Mapped the next ten days, marked the holiday and payday. Each person wrote one if-then plan.",
        "Named early signs and what to do at each. Practiced the phone call for help in pairs.",
    ),
    "Emotion Skills": (
        "Practiced the pause before acting and paced breathing. Each person picked one place to try it.",
        "Worked through a chain from trigger to urge and found three places to step off.",
    ),
    "Recovery Education": (
        "How craving works in the brain and why it passes. Timed one urge together.",
        "Sleep, food and recovery: what changes in the first ninety days.",
    ),
}
OWN = (
    "Named two 3 am triggers; will text a friend first.",
    "Practiced the call script out loud, asked for a second try.",
    "Listened at first, then shared one worry about Friday.",
    "Led the breathing part; craving went from 6 to 3 by the break.",
    "Found a second bus, asked a peer to walk along.",
    "Told the group about a hard call with family and stayed with it.",
    "Wrote an if-then plan for payday and read it aloud.",
    "Stayed after to ask about the ride home.",
    "Said no to an invitation this week and told how.",
    "Tired today; kept with the group and took notes.",
    "Brought the sleep log, four nights of six hours.",
    "Asked what to tell the manager about group hours.",
    "Offered to sit with a newer member next time.",
    "Found the grounding exercise useful, will try it at work.",
)
WHEN = ("", "Before the break: ", "In pairs: ", "At the end: ", "In the round: ")


def shared_words(title: str, rng: Random) -> str:
    """What the group did, said once for all."""
    plain = ("Looked at the last seven days against the plan and chose one step for the next seven.",)
    return rng.choice(SHARED.get(title, plain))


def own_words(rng: Random) -> str:
    """One person's own line."""
    return rng.choice(WHEN) + rng.choice(OWN)
