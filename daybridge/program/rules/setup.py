"""What an empty site needs before it takes its first client. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What an empty site needs before it takes its first client, in the order it is best done."""

    STAFF = "staff"
    POSTS = "posts"
    ROOMS = "rooms"
    TOPICS = "topics"
    TRACKS = "tracks"
    GROUPS = "groups"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a site is set up, as counts. `leads` have working hours and a credential in force."""

    people: int
    invited: int
    leads: int
    rooms: int
    topics: int
    tracks: int
    groups: int


def steps(standing: Standing) -> tuple[tuple[Step, str], ...]:
    """Every step with where it stands: "done", "current" for the first that is not, "ahead" for the rest."""
    done = {
        Step.STAFF: standing.people > 1 or standing.invited > 0, Step.POSTS: standing.leads > 0,
        Step.ROOMS: standing.rooms > 0, Step.TOPICS: standing.topics > 0, Step.TRACKS: standing.tracks > 0,
        Step.GROUPS: standing.groups > 0, Step.REFERRAL: False,
    }  # fmt: skip
    now = next(step for step in Step if not done[step])
    return tuple((step, "done" if done[step] else "current" if step is now else "ahead") for step in Step)
