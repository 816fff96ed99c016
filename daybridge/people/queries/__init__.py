"""Reading staff: caseloads, posts, credentials; who is away and who could step in."""

from daybridge.people.queries.absence import StandInRow, away, stand_ins
from daybridge.people.queries.posts import (
    Away,
    Colleague,
    Ending,
    Paper,
    PostPage,
    StaffRow,
    colleagues,
    counselors,
    ending_words,
    endings,
    mine,
    post,
)

__all__ = [
    "Away", "Colleague", "Ending", "Paper", "PostPage", "StaffRow", "StandInRow", "away", "colleagues", "counselors",
    "ending_words", "endings", "mine", "post", "stand_ins",
]  # fmt: skip
